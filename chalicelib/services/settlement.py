"""Settlement: letting the calendar act on accounts, by night and before they are read."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from chalicelib.domain.access import calendar
from chalicelib.domain.bonuses import BonusStatus
from chalicelib.domain.changes import Change, CountNight, Replace
from chalicelib.domain.clock import today
from chalicelib.domain.errors import Busy, Changed, NotFound, PartnerbookError
from chalicelib.services import book
from chalicelib.services.committing import commit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from chalicelib.domain.partners import Partner
    from chalicelib.domain.ports import Ports

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


def settle(ports: Ports, partner_id: str, account_id: str, night: date | None = None) -> Settled:
    """Settle one account, counted for that night if one is given; one that has gone meanwhile needs nothing."""

    def prepared() -> Change[Settled]:
        found = book.find(ports, calendar(partner_id), account_id)
        earned = found.account.bonus_status is BonusStatus.EARNED is not found.stored.bonus_status
        writes = book.settled(ports, found).writes
        counted = (CountNight(night, partner_id, settled=1, bonuses=int(earned)),) if night and writes else ()
        return Change((*writes, *counted), Settled(account_id, earned=earned))

    with suppress(NotFound):
        return commit(ports.journal, prepared)
    return Settled(account_id)


def settle_all(ports: Ports, partner_id: str, night: date | None = None) -> Iterator[Settled]:
    """Settle everything of a partner that is due; an account that cannot be settled holds no other one up."""
    for due in ports.accounts.due(partner_id, today(ports.clock)):
        yield _tried(ports, partner_id, due.account_id, night)


def _tried(ports: Ports, partner_id: str, account_id: str, night: date | None = None) -> Settled:
    try:
        return settle(ports, partner_id, account_id, night)
    except PartnerbookError:
        return Settled(account_id, failed=True)


def catch_up(ports: Ports, partner_id: str) -> int:
    """Settle by day what a reader has left to the workers; gives how many accounts there were."""
    settled = list(settle_all(ports, partner_id))
    failed = [each.account_id for each in settled if each.failed]
    for account_id in failed:
        set_aside(ports, partner_id, account_id)
    if not failed:
        mark_settled(ports, ports.partners.get(partner_id), today(ports.clock))
    return len(settled)


def set_aside(ports: Ports, partner_id: str, account_id: str) -> None:
    """Have an account that could not be settled tried on its own; failing again, it ends among failed messages."""
    ports.settle_queue.send(partner_id, {"partner_id": partner_id, "account_id": account_id})


def settle_before_reading(ports: Ports, partner: Partner) -> Partner:
    """Settle up to ten due accounts now and leave the rest to the workers; `settled_on` then says how far it is."""
    day = today(ports.clock)
    if partner.settled_on is not None and partner.settled_on >= day:
        return partner
    due = list(islice(ports.accounts.due(partner.partner_id, day), INLINE + 1))
    settled = [_tried(ports, partner.partner_id, each.account_id) for each in due[:INLINE]]
    if any(each.failed for each in settled) or len(due) > INLINE:
        with suppress(Busy):
            hand_over(ports, partner.partner_id)
        return partner
    return mark_settled(ports, partner, day)


def mark_settled(ports: Ports, partner: Partner, day: date) -> Partner:
    """Note that every account of the partner is settled up to this day; it does not move the partner's version."""
    now = replace(partner, settled_on=day)
    with suppress(Changed, Busy):
        ports.journal.commit(Change((Replace(partner, now),), None))
    return now


def hand_over(ports: Ports, partner_id: str) -> None:
    """Leave the partner's due accounts to a settle worker."""
    ports.settle_queue.send(partner_id, {"partner_id": partner_id})
