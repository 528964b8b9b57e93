"""Right-to-left text: letters in their joined forms, and a line's characters in order from left to right.

Supported are Hebrew and Arabic words and sentences, with numbers and words of other scripts among them; explicit marks
of direction are passed over, and so are the finer rules for signs beside numbers.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from unicodedata import bidirectional, category, decomposition

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_FORMS = {"<isolated>": 0, "<final>": 1, "<initial>": 2, "<medial>": 3}


@cache
def _joined_forms() -> dict[str, list[str | None]]:
    """For each letter its forms that stand alone, at the end, at the beginning and in the middle of a joined group."""
    forms: dict[str, list[str | None]] = {}
    for code in [*range(0xFB50, 0xFBFF), *range(0xFE80, 0xFEF5)]:
        kind, *letters = decomposition(chr(code)).split() or [""]
        if kind in _FORMS and len(letters) == 1:
            forms.setdefault(chr(int(letters[0], 16)), [None] * 4)[_FORMS[kind]] = chr(code)
    return forms


def joined(text: str) -> str:
    """Arabic letters in the forms that their neighbours ask for; marks over letters are passed over."""
    letters = [(place, char) for place, char in enumerate(text) if category(char) != "Mn"]
    shaped = list(text)
    for before, (place, letter), after in zip([None, *letters], letters, [*letters[1:], None], strict=False):
        forms = _joined_forms().get(letter)
        if forms:
            to_before = before is not None and _reaches_on(before[1]) and forms[1] is not None
            to_after = after is not None and forms[2] is not None and _reaches_back(after[1])
            shaped[place] = forms[to_before + 2 * to_after] or letter
    return "".join(shaped)


def _reaches_on(letter: str) -> bool:
    return letter == "\u0640" or _joined_forms().get(letter, [None] * 4)[2] is not None


def _reaches_back(letter: str) -> bool:
    return letter == "\u0640" or _joined_forms().get(letter, [None] * 4)[1] is not None


def visual(line: str) -> str:
    """The characters from left to right."""
    levels = _levels(line)
    order = list(range(len(line)))
    for level in range(max(levels, default=0), 0, -1):
        order = [
            place
            for high, group in groupby(order, key=lambda place: levels[place] >= level)
            for place in (reversed(list(group)) if high else group)
        ]
    return "".join(line[place].translate(_MIRRORED) if levels[place] % 2 else line[place] for place in order)


def _levels(line: str) -> list[int]:
    """Even levels run to the right, odd ones to the left, each inside the one below it."""
    kinds = [_kind(char) for char in line]
    base = next((kind for kind in kinds if kind in "LR"), "L")
    levels, strong, waiting = [], base, 0
    for kind in kinds:
        if kind == " ":
            waiting += 1
            continue
        now = "R" if kind == "N" and strong == "R" else "L" if kind == "N" else kind
        levels += [_level(now if now == strong else base, base, number=False)] * waiting
        levels.append(_level(now, base, number=kind == "N"))
        strong, waiting = now, 0
    return levels + [_level(base, base, number=False)] * waiting


def _level(direction: str, base: str, *, number: bool) -> int:
    if direction == "R":
        return 2 if number else 1
    return 0 if base == "L" else 2


def _kind(char: str) -> str:
    """L or R for letters, N for digits, a space for what takes its direction from around it."""
    told = bidirectional(char)
    return {"L": "L", "R": "R", "AL": "R", "EN": "N", "AN": "N", "NSM": "R" if RIGHT_TO_LEFT.match(char) else " "}.get(
        told, " "
    )
