"""What a spreadsheet would take for a formula, the apostrophe that stops it, and taking it off again."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_APOSTROPHE = "'"
_STARTS = "=+-@\t\r\0\uff1d\uff0b\uff0d\uff20"
_BLANKS = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
)
"""What a spreadsheet may pass over before it looks at the first sign: white space and signs without width."""

_FORMULA = re.compile(f"[{re.escape(_BLANKS)}]*[{re.escape(_STARTS)}]")
_SUSPECT = frozenset(_STARTS + _BLANKS + _APOSTROPHE)
_first = itemgetter(0)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet that opens this text may run it."""
    return _FORMULA.match(text) is not None


def guard(text: str) -> str:
    """The text as it may stand in a CSV file: behind an apostrophe where it is a formula or has one already."""
    return _APOSTROPHE + text if _needs_guard(text) else text


def unguard(text: str) -> str:
    """What `guard` was given; an apostrophe it cannot have put there (`'t Hart`) stays."""
    return text[1:] if text.startswith(_APOSTROPHE) and _needs_guard(text[1:]) else text


def all_harmless(texts: Iterable[str]) -> bool:
    """Whether no text can need a guard, told from first characters alone: True is certain, False means look closer."""
    return _SUSPECT.isdisjoint(map(_first, filter(None, texts)))


def _needs_guard(text: str) -> bool:
    return text.startswith(_APOSTROPHE) or is_formula(text)
