"""What a spreadsheet would take for a formula, the apostrophe that stops it, and taking it off again.

Where the list separator is a semicolon, or the file is read with tabs, a comma file falls apart at those signs, and the
quotes around its cells count for nothing: `Acme;=1+1;` would have a cell `=1+1`. So a text is guarded at its start and
behind every such separator in it, each place by itself, so that taking the guards off gives exactly what was guarded.
"""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_APOSTROPHE = "'"
_STARTS = "=+-@\t\r\0\uff1d\uff0b\uff0d\uff20"
_BLANKS = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
)
"""What a spreadsheet may pass over before it looks at the first sign: white space and signs without width."""

_SEPARATORS = ";\t\r\n"
"""Where a file of cells between commas may fall apart; a comma inside a cell is always in quotes."""
_BLANKS_WITHIN = "".join(sign for sign in _BLANKS if sign not in _SEPARATORS)

_FORMULA = re.compile(f"[{re.escape(_BLANKS)}]*[{re.escape(_STARTS)}]")
_AT_START = rf"[{re.escape(_BLANKS_WITHIN)}]*[{re.escape(_STARTS)}]"
_AFTER_SEPARATOR = rf'[{re.escape(_BLANKS_WITHIN)}"]*[{re.escape(_STARTS)}]'
"""A cell's quotes are doubled in the file, and where the file falls apart, a doubled quote is an empty text."""
_TO_GUARD = re.compile(rf"^(?='|{_AT_START})|(?<=[{_SEPARATORS}])(?='|{_AFTER_SEPARATOR})")
_GUARDED = re.compile(rf"^'(?='|{_AT_START})|(?<=[{_SEPARATORS}])'(?='|{_AFTER_SEPARATOR})")
_FORMULA_WITHIN = re.compile(rf"[{_SEPARATORS}]{_AFTER_SEPARATOR}")
_SUSPECT = frozenset(_STARTS + _BLANKS + _APOSTROPHE)
_SUSPECT_WITHIN = re.compile(rf"[{_SEPARATORS}](?:'|{_AFTER_SEPARATOR})")
_first = itemgetter(0)


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet that has this text in a cell may run it."""
    return _FORMULA.match(text) is not None


def holds_formula(text: str) -> bool:
    """Tell whether a spreadsheet may run it or, reading the file by another separator than the comma, a part of it."""
    return is_formula(text) or _FORMULA_WITHIN.search(text) is not None


def guard(text: str) -> str:
    """Return the text as it may stand in a CSV file: an apostrophe before every place that is a formula or has one
    already.
    """
    return _TO_GUARD.sub(_APOSTROPHE, text)


def unguard(text: str) -> str:
    """Return what `guard` was given; an apostrophe it cannot have put there (`'t Hart`) stays."""
    return _GUARDED.sub("", text) if _APOSTROPHE in text else text


def all_harmless(texts: Sequence[str]) -> bool:
    """Tell whether no text can need a guard, told from first characters and separators alone: True is certain, False
    means look closer.
    """
    return _SUSPECT.isdisjoint(map(_first, filter(None, texts))) and not _SUSPECT_WITHIN.search("\x01".join(texts))
