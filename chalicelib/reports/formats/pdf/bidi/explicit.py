"""Explicit levels and directions: rules P2 to X9 of the Unicode Bidirectional Algorithm (UAX #9)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

MAX_DEPTH = 125
ISOLATES = frozenset({"LRI", "RLI", "FSI"})
EMBEDDINGS = {"RLE": None, "LRE": None, "RLO": "R", "LRO": "L"}
"""What opens an embedding, with the class that it overrides others by."""
REMOVED = frozenset({*EMBEDDINGS, "PDF", "BN"})
"""What takes no part in ordering (X9)."""
SPECIAL = REMOVED | ISOLATES | {"PDI", "B"}
"""Without these a text has one level and no overrides."""
STRONG = {"L": 0, "R": 1, "AL": 1}


class Status(NamedTuple):
    """One entry of the directional status stack."""

    level: int
    override: str | None
    isolate: bool


def paragraph_level(classes: list[str], start: int = 0, end: int | None = None, default: int = 0) -> int:
    """Return the level of the first strong character outside of isolates (P2, P3)."""
    depth = 0
    for kind in classes[start:end]:
        if kind in ISOLATES:
            depth += 1
        elif kind == "PDI" and depth:
            depth -= 1
        elif not depth and kind in STRONG:
            return STRONG[kind]
    return default


def matching_ends(classes: list[str]) -> dict[int, int]:
    """Return the place of each isolate's PDI by the place of its beginning (BD9)."""
    open_places: list[int] = []
    ends: dict[int, int] = {}
    for place, kind in enumerate(classes):
        if kind in ISOLATES:
            open_places.append(place)
        elif kind == "PDI" and open_places:
            ends[open_places.pop()] = place
    return ends


@dataclass(slots=True)
class Explicit:
    """Assigns levels and overrides character by character (X1 to X8)."""

    classes: list[str]
    base: int
    ends: dict[int, int]
    levels: list[int] = field(default_factory=list)
    overridden: list[str] = field(default_factory=list)
    _stack: list[Status] = field(default_factory=list)
    _overflowing_isolates: int = 0
    _overflowing_embeddings: int = 0
    _isolates: int = 0

    def resolve(self) -> Explicit:
        """Fill in the levels, and the classes as overrides change them."""
        if SPECIAL.isdisjoint(self.classes):
            self.levels, self.overridden = [self.base] * len(self.classes), list(self.classes)
        else:
            self._stack = [Status(self.base, None, isolate=False)]
            self._walk()
        return self

    def _walk(self) -> None:
        for place, kind in enumerate(self.classes):
            if kind in EMBEDDINGS:
                self._embed(kind)
            elif kind == "PDI":
                self._end_isolate()
            elif kind == "PDF":
                self._end_embedding()
            self.levels.append(self.base if kind == "B" else self._stack[-1].level)
            self.overridden.append(kind if kind in ("B", *REMOVED) else self._stack[-1].override or kind)
            if kind in ISOLATES:
                self._isolate(place, kind)

    def _next_level(self, *, right_to_left: bool) -> int:
        level = self._stack[-1].level
        return level + (2 if level % 2 == right_to_left else 1)

    def _embed(self, kind: str) -> None:
        level = self._next_level(right_to_left=kind in ("RLE", "RLO"))
        if level <= MAX_DEPTH and not self._overflowing_isolates and not self._overflowing_embeddings:
            self._stack.append(Status(level, EMBEDDINGS[kind], isolate=False))
        elif not self._overflowing_isolates:
            self._overflowing_embeddings += 1

    def _isolate(self, place: int, kind: str) -> None:
        if kind == "FSI":
            kind = "RLI" if paragraph_level(self.classes, place + 1, self.ends.get(place)) else "LRI"
        level = self._next_level(right_to_left=kind == "RLI")
        if level <= MAX_DEPTH and not self._overflowing_isolates and not self._overflowing_embeddings:
            self._isolates += 1
            self._stack.append(Status(level, None, isolate=True))
        else:
            self._overflowing_isolates += 1

    def _end_isolate(self) -> None:
        if self._overflowing_isolates:
            self._overflowing_isolates -= 1
        elif self._isolates:
            self._overflowing_embeddings = 0
            while not self._stack[-1].isolate:
                self._stack.pop()
            self._stack.pop()
            self._isolates -= 1

    def _end_embedding(self) -> None:
        if self._overflowing_isolates:
            return
        if self._overflowing_embeddings:
            self._overflowing_embeddings -= 1
        elif not self._stack[-1].isolate and len(self._stack) > 1:
            self._stack.pop()
