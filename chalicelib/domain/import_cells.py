"""The cells of one row, read by type; whatever is wrong with them is collected, so that all of it can be told."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from chalicelib.domain.add_ons import AddOn
from chalicelib.domain.formula_guard import unguard
from chalicelib.domain.text import normalized

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

E = TypeVar("E", bound="StrEnum")
EARLIEST = date(1970, 1, 1)
LATEST = date(2199, 12, 31)
LONGEST_NUMBER = 10
NO_ADD_ONS: frozenset[AddOn] = frozenset()


class Problem(NamedTuple):
    """What is wrong with one cell; a row may have several."""

    column: str
    """Empty where it is the row as a whole."""
    reason: str


class Cells:
    """One row's cells by column; a column that the file has not is an empty cell."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = cells
        self.problems: list[Problem] = []

    def complain(self, column: str, reason: str) -> None:
        """Note what is wrong with a cell."""
        self.problems.append(Problem(column, reason))

    def text(self, column: str) -> str:
        """Text as it is kept, without the apostrophe that an export put before a formula; blanks alone are none."""
        text = normalized(self.code(column))
        return "" if text.isspace() else text

    def code(self, column: str) -> str:
        """Text as it stands, without that apostrophe: of what has one form only."""
        return unguard(self._cells.get(column, ""))

    def day(self, column: str) -> date | None:
        """A date, or None where the cell is empty or wrong."""
        text = self._cells.get(column, "")
        if not text:
            return None
        day = _day(text)
        if day is None:
            self.complain(column, f"{_shown(text)} is no date from {EARLIEST} to {LATEST}, written as 2026-11-05.")
        return day

    def needed_day(self, column: str) -> date:
        """A date that must be there; `EARLIEST` stands in for one that is not."""
        if not self._cells.get(column):
            self.complain(column, "A date is needed, written as 2026-11-05.")
        return self.day(column) or EARLIEST

    def number(self, column: str) -> int:
        """A whole number; an empty cell is 0."""
        text = self._cells.get(column) or "0"
        if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER:
            return int(text)
        self.complain(column, f"{_shown(text)} is no whole number of at most {LONGEST_NUMBER} digits.")
        return 0

    def choice(self, column: str, choices: Mapping[str, E], default: E | None = None) -> E:
        """One of the words of the programme, exactly as it is written; the first stands in for what is none."""
        text = self._cells.get(column, "")
        chosen = choices.get(text) if text else default
        if chosen is None:
            self.complain(column, f"{_shown(text)} is not one of {', '.join(choices)}.")
        return chosen or next(iter(choices.values()))

    def optional_choice(self, column: str, choices: Mapping[str, E]) -> E | None:
        """One of the words, or None where the cell is empty."""
        return self.choice(column, choices) if self._cells.get(column) else None

    def add_ons(self, column: str) -> frozenset[AddOn]:
        """Add-ons with `|` between them."""
        text = self._cells.get(column, "")
        if not text:
            return NO_ADD_ONS
        unknown = [name for name in text.split("|") if name not in ADD_ONS]
        if unknown:
            self.complain(column, f"{_shown(unknown[0])} is not one of {', '.join(ADD_ONS)}, with | between them.")
        return frozenset(ADD_ONS[name] for name in text.split("|") if name in ADD_ONS)


def words(kind: type[E]) -> dict[str, E]:
    """The words of an enumeration as files write them."""
    return {each.value: each for each in kind}


ADD_ONS = words(AddOn)


@lru_cache(maxsize=65_536)
def _day(text: str) -> date | None:
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def _shown(text: str) -> str:
    """A value from the file, short enough for a sentence."""
    return f"“{text if len(text) <= 40 else text[:40] + '…'}”"
