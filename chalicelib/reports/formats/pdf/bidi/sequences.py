"""Isolating run sequences: rule X10 of the Unicode Bidirectional Algorithm (UAX #9)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from chalicelib.reports.formats.pdf.bidi.explicit import ISOLATES, REMOVED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.reports.formats.pdf.bidi.explicit import Explicit


@dataclass(slots=True)
class Sequence:
    """Characters that are resolved together: where they are, their classes, and what stands before and after."""

    places: list[int]
    kinds: list[str]
    level: int
    before: str
    after: str

    @property
    def direction(self) -> str:
        return "R" if self.level % 2 else "L"


def sequences(explicit: Explicit) -> Iterator[Sequence]:
    """Return the isolating run sequences of a paragraph."""
    kept = [place for place, kind in enumerate(explicit.classes) if kind not in REMOVED]
    runs = [list(run) for _, run in groupby(kept, key=explicit.levels.__getitem__)]
    run_at = {run[0]: run for run in runs}
    ended = set(explicit.ends.values())
    for run in runs:
        if run[0] not in ended:
            yield _sequence(explicit, _with_following(explicit, run, run_at), kept)


def _with_following(explicit: Explicit, run: list[int], run_at: dict[int, list[int]]) -> list[int]:
    """Return the run's places, and those of the runs that go on after the isolates in between."""
    places = list(run)
    while places[-1] in explicit.ends and explicit.ends[places[-1]] in run_at:
        places += run_at[explicit.ends[places[-1]]]
    return places


def _sequence(explicit: Explicit, places: list[int], kept: list[int]) -> Sequence:
    level, levels = explicit.levels[places[0]], explicit.levels
    first, last = places[0], places[-1]
    before = max((place for place in kept if place < first), default=None)
    after = min((place for place in kept if place > last), default=None)
    open_ended = explicit.classes[last] in ISOLATES and last not in explicit.ends
    return Sequence(
        places=places,
        kinds=[explicit.overridden[place] for place in places],
        level=level,
        before=_side(level, explicit.base if before is None else levels[before]),
        after=_side(level, explicit.base if after is None or open_ended else levels[after]),
    )


def _side(level: int, other: int) -> str:
    return "R" if max(level, other) % 2 else "L"
