"""Values to the XML of cells: fast for a whole column of ordinary values, one by one for what needs a closer look."""

from __future__ import annotations

from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, cast

from chalicelib.domain.kernel.formula_guard import all_harmless, is_formula
from chalicelib.reports.columns import texts
from chalicelib.reports.dates import serial
from chalicelib.reports.formats.xlsx import parts
from chalicelib.reports.formats.xlsx.escaping import escape, plain
from chalicelib.reports.spreadsheet import LARGEST_NUMBER, LONGEST_TEXT, cut, fits
from chalicelib.reports.table import ColumnType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from chalicelib.reports.table import Value

    Numbers = Sequence[bytes]
    Pieces = tuple[Iterable[bytes], ...]
    """What, side by side, makes the column's cells: one piece a row from each."""
    CellColumn = Callable[[Sequence[Value], Numbers], Pieces]

_TEXT, _TEXT_END = b'" t="inlineStr"><is><t xml:space="preserve">', b"</t></is></c>"
_NUMBER, _DATE, _NUMBER_END = b'" s="%d"><v>' % parts.NUMBER, b'" s="%d"><v>' % parts.DATE, b"</v></c>"
_STYLES = {
    False: (parts.PLAIN, parts.NUMBER, parts.DATE),
    True: (parts.TOTAL, parts.TOTAL_NUMBER, parts.TOTAL_DATE),
}


class Cells:
    """Makes the cells of one file, and counts the texts too long for one."""

    def __init__(self) -> None:
        self.cut = 0

    def column(self, position: int, type_: ColumnType) -> CellColumn:
        """Return what turns a batch of this column's values, with their rows' numbers, into the pieces of its cells."""
        make = {ColumnType.TEXT: self._texts, ColumnType.INTEGER: self._integers, ColumnType.DATE: self._dates}[type_]
        letters = column_letters(position)
        return lambda values, numbers: make(letters, values, numbers)

    def text(self, reference: str, text: str, style: int = parts.PLAIN) -> bytes:
        """Return a cell that is nothing but text, whatever it looks like; none for empty text."""
        if not text:
            return b""
        if style == parts.PLAIN and is_formula(text):
            style = parts.QUOTED
        if not fits(text):
            text = cut(text)
            self.cut += 1
        return b'<c r="%b" s="%d%b%b%b' % (reference.encode(), style, _TEXT, escape(text), _TEXT_END)

    def typed(self, reference: str, value: Value, type_: ColumnType, *, total: bool = False) -> bytes:
        """Return a cell as its column's type asks, or text where that cannot hold the value."""
        plain_style, numbered, dated = _STYLES[total]
        if isinstance(value, int):
            held = abs(value) <= LARGEST_NUMBER
            return _number(reference, value, numbered) if held else self.text(reference, str(value), plain_style)
        day = serial(value) if value and type_ is ColumnType.DATE else None
        return self.text(reference, value or "", plain_style) if day is None else _number(reference, day, dated)

    def _texts(self, letters: str, values: Sequence[Value], numbers: Numbers) -> Pieces:
        cells = texts(values)
        found = plain(cells) if all_harmless(cells) and max(map(len, cells)) <= LONGEST_TEXT // 2 else None
        if found is None:
            return self._one_by_one(letters, values, numbers, ColumnType.TEXT)
        return _pieces(letters, numbers, _TEXT, found, _TEXT_END)

    def _integers(self, letters: str, values: Sequence[Value], numbers: Numbers) -> Pieces:
        digits = [_digits(number) for number in cast("Sequence[int | None]", values)]
        if None in digits:
            return self._one_by_one(letters, values, numbers, ColumnType.INTEGER)
        return _pieces(letters, numbers, _NUMBER, cast("list[bytes]", digits), _NUMBER_END)

    def _dates(self, letters: str, values: Sequence[Value], numbers: Numbers) -> Pieces:
        days = [_day(text) for text in texts(values)]
        if None in days:
            return self._one_by_one(letters, values, numbers, ColumnType.DATE)
        return _pieces(letters, numbers, _DATE, cast("list[bytes]", days), _NUMBER_END)

    def _one_by_one(self, letters: str, values: Sequence[Value], numbers: Numbers, type_: ColumnType) -> Pieces:
        cells = zip(numbers, values, strict=True)
        return ([self.typed(letters + number.decode(), value, type_) for number, value in cells],)


def _pieces(letters: str, numbers: Numbers, middle: bytes, contents: list[bytes], end: bytes) -> Pieces:
    start = b'<c r="' + letters.encode()
    if b"" not in contents:
        return repeat(start), numbers, repeat(middle), contents, repeat(end)
    cells = zip(numbers, contents, strict=True)
    return ([start + number + middle + content + end if content else b"" for number, content in cells],)


def column_letters(position: int) -> str:
    """Return the name of the column at this position, counted from 0: A to Z, then AA."""
    before, last = divmod(position, 26)
    return (column_letters(before - 1) if before else "") + chr(ord("A") + last)


@lru_cache(maxsize=65_536)
def _digits(number: int | None) -> bytes | None:
    """Return the number, nothing for nothing; None if it must stand as text."""
    if number is None:
        return b""
    return b"%d" % number if -LARGEST_NUMBER <= number <= LARGEST_NUMBER else None


@lru_cache(maxsize=65_536)
def _day(text: str) -> bytes | None:
    """Return the date's number, nothing for nothing; None if it must stand as text."""
    day = serial(text)
    return b"" if not text else None if day is None else b"%d" % day


def _number(reference: str, number: int, style: int) -> bytes:
    return b'<c r="%b" s="%d"><v>%d</v></c>' % (reference.encode(), style, number)
