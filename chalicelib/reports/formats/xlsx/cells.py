"""Values to the XML of cells: fast for a whole column of ordinary values, one by one for what needs a closer look."""

from __future__ import annotations

from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, cast

from chalicelib.domain.formula_guard import all_harmless, is_formula
from chalicelib.reports.columns import texts, translated
from chalicelib.reports.dates import serial
from chalicelib.reports.formats.xlsx import parts
from chalicelib.reports.formats.xlsx.escaping import escape, is_plain, markup
from chalicelib.reports.spreadsheet import LARGEST_NUMBER, LONGEST_TEXT, cut, fits
from chalicelib.reports.table import ColumnType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from chalicelib.reports.table import Value

    Numbers = Sequence[str]
    Pieces = tuple[Iterable[str], ...]
    """What, side by side, makes the column's cells: one piece a row from each."""
    CellColumn = Callable[[Sequence[Value], Numbers], Pieces]

_TEXT, _TEXT_END = '" t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"
_SURELY_HELD = len(str(LARGEST_NUMBER))
"""Digits, or a sign and one digit less."""
_STYLES = {False: (parts.PLAIN, parts.DATE), True: (parts.TOTAL, parts.TOTAL_DATE)}


class Cells:
    """Makes the cells of one file, and counts the texts too long for one."""

    def __init__(self) -> None:
        self.cut = 0

    def column(self, position: int, type_: ColumnType) -> CellColumn:
        """What turns a batch of this column's values, with their rows' numbers, into the pieces of its cells."""
        make = {ColumnType.TEXT: self._texts, ColumnType.INTEGER: self._integers, ColumnType.DATE: self._dates}[type_]
        letters = column_letters(position)
        return lambda values, numbers: make(letters, values, numbers)

    def text(self, reference: str, text: str, style: int = parts.PLAIN) -> str:
        """A cell that is nothing but text, whatever it looks like."""
        if not text:
            return ""
        if style == parts.PLAIN and is_formula(text):
            style = parts.QUOTED
        if not fits(text):
            text = cut(text)
            self.cut += 1
        return f'<c r="{reference}" s="{style}{_TEXT}{escape(text)}{_TEXT_END}'

    def typed(self, reference: str, value: Value, type_: ColumnType, *, total: bool = False) -> str:
        """A cell as its column's type asks, or text where that cannot hold the value."""
        plain, dated = _STYLES[total]
        if isinstance(value, int):
            held = abs(value) <= LARGEST_NUMBER
            return _number(reference, value, plain) if held else self.text(reference, str(value), plain)
        day = serial(value) if value and type_ is ColumnType.DATE else None
        return self.text(reference, value or "", plain) if day is None else _number(reference, day, dated)

    def _texts(self, letters: str, values: Sequence[Value], numbers: Numbers) -> Pieces:
        cells = texts(values)
        if not _is_ordinary(cells):
            return self._one_by_one(letters, values, numbers, ColumnType.TEXT)
        return _pieces(letters, numbers, _TEXT, translated(cells, markup), _TEXT_END)

    def _integers(self, letters: str, values: Sequence[Value], numbers: Numbers) -> Pieces:
        digits = ["" if number is None else f"{number:d}" for number in values]
        if max(map(len, digits)) > _SURELY_HELD:
            return self._one_by_one(letters, values, numbers, ColumnType.INTEGER)
        return _pieces(letters, numbers, '"><v>', digits, "</v></c>")

    def _dates(self, letters: str, values: Sequence[Value], numbers: Numbers) -> Pieces:
        days = [_day(text) for text in texts(values)]
        if None in days:
            return self._one_by_one(letters, values, numbers, ColumnType.DATE)
        return _pieces(letters, numbers, f'" s="{parts.DATE}"><v>', cast("list[str]", days), "</v></c>")

    def _one_by_one(self, letters: str, values: Sequence[Value], numbers: Numbers, type_: ColumnType) -> Pieces:
        return ([self.typed(letters + number, value, type_) for number, value in zip(numbers, values, strict=True)],)


def _pieces(letters: str, numbers: Numbers, middle: str, contents: list[str], end: str) -> Pieces:
    start = f'<c r="{letters}'
    if "" not in contents:
        return repeat(start), numbers, repeat(middle), contents, repeat(end)
    cells = zip(numbers, contents, strict=True)
    return ([f"{start}{number}{middle}{content}{end}" if content else "" for number, content in cells],)


def column_letters(position: int) -> str:
    """The name of the column at this position, counted from 0: A to Z, then AA."""
    before, last = divmod(position, 26)
    return (column_letters(before - 1) if before else "") + chr(ord("A") + last)


def _is_ordinary(cells: list[str]) -> bool:
    return all_harmless(cells) and max(map(len, cells)) <= LONGEST_TEXT // 2 and is_plain("\n".join(cells))


@lru_cache(maxsize=65_536)
def _day(text: str) -> str | None:
    """The date's number, nothing for nothing; None if it must stand as text."""
    day = serial(text)
    return "" if not text else None if day is None else str(day)


def _number(reference: str, number: int, style: int) -> str:
    return f'<c r="{reference}" s="{style}"><v>{number}</v></c>'
