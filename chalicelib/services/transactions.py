"""From a prepared change to a written one: prepared again where somebody else was quicker."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from chalicelib.domain.kernel.errors import StaleVersion, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalicelib.domain.changes import Change, TransactionWriter

T = TypeVar("T")
ATTEMPTS = 5


def retry_on_conflict(transaction_writer: TransactionWriter, prepare: Callable[[], Change[T]]) -> T:
    """Prepare and write a change; where what it was prepared from has changed meanwhile, do both again.

    Its effects come after the write; one that is `Unavailable` is left to recovery. Preparing has none, as it may be
    done again. A `StaleVersion` raised while preparing (a stale If-Match) is the caller's and is not tried again.
    """
    for _ in range(ATTEMPTS):
        change = prepare()
        try:
            result = transaction_writer.write(change)
        except StaleVersion:
            continue
        for effect in change.after:
            with suppress(Unavailable):
                effect()
        return result
    raise Unavailable
