"""Fills a page of a list: one Query where nothing is filtered, and within a read budget where something is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

READ_BUDGET = 2_000
"""Items of at most 1 KB that one page of a filtered list may look at: 2 MB."""
WIDER = 4
"""How many times more a filtered page looks at with each further Query."""


class Answer(NamedTuple):
    """What one Query gave."""

    rows: list[Any]
    scanned: int
    """Items read, those included that a filter left out."""
    next_key: Mapping[str, Any] | None
    """Where to go on, in DynamoDB's JSON; None at the end."""


def fill(
    ask: Callable[[Mapping[str, Any] | None, int], Answer], sort_key: str, limit: int, budget: int | None = None
) -> tuple[list[Any], str | None]:
    """Return the rows of a page and the sort key it ends at; read one row more, to know whether something follows.

    `ask` gives one Query from a key on, of so many items looked at; `budget` is how many at most.
    """
    rows: list[Any] = []
    most = budget or READ_BUDGET
    looked_at, size, start = 0, limit + 1, None
    while True:
        answer = ask(start, size)
        rows += answer.rows
        looked_at, start = looked_at + answer.scanned, answer.next_key
        if len(rows) > limit:
            return rows[:limit], getattr(rows[limit - 1], sort_key)
        if start is None:
            return rows, None
        if looked_at >= most:
            return rows, str(start[sort_key]["S"])
        size = min(size * WIDER, most - looked_at)
