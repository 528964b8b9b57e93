"""Right-to-left text: letters in their joined forms, and characters in order from left to right.

The order is that of the Unicode Bidirectional Algorithm (UAX #9): its conformance tests pass. Levels are those of the
paragraph, lines are ordered one by one.
"""

from __future__ import annotations

import re

from chalicelib.reports.formats.pdf.bidi.characters import MIRRORED, bidi_class
from chalicelib.reports.formats.pdf.bidi.explicit import REMOVED, Explicit, matching_ends, paragraph_level
from chalicelib.reports.formats.pdf.bidi.joining import joined
from chalicelib.reports.formats.pdf.bidi.neutral import levels_up, resolve_neutral
from chalicelib.reports.formats.pdf.bidi.sequences import sequences
from chalicelib.reports.formats.pdf.bidi.weak import resolve_weak

__all__ = ["RIGHT_TO_LEFT", "Paragraph", "joined", "runs_to_the_left", "visual", "visual_lines"]
RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_BLANK = frozenset({"WS", "LRI", "RLI", "FSI", "PDI"})
_SEPARATORS = frozenset({"S", "B"})


class Paragraph:
    """The levels of a paragraph's characters."""

    def __init__(self, text: str, classes: list[str] | None = None, base: int | None = None) -> None:
        """Resolve the levels; `base` is the paragraph's own, by default that of its first strong character."""
        self._text = text
        self._classes = classes = classes or [bidi_class(char) for char in text]
        self.base = paragraph_level(classes) if base is None else base
        explicit = Explicit(classes, self.base, matching_ends(classes)).resolve()
        self._levels = explicit.levels
        for sequence in list(sequences(explicit)):
            resolve_weak(sequence)
            resolve_neutral(sequence, text, classes)
            for place, level in zip(sequence.places, levels_up(sequence), strict=True):
                self._levels[place] = level

    def levels(self, start: int = 0, end: int | None = None) -> list[int | None]:
        """Return the levels of one line, None for what takes no part (L1)."""
        classes, line = self._classes[start:end], list[int | None](self._levels[start:end])
        trailing = True
        for place in range(len(line) - 1, -1, -1):
            kind = classes[place]
            if kind in REMOVED:
                line[place] = None
                continue
            trailing = kind in _SEPARATORS or (trailing and kind in _BLANK)
            line[place] = self.base if trailing else line[place]
        return line

    def order(self, start: int = 0, end: int | None = None) -> list[int]:
        """Return the places of one line's characters from left to right (L2)."""
        return ordered(self.levels(start, end), start)

    def visual(self, start: int = 0, end: int | None = None) -> str:
        """Return one line's characters from left to right, mirrored where they run to the left (L4)."""
        levels = self.levels(start, end)
        chars = ((self._text[place], levels[place - start] or 0) for place in ordered(levels, start))
        return "".join(char.translate(MIRRORED) if level % 2 else char for char, level in chars)


def ordered(levels: list[int | None], start: int = 0) -> list[int]:
    """Return places in order: each stretch of a level or more is reversed, from the highest level to the first."""
    order = [place for place, level in enumerate(levels) if level is not None]
    for high in range(max((level for level in levels if level), default=0), 0, -1):
        order = _reversed_runs(order, [(levels[place] or 0) >= high for place in order])
    return [place + start for place in order]


def _reversed_runs(order: list[int], high: list[bool]) -> list[int]:
    turned: list[int] = []
    run: list[int] = []
    for place, is_high in zip(order, high, strict=True):
        if is_high:
            run.append(place)
        else:
            turned += [*reversed(run), place]
            run = []
    return turned + run[::-1]


def visual_lines(text: str, lines: list[str]) -> list[str]:
    """Return the lines that a paragraph was broken into, each from left to right, without what lies between them."""
    paragraph, end, turned = Paragraph(text), 0, []
    for line in lines:
        start = text.index(line, end)
        end = start + len(line)
        turned.append(paragraph.visual(start, end))
    return turned


def runs_to_the_left(text: str) -> bool:
    """Tell whether the paragraph as a whole is read from right to left."""
    return RIGHT_TO_LEFT.search(text) is not None and Paragraph(text).base == 1


def visual(line: str) -> str:
    """Return the characters of a paragraph of one line from left to right."""
    return Paragraph(line).visual()
