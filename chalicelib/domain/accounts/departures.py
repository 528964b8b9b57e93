"""Departures: a cancellation or a move-out, kept for the partner it left."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chalicelib.domain.accounts.accounts import Account, AccountType
    from chalicelib.domain.accounts.codes import CancelReason
    from chalicelib.domain.accounts.plans import Plan

DAYS_OF_WEEK = 7
WINDOW_DAYS = 90
"""The report shows day 0 to day 90, both included."""


class Event(StrEnum):
    """How an account left."""

    CANCELLATION = "cancellation"
    """it was canceled."""
    MOVE_OUT = "move_out"
    """it moved to another partner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """The client's consent to a move."""

    given_by: str
    given_at: datetime
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """An account that left, with the names of that day."""

    partner_id: str
    account_id: str
    event: Event
    effective_on: date
    username: str
    organization: str
    account_type: AccountType
    plan: Plan
    """The plan at exit."""
    reason: CancelReason | None
    client_since: date
    """The day the account was created."""
    consent: Consent | None = None
    """Of a move-out."""

    @property
    def days_as_client(self) -> int:
        return (self.effective_on - self.client_since).days


def departure_of(
    account: Account,
    event: Event,
    effective_on: date,
    reason: CancelReason | None = None,
    consent: Consent | None = None,
) -> Departure:
    """Return the departure of this account, with the names of that day."""
    return Departure(
        partner_id=account.partner_id,
        account_id=account.account_id,
        event=event,
        effective_on=effective_on,
        username=account.username,
        organization=account.organization,
        account_type=account.account_type,
        plan=account.plan,
        reason=reason,
        client_since=account.created_on,
        consent=consent,
    )


def cancellation_of(account: Account) -> Departure:
    """Return the departure of a canceled account."""
    if account.cancellation is None:
        raise ValueError(account.account_id)
    return departure_of(account, Event.CANCELLATION, account.cancellation.effective_on, account.cancellation.reason)


def window(today: date) -> tuple[date, date]:
    """First and last effective day that the report shows."""
    return today - timedelta(days=WINDOW_DAYS), today


class DepartureStore(Protocol):
    """Departures of one partner."""

    def same(self, departure: Departure) -> Departure | None:
        """Return the one kept under the same partner, account, event and day, read strongly consistent."""
        ...

    def between(self, partner_id: str, first: date, last: date) -> Iterator[Departure]:
        """Departures effective on these days, both included, oldest first."""
        ...

    def days(self, partner_id: str, first: date, last: date, limit: int) -> list[date]:
        """Return the effective day of each departure on these days, both included, at most so many."""
        ...

    def of_account(self, account_id: str) -> list[Departure]:
        """Return every departure of this account, from whichever partner; at most a few, from an index that may lag."""
        ...


@dataclass(frozen=True, slots=True)
class WeekOfDepartures:
    """How many accounts left within seven days."""

    first: date
    cancellations: int = 0
    move_outs: int = 0


@dataclass(frozen=True, slots=True)
class DepartureCounts:
    """How many accounts left, by week and by reason."""

    weeks: tuple[WeekOfDepartures, ...]
    """Weeks up to today, the oldest first; the first of them begins before the window."""
    reasons: tuple[tuple[CancelReason | None, int], ...]
    """How often each reason was given, the commonest first; a move-out has none."""


def counted(departures: Iterable[Departure], today: date) -> DepartureCounts:
    """Count the departures of the window that ends today."""
    weeks: Counter[tuple[int, Event]] = Counter()
    reasons: Counter[CancelReason | None] = Counter()
    for item in departures:
        weeks[(today - item.effective_on).days // DAYS_OF_WEEK, item.event] += 1
        reasons[item.reason] += 1
    return DepartureCounts(
        tuple(
            WeekOfDepartures(
                today - timedelta(days=DAYS_OF_WEEK * (ago + 1) - 1),
                weeks[ago, Event.CANCELLATION],
                weeks[ago, Event.MOVE_OUT],
            )
            for ago in reversed(range(WINDOW_DAYS // DAYS_OF_WEEK + 1))
        ),
        tuple(reasons.most_common()),
    )
