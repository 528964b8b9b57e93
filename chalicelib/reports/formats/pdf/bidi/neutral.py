"""Neutral types and implicit levels: rules N0 to I2 of the Unicode Bidirectional Algorithm (UAX #9)."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from chalicelib.reports.formats.pdf.bidi.characters import CLOSING, OPENING, same_bracket

if TYPE_CHECKING:
    from chalicelib.reports.formats.pdf.bidi.sequences import Sequence

MAX_OPEN_BRACKETS = 63
NEUTRAL = frozenset({"B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"})
DIRECTIONS = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
LEVELS_UP = ({"R": 1, "AN": 2, "EN": 2}, {"L": 1, "EN": 1, "AN": 1})
"""By how much a class raises an even level, and an odd one (I1, I2)."""


def resolve_neutral(sequence: Sequence, text: str, classes: list[str]) -> None:
    """Resolve brackets in pairs, then the other neutrals between what has a direction."""
    chars = [text[place] if text else "" for place in sequence.places]
    for opening, closing in bracket_pairs(chars, sequence.kinds):
        direction = _bracket_direction(sequence, opening, closing)
        if direction:
            for place in (opening, closing):
                _set_bracket(sequence, place, direction, classes)
    _between(sequence)


def levels_up(sequence: Sequence) -> list[int]:
    """Return the resolved level of each character of the sequence (I1, I2)."""
    up = LEVELS_UP[sequence.level % 2]
    return [sequence.level + up.get(kind, 0) for kind in sequence.kinds]


def bracket_pairs(chars: list[str], kinds: list[str]) -> list[tuple[int, int]]:
    """Return where bracket pairs open and close, in the order in which they open (BD16)."""
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for place, (char, kind) in enumerate(zip(chars, kinds, strict=True)):
        if kind != "ON":
            continue
        if char in OPENING:
            if len(stack) == MAX_OPEN_BRACKETS:
                return []
            stack.append((same_bracket(OPENING[char]), place))
        elif char in CLOSING:
            _close(stack, same_bracket(char), place, pairs)
    return sorted(pairs)


def _close(stack: list[tuple[str, int]], char: str, place: int, pairs: list[tuple[int, int]]) -> None:
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth][0] == char:
            pairs.append((stack[depth][1], place))
            del stack[depth:]
            return


def _bracket_direction(sequence: Sequence, opening: int, closing: int) -> str | None:
    """Return the direction of a pair by what is inside, or else by what stands before (N0)."""
    inside = {DIRECTIONS[kind] for kind in sequence.kinds[opening + 1 : closing] if kind in DIRECTIONS}
    if not inside:
        return None
    if sequence.direction in inside:
        return sequence.direction
    earlier = (DIRECTIONS[kind] for kind in reversed(sequence.kinds[:opening]) if kind in DIRECTIONS)
    return next(earlier, sequence.before)


def _set_bracket(sequence: Sequence, place: int, direction: str, classes: list[str]) -> None:
    """Set a bracket's direction, and that of the marks upon it."""
    sequence.kinds[place] = direction
    for following in range(place + 1, len(sequence.places)):
        if classes[sequence.places[following]] != "NSM":
            return
        sequence.kinds[following] = direction


def _between(sequence: Sequence) -> None:
    """Give neutrals the direction of both sides where that is one, else that of the sequence (N1, N2)."""
    kinds, start = sequence.kinds, 0
    for neutral, run in groupby(list(kinds), key=NEUTRAL.__contains__):
        end = start + len(list(run))
        if neutral:
            before = DIRECTIONS[kinds[start - 1]] if start else sequence.before
            after = DIRECTIONS[kinds[end]] if end < len(kinds) else sequence.after
            kinds[start:end] = [before if before == after else sequence.direction] * (end - start)
        start = end
