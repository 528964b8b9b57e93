"""Breaks text into lines: at spaces, behind signs that divide, or, in words that are wider than a line, anywhere."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BREAK = re.compile(r"(?<=\S)[/@,|;:+&]+|\s+")
_HYPHENS = "-\u00ad\u2010"
"""Never the last sign of a line: readers take one there for a mere division of the word, and leave it out."""


def wrap(text: str, widths: Sequence[int], limit: float) -> Iterator[str]:
    """Lines no wider than the limit; the spaces they break at disappear.

    A word that will be broken anyway begins on the line before if that is not half full.
    """
    reach = [0, *accumulate(widths)]
    ends, nexts = _breaks(text)
    fits = [reach[end] for end in ends]
    start = 0
    while start < len(text):
        most = reach[start] + limit
        last = bisect_right(fits, most) - 1
        end, following = ends[last], nexts[last]
        half_empty = fits[last] - reach[start] < limit / 2
        if end <= start or (half_empty and end < len(text) and fits[last + 1] - reach[following] > limit):
            end = following = _anywhere(text, start, bisect_right(reach, most) - 1)
        yield text[start:end]
        start = following


def _anywhere(text: str, start: int, end: int) -> int:
    while end > start + 1 and text[end - 1] in _HYPHENS:
        end -= 1
    return max(end, start + 1)


def _breaks(text: str) -> tuple[list[int], list[int]]:
    """Return where lines may end, and where the next one begins then; the beginning and the end are such places."""
    ends, nexts = [0], [0]
    for found in _BREAK.finditer(text):
        ends.append(found.start() if found[0].isspace() else found.end())
        nexts.append(found.end())
    return [*ends, len(text)], [*nexts, len(text)]
