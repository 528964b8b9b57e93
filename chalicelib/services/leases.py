"""Work that one worker at a time holds: writing its transitions, and recovering what a worker left behind."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from chalicelib.domain.kernel.errors import PartnerbookError, StaleVersion, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from chalicelib.domain.changes import Change, TransactionWriter

T = TypeVar("T")
LEFT_FOR_NEXT_RUN = "left_for_next_time"


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
