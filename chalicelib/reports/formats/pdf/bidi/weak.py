"""Weak types: rules W1 to W7 of the Unicode Bidirectional Algorithm (UAX #9)."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalicelib.reports.formats.pdf.bidi.sequences import Sequence

ISOLATING = frozenset({"LRI", "RLI", "FSI", "PDI"})
STRONG = frozenset({"L", "R", "AL"})


def resolve_weak(sequence: Sequence) -> None:
    """Resolve marks, numbers and what stands beside numbers."""
    kinds = sequence.kinds
    _marks(kinds, sequence.before)
    _arabic_numbers(kinds, sequence.before)
    _separators(kinds)
    _terminators(kinds)
    _numbers_in_latin(kinds, sequence.before)


def _marks(kinds: list[str], before: str) -> None:
    """Give each mark the class of what it stands on (W1)."""
    for place, kind in enumerate(kinds):
        if kind == "NSM":
            previous = kinds[place - 1] if place else before
            kinds[place] = "ON" if previous in ISOLATING else previous


def _arabic_numbers(kinds: list[str], before: str) -> None:
    """Take numbers after Arabic letters for Arabic ones, then those letters for right-to-left ones (W2, W3)."""
    strong = before
    for place, kind in enumerate(kinds):
        if kind in STRONG:
            strong = kind
        if kind == "EN" and strong == "AL":
            kinds[place] = "AN"
        elif kind == "AL":
            kinds[place] = "R"


def _separators(kinds: list[str]) -> None:
    """Take one separator between two numbers of a kind for a part of the number (W4)."""
    for place in range(1, len(kinds) - 1):
        before, kind, after = kinds[place - 1 : place + 2]
        if before == after and ((kind in ("ES", "CS") and before == "EN") or (kind == "CS" and before == "AN")):
            kinds[place] = before


def _terminators(kinds: list[str]) -> None:
    """Take signs beside a European number for a part of it, and all others for neutrals (W5, W6)."""
    start = 0
    for kind, run in groupby(list(kinds)):
        end = start + len(list(run))
        if kind == "ET" and "EN" in (*kinds[max(start - 1, 0) : start], *kinds[end : end + 1]):
            kinds[start:end] = ["EN"] * (end - start)
        start = end
    for place, kind in enumerate(kinds):
        if kind in ("ES", "ET", "CS"):
            kinds[place] = "ON"


def _numbers_in_latin(kinds: list[str], before: str) -> None:
    """Take European numbers after left-to-right letters for such letters (W7)."""
    strong = before
    for place, kind in enumerate(kinds):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"
