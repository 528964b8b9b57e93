"""What operators do to an account: moving it to another partner, and erasing the person behind it."""

from __future__ import annotations

from datetime import datetime

from chalicelib.api.account_views import AccountView
from chalicelib.api.accounts import present
from chalicelib.api.fields import ConsentEvidence, ConsentGivenBy
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.operation import Body, Key, NoQuery
from chalicelib.api.http.request import Answer, Request
from chalicelib.domain.departures import Consent
from chalicelib.domain.errors import Conflict, Invalid
from chalicelib.domain.moves import Move
from chalicelib.services import erasure, moves

blueprint = Blueprint(__name__)


class ConsentBody(Body):
    given_by: ConsentGivenBy
    """The person who consented for the client."""
    given_at: datetime
    evidence: ConsentEvidence
    """Where the consent is recorded, such as a ticket."""


class NewMove(Body):
    to_partner_id: Key
    qualifies: bool
    """Whether the account may still earn its New Account Bonus, for the new partner."""
    consent: ConsentBody


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
    return request.commit(
        lambda: moves.move(request.ports, request.actor, account_id, to), lambda account: present(request, account)
    )


@blueprint.operation("erase_person", "POST /accounts/{account_id}/erasure", refusals=(Conflict,))
def erase_person(request: Request[None, NoQuery], account_id: str) -> Answer[AccountView]:
    """Erase names, e-mail and phone of a cancelled account's owner."""
    return request.commit(
        lambda: erasure.erase(request.ports, request.actor, account_id), lambda account: present(request, account)
    )
