"""The nightly run: its record, and what each partner's night brought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date, datetime

    from chalicelib.domain.paging import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class NightlyRun:
    """One night over all partners."""

    date: date
    started_at: datetime
    partners: int
    """How many there were to settle."""
    done: int = 0
    """How many are."""
    settled: int = 0
    """Accounts that the calendar changed."""
    bonuses: int = 0
    failures: int = 0
    """Accounts that could not be settled and were handed to the failed messages' queue."""
    last_at: datetime | None = None
    """When the last partner was done."""

    @property
    def finished(self) -> bool:
        return self.done >= self.partners


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerNight:
    """One partner's night: written once, with its numbers added to the run's in the same transaction."""

    date: date
    partner_id: str
    settled: int
    bonuses: int
    failures: int
    at: datetime


class NightStore(Protocol):
    """Nightly runs; writing goes through the journal."""

    def get(self, day: date) -> NightlyRun | None:
        """That night's run."""
        ...

    def done(self, day: date, partner_id: str) -> bool:
        """Whether the partner's night is written."""
        ...

    def latest(self, until: date, limit: int) -> Page[NightlyRun]:
        """Nights up to that day, the latest first."""
        ...
