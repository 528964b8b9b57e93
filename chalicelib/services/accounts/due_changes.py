"""Applies due changes to accounts: by night, and before they are read."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.codes import BonusStatus
from chalicelib.domain.accounts.scheduled_changes import apply_due
from chalicelib.domain.changes import Change, Replace
from chalicelib.domain.kernel.clock import today
from chalicelib.domain.kernel.errors import NotFound, PartnerbookError, StaleVersion, Unavailable
from chalicelib.services.accounts import changes
from chalicelib.services.transactions import retry_on_conflict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.changes import Write
    from chalicelib.domain.kernel.money import Money
    from chalicelib.domain.partners.partners import Partner
    from chalicelib.domain.ports import HasQueues, HasWriter
    from chalicelib.services.ports import DueChangePorts

INLINE = 10
"""Accounts that a list settles itself before it answers; the rest is left to the settle workers."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What settling one account came to."""

    account_id: str
    earned: bool = False
    """Whether its bonus was earned just now."""
    failed: bool = False
    """Whether it could not be settled."""


def _nothing_more(_: Settled) -> Sequence[Write]:
    return ()


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is known already where accounts are settled, and what goes with each of them."""

    bonus: Money | None = None
    """What the partner's terms give for a new account."""
    also: Callable[[Settled], Sequence[Write]] = _nothing_more
    """What is written with an account that changes."""


PLAIN = Occasion()


def settle(ports: DueChangePorts, partner_id: str, account_id: str) -> Settled:
    """Settle one account; one that has gone meanwhile needs nothing."""
    try:
        return _settled(ports, ports.accounts.get(partner_id, account_id))
    except NotFound:
        return Settled(account_id)


def settle_all(ports: DueChangePorts, partner_id: str, occasion: Occasion = PLAIN) -> Iterator[Settled]:
    """Settle everything of a partner that is due; an account that cannot be settled holds no other one up."""
    for due in ports.accounts.due(partner_id, today(ports.clock)):
        yield _tried(ports, due, occasion)


def _tried(ports: DueChangePorts, due: Account, occasion: Occasion = PLAIN) -> Settled:
    try:
        return _settled(ports, due, occasion)
    except PartnerbookError:
        return Settled(due.account_id, failed=True)


def _settled(ports: DueChangePorts, due: Account, occasion: Occasion = PLAIN) -> Settled:
    """Return what was read is not read again, unless the write says that it is out of date, as an index may be."""
    existing = [due]

    def prepared() -> Change[Settled]:
        stored = existing.pop() if existing else ports.accounts.get(due.partner_id, due.account_id)
        found = changes.LoadedAccount(stored, apply_due(stored, today(ports.clock)).account)
        earned = found.account.bonus_status is BonusStatus.EARNED is not stored.bonus_status
        settled = Settled(due.account_id, earned=earned)
        writes = changes.apply_due_changes(ports, found, occasion.bonus).writes
        return Change((*writes, *(occasion.also(settled) if writes else ())), settled)

    with suppress(NotFound):
        return retry_on_conflict(ports.transaction_writer, prepared)
    return Settled(due.account_id)


def catch_up(ports: DueChangePorts, partner_id: str) -> int:
    """Settle by day what a reader has left to the workers; gives how many accounts there were."""
    settled = list(settle_all(ports, partner_id))
    failed = [item.account_id for item in settled if item.failed]
    for account_id in failed:
        set_aside(ports, partner_id, account_id)
    if not failed:
        mark_settled(ports, ports.partners.get(partner_id), today(ports.clock))
    return len(settled)


def set_aside(ports: HasQueues, partner_id: str, account_id: str) -> None:
    """Have an account that could not be settled tried on its own; failing again, it ends among failed messages."""
    ports.settle_queue.send(partner_id, {"partner_id": partner_id, "account_id": account_id})


def settle_before_reading(ports: DueChangePorts, partner: Partner) -> Partner:
    """Settle up to ten due accounts now and leave the rest to the workers; `settled_on` then says how far it is."""
    day = today(ports.clock)
    if partner.settled_on is not None and partner.settled_on >= day:
        return partner
    due = list(islice(ports.accounts.due(partner.partner_id, day), INLINE + 1))
    settled = [_tried(ports, item) for item in due[:INLINE]]
    if any(item.failed for item in settled) or len(due) > INLINE:
        with suppress(Unavailable):
            enqueue(ports, partner.partner_id)
        return partner
    return mark_settled(ports, partner, day)


def mark_settled(ports: HasWriter, partner: Partner, day: date) -> Partner:
    """Note that every account of the partner is settled up to this day; it does not move the partner's version."""
    updated = replace(partner, settled_on=day)
    with suppress(StaleVersion, Unavailable):
        ports.transaction_writer.write(Change((Replace(partner, updated),), None))
    return updated


def enqueue(ports: HasQueues, partner_id: str) -> None:
    """Leave the partner's due accounts to a settle worker."""
    ports.settle_queue.send(partner_id, {"partner_id": partner_id})
