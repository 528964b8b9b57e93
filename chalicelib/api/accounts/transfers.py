"""What operators do to an account: moving it to another partner, and erasing the person behind it."""

from __future__ import annotations

from datetime import datetime

from chalicelib.api.accounts.accounts import present
from chalicelib.api.accounts.views import AccountView
from chalicelib.api.http.answer import Answer
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.operation import Body, Instant, Key, NoQuery, View
from chalicelib.api.http.request import Request
from chalicelib.api.http.text_fields import ConsentEvidence, ConsentGivenBy
from chalicelib.domain.accounts.departures import Consent
from chalicelib.domain.accounts.erasures import ErasureStatus
from chalicelib.domain.accounts.transfers import Move
from chalicelib.domain.kernel.clock import instant_text
from chalicelib.domain.kernel.errors import Conflict, Invalid
from chalicelib.services.accounts import erasures as account_erasures
from chalicelib.services.accounts import transfers

blueprint = Blueprint(__name__)


class ConsentBody(Body):
    """The client's recorded consent."""

    given_by: ConsentGivenBy
    """The person who consented for the client."""
    given_at: datetime
    """When the consent was given."""
    evidence: ConsentEvidence
    """Where the consent is recorded, such as a ticket."""


class NewMove(Body):
    """Where an account moves, and with whose consent."""

    to_partner_id: Key
    """The partner that the account moves to."""
    qualifies: bool
    """Whether the account may still earn its New Account Bonus, for the new partner."""
    consent: ConsentBody
    """The client's consent, without which no account moves."""


@blueprint.operation("move_account", "POST /accounts/{account_id}/moves", refusals=(Conflict,))
def move_account(request: Request[NewMove, NoQuery], account_id: str) -> Answer[AccountView]:
    """Move an account to another partner.

    The old one keeps the departure, its earned bonuses and its report files, and loses every path to the account.
    """
    body = request.body
    if body.consent.given_at.tzinfo is None:
        raise Invalid.field("/consent/given_at", "An instant needs its offset, such as 2026-11-05T09:30:00Z.")
    consent = Consent(given_by=body.consent.given_by, given_at=body.consent.given_at, evidence=body.consent.evidence)
    to = Move(to_partner_id=body.to_partner_id, qualifies=body.qualifies, consent=consent)
    return request.execute(
        lambda: transfers.move(request.ports, request.actor, account_id, to), lambda account: present(request, account)
    )


class PartnerErasure(View):
    """The erasure in what one partner has."""

    partner_id: str
    status: ErasureStatus
    waiting_for: str | None
    """What must end before it can be done."""
    finished_at: Instant | None
    """When it was done; null until then."""


class ErasureView(View):
    """The erasure of a person's data."""

    account_id: str
    status: ErasureStatus
    """`done` once it is done with every partner that the account has been with."""
    requested_at: Instant
    """When the erasure was asked for."""
    partners: list[PartnerErasure]
    """Each partner that the account has been with."""


@blueprint.operation("erase_person", "POST /accounts/{account_id}/erasure", refusals=(Conflict,))
def erase_person(request: Request[None, NoQuery], account_id: str) -> Answer[AccountView]:
    """Erase the person behind a canceled account: names, e-mail, phone, website and the partner's own id at once.

    A username that is an e-mail address is replaced, and never given again. What else names the person, with this
    partner and those it was with before, is removed within minutes: get the erasure to see how far that is. Asked
    again, it removes what has come since.
    """
    return request.execute(
        lambda: account_erasures.erase(request.ports, request.actor, account_id),
        lambda account: present(request, account),
    )


@blueprint.operation("get_erasure", "GET /accounts/{account_id}/erasure")
def get_erasure(request: Request[None, NoQuery], account_id: str) -> ErasureView:
    """See how far the erasure of the person behind an account is, partner by partner."""
    erasures = account_erasures.find(request.ports, request.actor, account_id)
    running = any(erasure.status is ErasureStatus.RUNNING for erasure in erasures)
    return ErasureView(
        account_id=account_id,
        status=ErasureStatus.RUNNING if running else ErasureStatus.DONE,
        requested_at=instant_text(max(erasure.requested_at for erasure in erasures)),
        partners=[
            PartnerErasure(
                partner_id=erasure.partner_id,
                status=erasure.status,
                waiting_for=erasure.waiting_for,
                finished_at=instant_text(erasure.finished_at) if erasure.finished_at else None,
            )
            for erasure in erasures
        ],
    )
