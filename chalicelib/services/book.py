"""The partner's book: reading an account as the calendar has it, and writing one change with all that goes with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chalicelib.domain.access import Role, calendar
from chalicelib.domain.audit import entry
from chalicelib.domain.bonuses import BonusStatus, bonus_of
from chalicelib.domain.calendar import advance
from chalicelib.domain.changes import Change, Insert, Remove, Replace, Write, counted
from chalicelib.domain.clock import today
from chalicelib.domain.departures import cancellation_of
from chalicelib.domain.errors import Changed, NotFound
from chalicelib.domain.permissions import PermissionState, ended
from chalicelib.domain.sms import RegistrationState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.domain.access import Actor
    from chalicelib.domain.accounts import Account
    from chalicelib.domain.ports import Ports


SETTLED = "account.settled"


@dataclass(frozen=True, slots=True)
class Found:
    """An account as it is stored, and as the calendar has it today; writing the second settles the first."""

    stored: Account
    account: Account


def find(ports: Ports, actor: Actor, account_id: str) -> Found:
    """The account, if the actor may know of it: the platform only that of the client it acts for."""
    stored = ports.accounts.get(actor.partner_id, account_id)
    if actor.role is Role.PLATFORM and stored.username.casefold() != (actor.acting_for or "").casefold():
        raise NotFound("There is no such account.")
    return Found(stored, advance(stored, today(ports.clock)).account)


def require_version(found: Found, version: int) -> None:
    """Raise `Changed` unless the caller has seen the account as it is stored."""
    if found.stored.version != version:
        raise Changed("The account has changed since you read it. Read it again and repeat your change.")


def changed(ports: Ports, actor: Actor, kind: str, found: Found, now: Account, *more: Write) -> Change[Account]:
    """The change of one account, with what goes with it: counters, departure, bonus, SMS registration, audit entry."""
    was = found.stored
    if now == was and not more:
        return Change((), was)
    now = replace(now, version=was.version + 1)
    written = (Replace(was, now), *counted(was, now), *companions(ports, was, now), *more)
    return Change((*written, *_audited(ports, actor, kind, found, now)), now)


def settled(ports: Ports, found: Found) -> Change[Account]:
    """Write what the calendar has done to the account, if it has done anything."""
    return changed(ports, calendar(found.stored.partner_id), SETTLED, found, found.account)


def _audited(ports: Ports, actor: Actor, kind: str, found: Found, now: Account) -> Iterator[Write]:
    """One entry for what the calendar did since the account was written, one for what the actor does now."""
    at, account_id = ports.clock(), now.account_id
    if found.account != found.stored and kind != SETTLED:
        by = calendar(now.partner_id)
        yield Insert(entry(by, at, SETTLED, before=found.stored, after=found.account, account_id=account_id))
    before = found.stored if kind == SETTLED else found.account
    yield Insert(entry(actor, at, kind, before=before, after=now, account_id=account_id))


def companions(ports: Ports, was: Account, now: Account) -> Iterator[Write]:
    """What must be written with an account whose standing changes so."""
    yield from _departure(was, now)
    yield from _bonus(ports, was, now)
    yield from _registration(ports, was, now)
    yield from _permission(ports, was, now)


def _departure(was: Account, now: Account) -> Iterator[Write]:
    if was.cancelled and (not now.cancelled or was.cancellation != now.cancellation):
        yield Remove(cancellation_of(was))
    if now.cancelled and (not was.cancelled or was.cancellation != now.cancellation):
        yield Insert(cancellation_of(now))


def _bonus(ports: Ports, was: Account, now: Account) -> Iterator[Write]:
    if now.bonus_status is BonusStatus.EARNED and was.bonus_status is not BonusStatus.EARNED:
        yield Insert(bonus_of(now, ports.partners.get(now.partner_id).terms.bonus))


def _registration(ports: Ports, was: Account, now: Account) -> Iterator[Write]:
    discarded = now.sms_registration is RegistrationState.NOT_STARTED
    if discarded and was.sms_registration is not RegistrationState.NOT_STARTED:
        registration = ports.registrations.get(was.partner_id, was.account_id)
        if registration:
            yield Remove(registration)


def _permission(ports: Ports, was: Account, now: Account) -> Iterator[Write]:
    """The calendar or a cancellation ends a request for permission; an answer or a withdrawal writes its own end."""
    until = was.permission_ends_on
    if until is None or not (now.cancelled or until <= today(ports.clock)):
        return
    request = ports.permissions.latest(was.partner_id, was.account_id)
    if request and request.state is PermissionState.PENDING:
        yield Replace(request, ended(request, PermissionState.EXPIRED, ports.clock(), "calendar"))
