"""Arabic letters in the forms that their neighbors ask for: presentation forms, which need no shaping by the font."""

from __future__ import annotations

import re
from functools import cache
from unicodedata import category, decomposition

_DUAL = re.compile(
    "["
    "\u0620\u0626\u0628\u062a-\u062e\u0633-\u063f\u0641-\u0647\u0649\u064a\u066e\u066f\u0678-\u0687"
    "\u069a-\u06bf\u06c1\u06c2\u06cc\u06ce\u06d0\u06d1\u06fa-\u06fc\u06ff\u0712-\u0714\u071a-\u071d"
    "\u071f-\u0727\u0729\u072b\u072d\u072e\u074e-\u0758\u075c-\u076a\u076d-\u0770\u0772\u0775-\u0777"
    "\u077a-\u077f\u07ca-\u07ea\u0841-\u0845\u0848\u084a-\u0853\u0855\u0860\u0862-\u0865\u0868\u0886"
    "\u0889-\u088d\u08a0-\u08a9\u08af\u08b0\u08b3-\u08b8\u08ba-\u08c8"
    "]"
)
"""Letters that join on both sides (ArabicShaping-15.0.0.txt, Joining_Type D)."""
_RIGHT = re.compile(
    "["
    "\u0622-\u0625\u0627\u0629\u062f-\u0632\u0648\u0671-\u0673\u0675-\u0677\u0688-\u0699\u06c0"
    "\u06c3-\u06cb\u06cd\u06cf\u06d2\u06d3\u06d5\u06ee\u06ef\u0710\u0715-\u0719\u071e\u0728\u072a\u072c"
    "\u072f\u074d\u0759-\u075b\u076b\u076c\u0771\u0773\u0774\u0778\u0779\u0840\u0846\u0847\u0849\u0854"
    "\u0856-\u0858\u0867\u0869\u086a\u0870-\u0882\u088e\u08aa-\u08ac\u08ae\u08b1\u08b2\u08b9"
    "]"
)
"""Letters that join to the one before alone (R)."""
_CAUSING = frozenset("\u0640\u07fa\u0883\u0884\u0885\u200d")
"""What makes its neighbors join: tatweel and its like, and the zero width joiner (C)."""
_TRANSPARENT = frozenset({"Mn", "Me", "Cf"})
"""Kinds of what joining looks through (T): marks and formats, less the two joiners."""
_NOT_TRANSPARENT = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u0890\u0891\u08e2\u200c\u200d")
_FORMS = {"<isolated>": 0, "<final>": 1, "<initial>": 2, "<medial>": 3}


@cache
def _joined_forms() -> dict[str, list[str | None]]:
    """Return for each letter the forms that stand alone, at the end, at the beginning and in the middle of a group."""
    forms: dict[str, list[str | None]] = {}
    for code in [*range(0xFB50, 0xFC00), *range(0xFE80, 0xFEF5)]:
        kind, *letters = decomposition(chr(code)).split() or [""]
        if kind in _FORMS and len(letters) == 1:
            forms.setdefault(chr(int(letters[0], 16)), [None] * 4)[_FORMS[kind]] = chr(code)
    return forms


def joined(text: str) -> str:
    """Return the text with each Arabic letter in the form that its neighbors ask for."""
    letters = [(place, char) for place, char in enumerate(text) if not _is_transparent(char)]
    shaped = list(text)
    for before, (place, letter), after in zip([None, *letters], letters, [*letters[1:], None], strict=False):
        forms = _joined_forms().get(letter)
        if forms:
            to_before = before is not None and _joins_next(before[1]) and _joins_previous(letter)
            to_after = after is not None and _joins_next(letter) and _joins_previous(after[1])
            shaped[place] = forms[to_before + 2 * to_after] or letter
    return "".join(shaped)


def _is_transparent(char: str) -> bool:
    return category(char) in _TRANSPARENT and char not in _NOT_TRANSPARENT


def _joins_next(char: str) -> bool:
    return char in _CAUSING or _DUAL.match(char) is not None


def _joins_previous(char: str) -> bool:
    return _joins_next(char) or _RIGHT.match(char) is not None
