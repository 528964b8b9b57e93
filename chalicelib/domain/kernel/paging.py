"""A page of a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")

DEFAULT_LIMIT = 50
MAX_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some items and where the next ones start."""

    items: tuple[T, ...]
    next: str | None = None
    """The sort key to go on after; None at the end."""


@dataclass(frozen=True, slots=True)
class BoundedCount:
    """How many there are, counted at a bounded cost."""

    count: int
    more: bool = False
    """Whether there are more, which were not counted."""


def bounded(found: int, limit: int) -> BoundedCount:
    """Return the count of what was looked for up to one more than the limit."""
    return BoundedCount(min(found, limit), found > limit)


def items_of_all(page: Callable[[str | None], Page[T]]) -> Iterator[T]:
    """Yield the items of all pages; `page` reads the one that starts after a sort key, the first one after None."""
    after: str | None = None
    while True:
        found = page(after)
        yield from found.items
        if found.next is None:
            return
        after = found.next
