"""Moving an account to another partner: an operator's act, one transaction, the end of the old one's live paths."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.accounts import transfers
from chalicelib.domain.accounts.codes import RegistrationStatus
from chalicelib.domain.accounts.departures import Event, departure_of
from chalicelib.domain.accounts.management_requests import ManagementRequestStatus
from chalicelib.domain.audit import AuditKind, entry
from chalicelib.domain.changes import Change, Insert, Remove, Replace, Write, counted
from chalicelib.domain.kernel.clock import today
from chalicelib.domain.kernel.errors import Conflict, Invalid, NotFound
from chalicelib.domain.kernel.usernames import claim
from chalicelib.services.accounts import changes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.domain.access import Actor
    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.accounts.bonuses import Bonus
    from chalicelib.domain.accounts.departures import Departure
    from chalicelib.domain.accounts.transfers import Move
    from chalicelib.domain.ports import HasAccounts, HasClock, HasPartners
    from chalicelib.services.ports import AccountPorts, TransferPorts


def move(ports: TransferPorts, actor: Actor, account_id: str, to: Move) -> Change[Account]:
    """Move the account; what came due until today stays with the old partner."""
    found = changes.load(ports, actor, account_id)
    transfers.require_movable(found.account, to)
    transfers.require_consent(to.consent, ports.clock())
    _require_partner(ports, to.to_partner_id)
    left, bonus = transfers.without_old_partner_state(found.account), ports.bonuses.get(account_id)
    updated = replace(transfers.transferred(left, to, bonus, today(ports.clock)), version=found.stored.version + 1)
    writes = (
        *_account(ports, found.stored, left, updated),
        *_departures(ports, left, to),
        *_ended(ports, actor, found),
        *_returning(bonus, updated),
        *_audited(ports, actor, found, left, updated),
    )
    return Change(writes, updated)


def _require_partner(ports: HasPartners, partner_id: str) -> None:
    try:
        partner = ports.partners.get(partner_id)
    except NotFound as error:
        raise Invalid.field("/to_partner_id", "There is no such partner.") from error
    if partner.suspended:
        raise Conflict("The partner that the account is to go to is suspended.")


def _returning(bonus: Bonus | None, updated: Account) -> Iterator[Write]:
    """Guard the bonus that the account comes back to, so that nobody pays it at the same moment."""
    if bonus and bonus.partner_id == updated.partner_id:
        yield Replace(bonus, replace(bonus, version=bonus.version + 1))


def _account(ports: AccountPorts, stored: Account, left: Account, updated: Account) -> Iterator[Write]:
    yield Remove(stored)
    yield Insert(updated)
    yield Replace(
        claim(stored.username, stored.partner_id, stored.account_id),
        claim(updated.username, updated.partner_id, updated.account_id),
    )
    yield from counted(stored, updated)
    yield from changes.related_writes(ports, stored, left)
    registration = ports.sms_registrations.get(stored.partner_id, stored.account_id)
    if registration and left.sms_registration is not RegistrationStatus.NOT_STARTED:
        # It is the account's own, so that it goes where the account goes.
        yield Remove(registration)
        yield Insert(replace(registration, partner_id=updated.partner_id))


def _departures(ports: HasAccounts, left: Account, to: Move) -> Iterator[Write]:
    """Yield the departure that the old partner keeps; those of which the account now comes back are no more."""
    day = today(ports.clock)
    yield Insert(departure_of(left, Event.MOVE_OUT, day, consent=to.consent))
    # The index may not have what has just been written; the partner's own departures of these days do.
    lately = ports.departures.between(to.to_partner_id, day - timedelta(days=1), day)
    moved_out = (to.to_partner_id, left.account_id, Event.MOVE_OUT)
    departures = (*ports.departures.of_account(left.account_id), *lately)
    former = {departure.effective_on: departure for departure in departures if _which(departure) == moved_out}
    yield from (Remove(departure) for departure in former.values())


def _which(departure: Departure) -> tuple[str, str, Event]:
    return departure.partner_id, departure.account_id, departure.event


def _ended(ports: HasAccounts, actor: Actor, found: changes.LoadedAccount) -> Iterator[Write]:
    if found.account.permission_ends_on is not None:
        yield from changes.permission_ended(ports, found.account, ManagementRequestStatus.WITHDRAWN, actor.subject)


def _audited(
    ports: HasClock, actor: Actor, found: changes.LoadedAccount, left: Account, updated: Account
) -> Iterator[Write]:
    """Audit each partner's own half; where the account came from or went to is no partner's business."""
    at, account_id = ports.clock(), updated.account_id
    yield from changes.due_change_entries(ports, found)
    yield Insert(entry(actor, at, AuditKind.ACCOUNT_MOVED_OUT, before=found.account, after=left, account_id=account_id))
    yield Insert(
        entry(
            actor, at, AuditKind.ACCOUNT_MOVED_IN, after=updated, account_id=account_id, partner_id=updated.partner_id
        )
    )
