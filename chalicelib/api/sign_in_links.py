"""Log in to the account: a one-time link, and its redemption by the platform."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET, UnsetType, structs

from chalicelib.api.http.answer import Answer
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.operation import Body, Instant, NoQuery, View
from chalicelib.api.http.request import Request
from chalicelib.api.http.text_fields import Reference
from chalicelib.config import settings
from chalicelib.domain.access import Role
from chalicelib.domain.changes import Change
from chalicelib.domain.kernel.clock import instant_text
from chalicelib.domain.kernel.errors import Conflict, Gone
from chalicelib.domain.sign_in_links import VALID_FOR
from chalicelib.services import transactions
from chalicelib.services.accounts import sign_in_links

blueprint = Blueprint(__name__)


class SignInLinkView(View):
    """A link that signs in to an account once, within 60 seconds."""

    account_id: str
    url: str | UnsetType = UNSET
    """Opens the account for the one who asked, once."""
    token: str | UnsetType = UNSET
    """What the platform redeems; it stands in the URL's fragment, which no server logs."""
    expires_at: Instant | UnsetType = UNSET
    """60 seconds after it was asked for."""
    expires_in: int | UnsetType = UNSET
    """How many seconds from now on it works: for clients whose clock is not ours."""


class Redemption(Body):
    """The token of a sign-in link."""

    token: Reference
    """The token that stands in the link's fragment."""


class RedeemedView(View):
    """Who signs in to which account."""

    account_id: str
    partner_id: str
    username: str
    subject: str
    """Who signs in."""
    role: Role


def with_link(request: Request[Any, Any], view: SignInLinkView) -> SignInLinkView:
    """Return the answer with a fresh link: the same request again gets a new one, which replaces the first."""
    issued = transactions.retry_on_conflict(
        request.ports.transaction_writer, lambda: sign_in_links.issue(request.ports, request.actor, view.account_id)
    )
    return structs.replace(
        view,
        url=f"{settings().platform_url}/sign-in#token={issued.token}",
        token=issued.token,
        expires_at=instant_text(issued.link.expires_at),
        expires_in=int(VALID_FOR.total_seconds()),
    )


@blueprint.operation(
    "issue_sign_in_link",
    "POST /accounts/{account_id}/sign-in-links",
    status=201,
    enrich_response=with_link,
    refusals=(Conflict,),
)
def issue_sign_in_link(request: Request[None, NoQuery], account_id: str) -> Answer[SignInLinkView]:
    """Get a link that signs you in to a managed account once, within 60 seconds; it replaces the former one."""
    return request.execute(
        lambda: Change((), sign_in_links.require_open(request.ports, request.actor, account_id)),
        lambda account: SignInLinkView(account_id=account.account_id),
    )


@blueprint.operation("redeem_sign_in_link", "POST /sign-in-links/redemptions", partner_scoped=False, refusals=(Gone,))
def redeem_sign_in_link(request: Request[Redemption, NoQuery]) -> Answer[RedeemedView]:
    """Use a link up; of two at the same moment one succeeds."""

    def redeemed(used: sign_in_links.Redeemed) -> RedeemedView:
        account = used.account
        return RedeemedView(
            account_id=account.account_id,
            partner_id=account.partner_id,
            username=account.username,
            subject=used.subject,
            role=Role(used.role),
        )

    return request.execute(lambda: sign_in_links.redeem(request.ports, request.actor, request.body.token), redeemed)
