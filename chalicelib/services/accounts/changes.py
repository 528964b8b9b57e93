"""The partner's book: reading an account as the calendar has it, and writing one change with all that goes with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chalicelib.domain.access import Role, calendar
from chalicelib.domain.accounts.bonuses import bonus_of
from chalicelib.domain.accounts.codes import BonusStatus, RegistrationState
from chalicelib.domain.accounts.departures import cancellation_of
from chalicelib.domain.accounts.management_requests import PermissionState, ended
from chalicelib.domain.accounts.scheduled_changes import advance
from chalicelib.domain.audit import entry
from chalicelib.domain.changes import Change, Insert, Remove, Replace, Write, counted
from chalicelib.domain.kernel.clock import today
from chalicelib.domain.kernel.errors import Changed, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.domain.access import Actor
    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.audit import FieldChange
    from chalicelib.domain.kernel.money import Money
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


def changed(
    ports: Ports,
    actor: Actor,
    kind: str,
    found: Found,
    now: Account,
    *more: Write,
    told: tuple[FieldChange, ...] = (),
) -> Change[Account]:
    """The change of one account, with what goes with it: counters, departure, bonus, SMS registration, audit entry.

    Where the actor changes nothing, nothing is written but what the calendar has done.
    """
    if now == found.account and not more:
        return settled(ports, found)
    # Made first, so that the trail has what the calendar did before what came next.
    due = tuple(settling(ports, found))
    audited = entry(actor, ports.clock(), kind, before=found.account, after=now, account_id=now.account_id, told=told)
    back = _no_longer_departed(ports, found.stored, now)
    return _written(ports, found.stored, now, *back, *more, *due, Insert(audited))


def settled(ports: Ports, found: Found, bonus: Money | None = None) -> Change[Account]:
    """Write what the calendar has done to the account, if it has done anything.

    `bonus` is what the partner's terms give for a new account, where that is known already.
    """
    if found.account == found.stored:
        return Change((), found.stored)
    return _written(ports, found.stored, found.account, *settling(ports, found), bonus=bonus)


def settling(ports: Ports, found: Found) -> Iterator[Write]:
    """The audit entry of what the calendar has done to the account since it was written, if anything."""
    was, now = found.stored, found.account
    if now != was:
        by = calendar(was.partner_id)
        yield Insert(entry(by, ports.clock(), SETTLED, before=was, after=now, account_id=was.account_id))


def _written(ports: Ports, was: Account, now: Account, *more: Write, bonus: Money | None = None) -> Change[Account]:
    now = replace(now, version=was.version + 1)
    return Change((Replace(was, now), *counted(was, now), *companions(ports, was, now, bonus), *more), now)


def companions(ports: Ports, was: Account, now: Account, bonus: Money | None = None) -> Iterator[Write]:
    """What must be written with an account whose standing changes so."""
    yield from _departure(was, now)
    yield from _bonus(ports, was, now, bonus)
    yield from _registration(ports, was, now)
    yield from _permission(ports, was, now)


def _departure(was: Account, now: Account) -> Iterator[Write]:
    if now.cancelled and not was.cancelled:
        yield Insert(cancellation_of(now))


def _no_longer_departed(ports: Ports, was: Account, now: Account) -> Iterator[Write]:
    """The end of a departure, which somebody brings about and the calendar never does.

    It keeps the names of its day, so that it is read, not made again from the account.
    """
    if was.cancelled and not now.cancelled:
        there = ports.departures.same(cancellation_of(was))
        if there:
            yield Remove(there)


def _bonus(ports: Ports, was: Account, now: Account, bonus: Money | None) -> Iterator[Write]:
    if now.bonus_status is BonusStatus.EARNED and was.bonus_status is not BonusStatus.EARNED:
        yield Insert(bonus_of(now, bonus or ports.partners.get(now.partner_id).terms.bonus))


def _registration(ports: Ports, was: Account, now: Account) -> Iterator[Write]:
    discarded = now.sms_registration is RegistrationState.NOT_STARTED
    if discarded and was.sms_registration is not RegistrationState.NOT_STARTED:
        registration = ports.registrations.get(was.partner_id, was.account_id)
        if registration:
            yield Remove(registration)


def _permission(ports: Ports, was: Account, now: Account) -> Iterator[Write]:
    """The calendar or a cancellation ends a request for permission; an answer or a withdrawal writes its own end."""
    until = was.permission_ends_on
    if until is None:
        return
    if until <= today(ports.clock):
        yield from permission_ended(ports, was, PermissionState.EXPIRED, "calendar")
    elif now.cancelled:
        yield from permission_ended(ports, was, PermissionState.WITHDRAWN, "cancellation")


def permission_ended(ports: Ports, account: Account, state: PermissionState, by: str) -> Iterator[Write]:
    """The end of the account's pending request for permission, if it has one."""
    request = ports.permissions.latest(account.partner_id, account.account_id)
    if request and request.state is PermissionState.PENDING:
        yield Replace(request, ended(request, state, ports.clock(), by))
