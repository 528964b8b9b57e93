"""Moving an account to another partner: an operator's act, one transaction, the end of the old one's live paths."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chalicelib.domain.accounts import Account, BillingMode
from chalicelib.domain.audit import entry
from chalicelib.domain.bonuses import BonusStatus
from chalicelib.domain.changes import Change, Insert, Remove, Replace, Write, counted
from chalicelib.domain.clock import today
from chalicelib.domain.departures import Event, departure_of
from chalicelib.domain.errors import Conflict, Invalid, NotFound
from chalicelib.domain.permissions import PermissionState, ended
from chalicelib.domain.usernames import claim
from chalicelib.services import book

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.domain.access import Actor
    from chalicelib.domain.departures import Consent
    from chalicelib.domain.ports import Ports

MAX_EVIDENCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Where an account goes, and by whose leave."""

    to_partner_id: str
    qualifies: bool
    """Whether the account may still earn a New Account Bonus, for its new partner."""
    consent: Consent


def move(ports: Ports, actor: Actor, account_id: str, to: Move) -> Change[Account]:
    """Move the account; what the calendar brought until today stays with the old partner."""
    found = book.find(ports, actor, account_id)
    _require_movable(ports, found.account, to)
    left = _left(found.account)
    now = replace(
        left,
        partner_id=to.to_partner_id,
        partner_account_id=None,
        bonus_status=_bonus_status(ports, left, to),
        version=found.stored.version + 1,
    )
    return Change(tuple(_writes(ports, actor, found.stored, left, now, to.consent)), now)


def _require_movable(ports: Ports, account: Account, to: Move) -> None:
    if to.to_partner_id == account.partner_id:
        raise Conflict("The account is with this partner already.")
    if account.cancelled:
        raise Conflict("The account is cancelled; it can be moved when it has been reactivated.")
    _require_consent(ports, to.consent)
    try:
        partner = ports.partners.get(to.to_partner_id)
    except NotFound as error:
        raise Invalid.field("/to_partner_id", "There is no such partner.") from error
    if partner.suspended:
        raise Conflict("The partner that the account is to go to is suspended.")


def _require_consent(ports: Ports, consent: Consent) -> None:
    if not consent.given_by.strip() or not consent.evidence.strip() or len(consent.evidence) > MAX_EVIDENCE:
        raise Invalid.field("/consent", f"Name who consented and the evidence for it (1 to {MAX_EVIDENCE} characters).")
    if consent.given_at > ports.clock():
        raise Invalid.field("/consent/given_at", "A consent cannot be given in the future.")


def _left(account: Account) -> Account:
    """The account as it leaves: single bill and a pending request for permission end."""
    return replace(account, billing_mode=BillingMode.DIRECT, permission_ends_on=None)


def _bonus_status(ports: Ports, account: Account, to: Move) -> BonusStatus:
    """The bonus under the new partner: one already earned stays where it was earned."""
    if account.bonus_settled:
        bonus = ports.bonuses.get(account.account_id)
        if bonus and bonus.partner_id == to.to_partner_id:
            return bonus.status
        earned = account.bonus_status in (BonusStatus.EARNED, BonusStatus.PAID)
        return BonusStatus.NOT_ELIGIBLE if earned else account.bonus_status
    return account.bonus_status if to.qualifies else BonusStatus.NOT_ELIGIBLE


def _writes(
    ports: Ports, actor: Actor, stored: Account, left: Account, now: Account, consent: Consent
) -> Iterator[Write]:
    at, day = ports.clock(), today(ports.clock)
    yield Remove(stored)
    yield Insert(now)
    yield Replace(
        claim(stored.username, stored.partner_id, stored.account_id),
        claim(now.username, now.partner_id, now.account_id),
    )
    yield from counted(stored, now)
    yield from book.companions(ports, stored, left)
    yield Insert(departure_of(left, Event.MOVE_OUT, day, consent=consent))
    for former in ports.departures.of_account(now.account_id):
        if former.partner_id == now.partner_id and former.event is Event.MOVE_OUT:
            yield Remove(former)
    yield from _registration(ports, stored, now)
    yield from _request(ports, actor, stored)
    yield Insert(entry(actor, at, "account.moved_out", before=stored, after=left, account_id=now.account_id))
    yield Insert(entry(actor, at, "account.moved_in", after=now, account_id=now.account_id, partner_id=now.partner_id))


def _registration(ports: Ports, was: Account, now: Account) -> Iterator[Write]:
    """The SMS registration is the account's own and goes with it."""
    registration = ports.registrations.get(was.partner_id, was.account_id)
    if registration:
        yield Remove(registration)
        yield Insert(replace(registration, partner_id=now.partner_id))


def _request(ports: Ports, actor: Actor, was: Account) -> Iterator[Write]:
    latest = ports.permissions.latest(was.partner_id, was.account_id) if was.permission_ends_on else None
    if latest and latest.state is PermissionState.PENDING:
        yield Replace(latest, ended(latest, PermissionState.WITHDRAWN, ports.clock(), actor.subject))
