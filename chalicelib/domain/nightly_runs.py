"""The nightly run: which partners it settled, and what each partner's night brought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.kernel.clock import HasClock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NightlyRun:
    """One night over all partners; what the partners' nights brought is added up when it is shown."""

    date: date
    started_at: datetime
    partners: int
    """How many there were to settle."""
    finished_at: datetime | None = None
    """When the sweeper saw that every partner was done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerSettlement:
    """One partner's night. Its numbers grow in the very transactions that settle, so that nothing counts twice."""

    date: date
    partner_id: str
    settled: int = 0
    """Accounts whose due changes were applied."""
    bonuses: int = 0
    failures: int = 0
    """Accounts that could not be settled, each then tried on its own."""
    done_at: datetime | None = None
    """When all that was due had been seen to, mail included."""


@dataclass(frozen=True, slots=True)
class Totals:
    """A night so far."""

    done: int = 0
    settled: int = 0
    bonuses: int = 0
    failures: int = 0


def totals(nights: Iterator[PartnerSettlement]) -> Totals:
    """Return what the partners' nights add up to."""
    done = settled = bonuses = failures = 0
    for night in nights:
        done += night.done_at is not None
        settled += night.settled
        bonuses += night.bonuses
        failures += night.failures
    return Totals(done, settled, bonuses, failures)


class NightlyRunStore(Protocol):
    """Nightly runs; writes go through a `TransactionWriter`."""

    def run(self, day: date) -> NightlyRun | None:
        """That night's run, read strongly consistent."""
        ...

    def partner(self, day: date, partner_id: str) -> PartnerSettlement | None:
        """Return the partner's night, read strongly consistent."""
        ...

    def partners(self, day: date) -> Iterator[PartnerSettlement]:
        """Yield every partner's night of that day, as far as begun."""
        ...


class HasNightlyRuns(HasClock, Protocol):
    """Nightly runs."""

    @property
    def nightly_runs(self) -> NightlyRunStore: ...
