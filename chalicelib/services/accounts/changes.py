"""Changes of accounts: loads one with its due changes applied, and returns a change with all that goes with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chalicelib.domain.access import Role, system_actor
from chalicelib.domain.accounts.bonuses import bonus_of
from chalicelib.domain.accounts.codes import BonusStatus, RegistrationStatus
from chalicelib.domain.accounts.departures import cancellation_of
from chalicelib.domain.accounts.management_requests import ManagementRequestStatus, ended
from chalicelib.domain.accounts.scheduled_changes import apply_due
from chalicelib.domain.audit import AuditKind, entry
from chalicelib.domain.changes import Change, Insert, Remove, Replace, Write, counted
from chalicelib.domain.kernel.clock import today
from chalicelib.domain.kernel.errors import NotFound, StaleVersion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.domain.access import Actor
    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.audit import FieldChange
    from chalicelib.domain.kernel.money import Money
    from chalicelib.domain.ports import HasAccounts, HasClock, HasPartners
    from chalicelib.services.ports import AccountPorts

SETTLED = AuditKind.ACCOUNT_SETTLED


@dataclass(frozen=True, slots=True)
class LoadedAccount:
    """An account as it is stored, and with its due changes applied; writing the second settles the first."""

    stored: Account
    account: Account


def load(ports: HasAccounts, actor: Actor, account_id: str) -> LoadedAccount:
    """Return the account, if the actor may know of it: the platform only that of the client it acts for."""
    stored = ports.accounts.get(actor.partner_id, account_id)
    if actor.role is Role.PLATFORM and stored.username.casefold() != (actor.acting_for or "").casefold():
        raise NotFound("There is no such account.")
    return LoadedAccount(stored, apply_due(stored, today(ports.clock)).account)


def require_version(found: LoadedAccount, version: int) -> None:
    """Raise `StaleVersion` unless the caller has seen the account as it is stored."""
    if found.stored.version != version:
        raise StaleVersion("The account has changed since you read it. Read it again and repeat your change.")


def change_account(
    ports: AccountPorts,
    actor: Actor,
    kind: AuditKind,
    found: LoadedAccount,
    updated: Account,
    *more: Write,
    extra_changes: tuple[FieldChange, ...] = (),
) -> Change[Account]:
    """Return the change of one account, with what goes with it: counters, departure, bonus, SMS registration, audit
    entry.

    Where the actor changes nothing, nothing is written but its due changes.
    """
    if updated == found.account and not more:
        return apply_due_changes(ports, found)
    # Made first, so that the trail has the due changes before what came next.
    due = tuple(due_change_entries(ports, found))
    audited = entry(
        actor,
        ports.clock(),
        kind,
        before=found.account,
        after=updated,
        account_id=updated.account_id,
        extra_changes=extra_changes,
    )
    back = _no_longer_departed(ports, found.stored, updated)
    return _written(ports, found.stored, updated, *back, *more, *due, Insert(audited))


def apply_due_changes(ports: AccountPorts, found: LoadedAccount, bonus: Money | None = None) -> Change[Account]:
    """Write the due changes of the account, if there are any.

    `bonus` is what the partner's terms give for a new account, where that is known already.
    """
    if found.account == found.stored:
        return Change((), found.stored)
    return _written(ports, found.stored, found.account, *due_change_entries(ports, found), bonus=bonus)


def due_change_entries(ports: HasClock, found: LoadedAccount) -> Iterator[Write]:
    """Yield the audit entry of the changes that have come due since the account was written, if any."""
    current, updated = found.stored, found.account
    if updated != current:
        by = system_actor(current.partner_id)
        yield Insert(entry(by, ports.clock(), SETTLED, before=current, after=updated, account_id=current.account_id))


def _written(
    ports: AccountPorts, current: Account, updated: Account, *more: Write, bonus: Money | None = None
) -> Change[Account]:
    updated = replace(updated, version=current.version + 1)
    return Change(
        (Replace(current, updated), *counted(current, updated), *related_writes(ports, current, updated, bonus), *more),
        updated,
    )


def related_writes(
    ports: AccountPorts, current: Account, updated: Account, bonus: Money | None = None
) -> Iterator[Write]:
    """Yield what must be written with an account that changes so."""
    yield from _departure(current, updated)
    yield from _bonus(ports, current, updated, bonus)
    yield from _registration(ports, current, updated)
    yield from _permission(ports, current, updated)


def _departure(current: Account, updated: Account) -> Iterator[Write]:
    if updated.cancelled and not current.cancelled:
        yield Insert(cancellation_of(updated))


def _no_longer_departed(ports: HasAccounts, current: Account, updated: Account) -> Iterator[Write]:
    """Yield the end of a departure, which somebody brings about and no scheduled change does.

    It keeps the names of its day, so that it is read, not made again from the account.
    """
    if current.cancelled and not updated.cancelled:
        departure = ports.departures.same(cancellation_of(current))
        if departure:
            yield Remove(departure)


def _bonus(ports: HasPartners, current: Account, updated: Account, bonus: Money | None) -> Iterator[Write]:
    if updated.bonus_status is BonusStatus.EARNED and current.bonus_status is not BonusStatus.EARNED:
        yield Insert(bonus_of(updated, bonus or ports.partners.get(updated.partner_id).terms.bonus))


def _registration(ports: HasAccounts, current: Account, updated: Account) -> Iterator[Write]:
    discarded = updated.sms_registration is RegistrationStatus.NOT_STARTED
    if discarded and current.sms_registration is not RegistrationStatus.NOT_STARTED:
        registration = ports.sms_registrations.get(current.partner_id, current.account_id)
        if registration:
            yield Remove(registration)


def _permission(ports: HasAccounts, current: Account, updated: Account) -> Iterator[Write]:
    """End a request for permission by its expiry or a cancellation; an answer or a withdrawal writes its own end."""
    until = current.permission_ends_on
    if until is None:
        return
    if until <= today(ports.clock):
        yield from permission_ended(ports, current, ManagementRequestStatus.EXPIRED, Role.SYSTEM.value)
    elif updated.cancelled:
        yield from permission_ended(ports, current, ManagementRequestStatus.WITHDRAWN, "cancellation")


def permission_ended(ports: HasAccounts, account: Account, status: ManagementRequestStatus, by: str) -> Iterator[Write]:
    """Yield the end of the account's pending request for permission, if it has one."""
    request = ports.management_requests.latest(account.partner_id, account.account_id)
    if request and request.status is ManagementRequestStatus.PENDING:
        yield Replace(request, ended(request, status, ports.clock(), by))
