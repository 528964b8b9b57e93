"""From a prepared change to a written one: prepared again where somebody else was quicker."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from chalicelib.domain.kernel.errors import Busy, Changed

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalicelib.domain.changes import Change, Journal

T = TypeVar("T")
ATTEMPTS = 5


def commit(journal: Journal, prepare: Callable[[], Change[T]]) -> T:
    """Prepare and write a change; where what it was prepared from has changed meanwhile, do both again.

    A `Changed` raised while preparing (a stale If-Match) is the caller's and is not tried again.
    """
    for _ in range(ATTEMPTS):
        change = prepare()
        try:
            return journal.commit(change)
        except Changed:
            continue
    raise Busy
