"""A page of a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

DEFAULT_LIMIT = 50
MAX_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some items and where the next ones start."""

    items: tuple[T, ...]
    next: str | None = None
    """The sort key to go on after; None at the end."""
