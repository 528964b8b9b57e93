"""The cells of one row, read by type; whatever is wrong with them is collected, so that all of it can be told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from chalicelib.domain.accounts.accounts import MAX_COUNT
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.imports.dates import EXAMPLES, DateFormat, read_date
from chalicelib.domain.kernel.formula_guard import unguard
from chalicelib.domain.kernel.text import normalized

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

E = TypeVar("E", bound="StrEnum")
FIRST_DAY = date(1970, 1, 1)
"""No account is older: a creation before it is a slip."""
LONGEST_NUMBER = 18
"""Digits that are looked at, leading zeros included."""
NO_ADD_ONS: frozenset[AddOn] = frozenset()


class Problem(NamedTuple):
    """What is wrong with one cell; a row may have several."""

    column: str
    """Empty where it is the row as a whole."""
    reason: str


class Cells:
    """One row's cells by column; a column that the file has not is an empty cell."""

    def __init__(self, cells: Mapping[str, str], date_format: DateFormat = DateFormat.YEAR_FIRST) -> None:
        self._cells = cells
        self._date_format = date_format
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
        """Return a date, or None where the cell is empty or wrong."""
        text = self._cells.get(column, "")
        if not text:
            return None
        day = read_date(text.strip(), self._date_format)
        if day is None:
            self.complain(column, f"{_shown(text)} is no date {self._written_as}.")
        return day

    @property
    def _written_as(self) -> str:
        return f"written as {EXAMPLES[self._date_format]} ({self._date_format})"

    def creation_day(self, column: str) -> date:
        """Return the day an account was created, which must be there; `FIRST_DAY` stands in for one that is not."""
        if not self._cells.get(column):
            self.complain(column, f"A date is needed, {self._written_as}.")
        day = self.day(column) or FIRST_DAY
        if day < FIRST_DAY:
            self.complain(column, f"{day} is no date from {FIRST_DAY} on.")
        return day

    def number(self, column: str) -> int:
        """Return a whole number; an empty cell is 0."""
        text = self._cells.get(column) or "0"
        if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER and int(text) <= MAX_COUNT:
            return int(text)
        self.complain(column, f"{_shown(text)} is no whole number from 0 to {MAX_COUNT:,}, in digits alone.")
        return 0

    def choice(self, column: str, choices: Mapping[str, E], default: E | None = None) -> E:
        """Return one of the words of the program, exactly as it is written; the first stands in for what is none."""
        text = self._cells.get(column, "")
        chosen = choices.get(text) if text else default
        if chosen is None:
            self.complain(column, f"{_shown(text)} is not one of {', '.join(choices)}.")
        return chosen or next(iter(choices.values()))

    def optional_choice(self, column: str, choices: Mapping[str, E]) -> E | None:
        """Return one of the words, or None where the cell is empty."""
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
    """Return the words of an enumeration as files write them."""
    return {item.value: item for item in kind}


ADD_ONS = words(AddOn)


def _shown(text: str) -> str:
    """Return a value from the file, short enough for a sentence."""
    return f"“{text if len(text) <= 40 else text[:40] + '…'}”"
