"""Finding an account of whatever partner, for the platform's staff."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta

from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.cursors import Cursor, Next, next_cursor, start_after
from chalicelib.api.http.operation import Query, View
from chalicelib.api.http.request import Request
from chalicelib.api.http.text_fields import SearchText
from chalicelib.domain.accounts.accounts import Account, AccountType, Status
from chalicelib.services.accounts import search_of_all_partners

blueprint = Blueprint(__name__)


class AccountSearchQuery(Query):
    q: SearchText
    limit: Annotated[int, Meta(ge=2, le=50, description="How many accounts at most.")] = 20
    cursor: Cursor = UNSET


class FoundAccountView(View):
    """An account that was found, and whose it is."""

    partner_id: str
    account_id: str
    username: str
    organization: str
    owner_email: str | None
    """The owner's address; null where the owner was erased."""
    account_type: AccountType
    """Managed or referred."""
    status: Status
    """The status code."""


class FoundAccountList(View):
    """A page of accounts that were found."""

    items: list[FoundAccountView]
    next: Next = UNSET


@blueprint.operation("search_accounts", "GET /account-search", partner_scoped=False)
def search_accounts(request: Request[None, AccountSearchQuery]) -> FoundAccountList:
    """Find accounts of all partners by the beginnings of words of username, e-mail, organization or owner.

    Several words are looked for in any order; the longest has at least three letters. A whole username comes first.
    """
    query = request.query
    page = search_of_all_partners.find(request.ports, query.q, start_after(query, ""), query.limit)
    return FoundAccountList(items=[_view(entry) for entry in page.items], next=next_cursor(query, "", page.next))


def _view(account: Account) -> FoundAccountView:
    return FoundAccountView(
        partner_id=account.partner_id,
        account_id=account.account_id,
        username=account.username,
        organization=account.organization,
        owner_email=account.owner.email or None,
        account_type=account.account_type,
        status=account.status,
    )
