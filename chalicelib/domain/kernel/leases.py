"""Leases on work: whoever takes a thing holds it until it is silent for too long, and nothing is tried for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime


class HeldWork(Protocol):
    """Work that keeps the end of its lease, because its worker moves it with all that it writes."""

    @property
    def is_running(self) -> bool: ...
    @property
    def lease_expires_at(self) -> datetime | None: ...
    @property
    def attempts(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LeasePolicy:
    """How long one kind of work is held, waits, and is tried."""

    duration: timedelta
    """A worker that wrote nothing for so long is dead: its work is another's."""
    requeue_after: timedelta
    """Work that nobody has held for so long has perhaps lost its message, and is enqueued again; a message too many
    does nothing."""
    give_up_after: timedelta = timedelta(days=1)
    """Work that waits longer is given up."""
    max_attempts: int | None = None
    """How many workers may take it without getting any further; None where only time ends it."""

    def is_expired(self, last_heartbeat_at: datetime, now: datetime) -> bool:
        """Tell whether a worker whose last heartbeat was then must be dead."""
        return last_heartbeat_at <= now - self.duration

    def is_forgotten(self, available_since: datetime, now: datetime) -> bool:
        """Tell whether work that nobody holds has to be enqueued again."""
        return available_since <= now - self.requeue_after

    def is_overdue(self, waiting_since: datetime, now: datetime) -> bool:
        """Tell whether it has waited so long that nobody expects it any more."""
        return waiting_since <= now - self.give_up_after

    def is_exhausted(self, attempts: int) -> bool:
        """Tell whether worker after worker took it and none got any further."""
        return self.max_attempts is not None and attempts >= self.max_attempts

    def is_available(self, work: HeldWork, at: datetime) -> bool:
        """Tell whether a worker may take it. A lease that ends later than any can is from a clock that was set back."""
        ends_at = work.lease_expires_at
        return work.is_running and (ends_at is None or not at < ends_at <= at + self.duration)

    def is_abandoned(self, work: HeldWork, now: datetime) -> bool:
        """Tell whether it is said to be running although nobody is at it."""
        ends_at = work.lease_expires_at
        return self.is_available(work, now) and (ends_at is None or not now - self.requeue_after < ends_at <= now)

    def is_unstartable(self, work: HeldWork, now: datetime) -> bool:
        """Tell whether nobody has taken it for as long as work may wait."""
        return work.lease_expires_at is not None and self.is_overdue(work.lease_expires_at, now)
