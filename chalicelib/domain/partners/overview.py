"""How a partner does, in figures that cost the same whatever the size of its book: for the platform's staff."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chalicelib.domain.accounts.counters import Summary
    from chalicelib.domain.kernel.money import Money
    from chalicelib.domain.kernel.paging import BoundedCount
    from chalicelib.domain.nightly_runs import PartnerSettlement
    from chalicelib.domain.partners.partners import Partner

FAILURE_DAYS = 30
"""How far back failures are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """How a partner's book has moved in one month."""

    created: int
    departed: int
    at_start: int
    """Accounts that were not canceled when the month began."""
    at_least: bool = False
    """Whether there was more than was counted."""

    @property
    def net(self) -> int:
        """How much the book grew."""
        return self.created - self.departed

    @property
    def churn(self) -> float | None:
        """Which part of the book left; unknown where there was none, or more than was counted."""
        return None if self.at_least or self.at_start <= 0 else round(self.departed / self.at_start, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Liability:
    """What a partner has earned in one currency and was not paid yet."""

    currency: str
    amount: int
    bonuses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Failures:
    """What has failed for a partner within `FAILURE_DAYS`."""

    report_runs: BoundedCount
    deliveries: BoundedCount
    imports: BoundedCount


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerOverview:
    """One partner's figures."""

    partner: Partner
    summary: Summary
    this_month: Movement
    last_month: Movement
    liabilities: tuple[Liability, ...]
    liabilities_at_least: bool
    """Whether there are more unpaid bonuses than were added up."""
    last_night: PartnerSettlement | None
    failures: Failures


def months(today: date) -> tuple[date, date]:
    """Return the first day of last month and that of this month."""
    this = today.replace(day=1)
    return (this - timedelta(days=1)).replace(day=1), this


def movements(
    created: list[date], departed: list[date], active: int, this_month: date, limit: int
) -> tuple[Movement, Movement]:
    """Return how the book moved this month and last; `active` accounts are there now.

    The days are those of both months, each list cut off at the limit.
    """
    at_least = len(created) > limit or len(departed) > limit
    came, left = (_split(days[:limit], this_month) for days in (created, departed))
    start = active - came[1] + left[1]
    before = start - came[0] + left[0]
    return (
        Movement(created=came[1], departed=left[1], at_start=start, at_least=at_least),
        Movement(created=came[0], departed=left[0], at_start=before, at_least=at_least),
    )


def _split(days: list[date], this_month: date) -> tuple[int, int]:
    """Return how many of the days are before this month, and how many in it."""
    before = sum(day < this_month for day in days)
    return before, len(days) - before


def liabilities(amounts: Iterable[Money]) -> tuple[Liability, ...]:
    """Return what the amounts add up to, by currency."""
    sums: Counter[str] = Counter()
    numbers: Counter[str] = Counter()
    for money in amounts:
        sums[money.currency] += money.amount
        numbers[money.currency] += 1
    return tuple(Liability(currency=item, amount=sums[item], bonuses=numbers[item]) for item in sorted(sums))
