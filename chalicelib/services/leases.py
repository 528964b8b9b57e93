"""Work that one worker at a time holds: writing its transitions, and recovering what a worker left behind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from chalicelib.domain.audit import entry
from chalicelib.domain.changes import Insert
from chalicelib.domain.kernel.errors import PartnerbookError, StaleVersion, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from chalicelib.domain.access import Actor
    from chalicelib.domain.audit import AuditKind
    from chalicelib.domain.changes import Change, TransactionWriter
    from chalicelib.domain.kernel.clock import Clock
    from chalicelib.domain.kernel.leases import HeldWork, LeasePolicy

T = TypeVar("T")
W = TypeVar("W", bound="HeldWork")
LEFT_FOR_NEXT_RUN = "left_for_next_time"
MAX_PER_RUN = 200
"""Pieces of held work that one run of the sweeper recovers; the next one is five minutes away."""
WAITS = (0.5, 1.0, 2.0, 4.0)
"""Seconds before writing again what was not let through."""


class LostLease(StaleVersion):
    """The work is no longer this worker's: another has it, or somebody has stopped it."""


class Lease(Generic[W]):
    """Work in the hands of one worker: whatever it writes moves the work on, or shows that another has it."""

    def __init__(
        self, writer: TransactionWriter, clock: Clock, current: W, actor: Actor, sleep: Callable[[float], None]
    ) -> None:
        self._writer = writer
        self._clock = clock
        self._sleep = sleep
        self.current = current
        """The work as it was last written."""
        self.actor = actor
        """Who asked for it, and so does what it does."""

    @property
    def now(self) -> datetime:
        """The present instant."""
        return self._clock()

    def _write(self, change: Change[W], stored: Callable[[], W]) -> None:
        """Write the next state of the work, and what goes with it.

        Raises `LostLease` where the work is no longer this worker's, and `StaleVersion` where it is what goes with it
        that has changed.
        """
        for seconds in WAITS:
            try:
                return self._commit(change, stored)
            except Unavailable:
                self._sleep(seconds)
        return self._commit(change, stored)

    def _commit(self, change: Change[W], stored: Callable[[], W]) -> None:
        try:
            self.current = write_transition(self._writer, change, stored)
        except StaleVersion as error:
            if stored() != self.current:
                raise LostLease("Another worker has it, or somebody has stopped it.") from error
            raise

    def _audited(self, updated: W, kind: AuditKind) -> Insert:
        return Insert(entry(self.actor, self.now, kind, before=self.current, after=updated))


@dataclass(frozen=True, slots=True)
class Recovery(Generic[W]):
    """How one kind of held work that its worker left behind is enqueued again, or given up when that did not help."""

    policy: LeasePolicy
    clock: Clock
    read: Callable[[W], W]
    """The work as it is now, read strongly consistent."""
    give_up: Callable[[W, str], None]
    enqueue: Callable[[W], None]
    exhausted: str
    """Why it is given up where no worker got any further."""
    never_started: str
    """Why it is given up where no worker took it."""

    def recover(self, running: Iterable[W]) -> int:
        """See to all that is abandoned; says how many pieces were."""
        abandoned = (item for item in running if self.policy.is_abandoned(item, self.clock()))
        return recover_each(abandoned, self._recovered).total()

    def _recovered(self, abandoned: W) -> str | None:
        current = self.read(abandoned)
        if not self.policy.is_abandoned(current, self.clock()):
            return None
        self._see_to(current)
        return "recovered"

    def _see_to(self, current: W) -> None:
        if self.policy.is_exhausted(current.attempts):
            self.give_up(current, self.exhausted)
        elif self.policy.is_unstartable(current, self.clock()):
            self.give_up(current, self.never_started)
        else:
            self.enqueue(current)


def write_transition(writer: TransactionWriter, change: Change[T], stored: Callable[[], T]) -> T:
    """Write the next state of a thing, the change's result; raises `StaleVersion` where another worker took it on.

    A transition that was written although its answer was lost is found by reading the thing again.
    """
    try:
        return writer.write(change)
    except (Unavailable, StaleVersion):
        if stored() != change.result:
            raise
        return change.result


def recover_each(stale: Iterable[T], recover: Callable[[T], str | None]) -> Counter[str]:
    """Recover every one; says how many became what. One that cannot be recovered now does not hold the others up."""
    return Counter(outcome for item in stale if (outcome := _outcome(recover, item)))


def _outcome(recover: Callable[[T], str | None], item: T) -> str | None:
    try:
        return recover(item)
    except PartnerbookError:
        return LEFT_FOR_NEXT_RUN
