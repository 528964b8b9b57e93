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


def items_of_all(page: Callable[[str | None], Page[T]]) -> Iterator[T]:
    """Yield the items of all pages; `page` reads the one that starts after a sort key, the first one after None."""
    after: str | None = None
    while True:
        found = page(after)
        yield from found.items
        if found.next is None:
            return
        after = found.next
