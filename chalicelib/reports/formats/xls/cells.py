"""Values to cell records: fast for a whole column of ordinary values, one by one for what needs a closer look."""

from __future__ import annotations

from functools import lru_cache
from struct import pack
from typing import TYPE_CHECKING, cast

from chalicelib.domain.kernel.formula_guard import all_harmless, is_formula
from chalicelib.reports.columns import texts
from chalicelib.reports.dates import serial
from chalicelib.reports.formats.xls.interleave import UniformColumn, split
from chalicelib.reports.formats.xls.strings import StringTable
from chalicelib.reports.formats.xls.styles import CellStyle
from chalicelib.reports.spreadsheet import LARGEST_NUMBER, LONGEST_TEXT, cut, fits
from chalicelib.reports.table import ColumnType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from chalicelib.reports.formats.xls.interleave import Column
    from chalicelib.reports.table import Value

    MakeColumn = Callable[[Sequence[Value], bytes], Column]
    """Of a column's values and their rows' numbers, two bytes each."""

_TEXT = pack("<HH", 0x00FD, 10)
_SMALL_NUMBER = pack("<HH", 0x027E, 10)
_NUMBER = pack("<HH", 0x0203, 14)
_SMALL = 1 << 29
_STYLES = (CellStyle.PLAIN, CellStyle.NUMBER, CellStyle.DATE)
_TOTAL_STYLES = (CellStyle.TOTAL, CellStyle.TOTAL_NUMBER, CellStyle.TOTAL_DATE)


class Cells:
    """Makes the cells of one workbook, and counts those with text and the texts too long for one."""

    def __init__(self) -> None:
        self.strings = StringTable()
        self.with_text = 0
        self.cut = 0

    def column(self, position: int, type_: ColumnType) -> MakeColumn:
        """Return what turns a batch of this column's values into its cells."""
        make = {ColumnType.TEXT: self._texts, ColumnType.INTEGER: self._integers, ColumnType.DATE: self._dates}[type_]
        return lambda values, rows: make(position, values, rows)

    def text(self, row: bytes, position: int, text: str, style: CellStyle = CellStyle.PLAIN) -> bytes:
        """Return a cell that is nothing but text, whatever it looks like; none for empty text."""
        if not text:
            return b""
        if style is CellStyle.PLAIN and is_formula(text):
            style = CellStyle.QUOTED
        if not fits(text):
            text = cut(text)
            self.cut += 1
        self.with_text += 1
        return _TEXT + row + _place(position, style) + self.strings[text].to_bytes(4, "little")

    def typed(self, row: bytes, position: int, value: Value, type_: ColumnType, *, total: bool = False) -> bytes:
        """Return a cell as its column's type asks, or text where that cannot hold the value."""
        plain, numbered, dated = _TOTAL_STYLES if total else _STYLES
        if isinstance(value, int):
            held = abs(value) <= LARGEST_NUMBER
            return _number(row, position, value, numbered) if held else self.text(row, position, str(value), plain)
        day = serial(value) if value and type_ is ColumnType.DATE else None
        return self.text(row, position, value or "", plain) if day is None else _number(row, position, day, dated)

    def _texts(self, position: int, values: Sequence[Value], rows: bytes) -> Column:
        cells = texts(values)
        if not all_harmless(cells) or max(map(len, cells)) > LONGEST_TEXT // 2:
            return self._one_by_one(position, values, rows, ColumnType.TEXT)
        self.with_text += len(cells) - cells.count("")
        contents = pack(f"<{len(cells)}I", *self.strings.places(cells))
        return UniformColumn(_TEXT, _place(position, CellStyle.PLAIN), contents, _gaps(cells))

    def _integers(self, position: int, values: Sequence[Value], rows: bytes) -> Column:
        numbers = [number or 0 for number in cast("Sequence[int | None]", values)]
        if not -_SMALL <= min(numbers) <= max(numbers) < _SMALL:
            return self._one_by_one(position, values, rows, ColumnType.INTEGER)
        contents = pack(f"<{len(numbers)}i", *[number * 4 + 2 for number in numbers])
        empty_rows = [place for place, number in enumerate(values) if number is None] if 0 in numbers else ()
        return UniformColumn(_SMALL_NUMBER, _place(position, CellStyle.NUMBER), contents, empty_rows)

    def _dates(self, position: int, values: Sequence[Value], rows: bytes) -> Column:
        cells = texts(values)
        days = list(map(_day, cells))
        if None in days:
            return self._one_by_one(position, values, rows, ColumnType.DATE)
        contents = pack(f"<{len(days)}i", *cast("list[int]", days))
        return UniformColumn(_SMALL_NUMBER, _place(position, CellStyle.DATE), contents, _gaps(cells))

    def _one_by_one(self, position: int, values: Sequence[Value], rows: bytes, type_: ColumnType) -> Column:
        return [self.typed(row, position, value, type_) for row, value in zip(split(rows, 2), values, strict=True)]


def _gaps(texts: list[str]) -> Iterable[int]:
    return () if all(texts) else [place for place, text in enumerate(texts) if not text]


def _place(position: int, style: CellStyle) -> bytes:
    return pack("<HH", position, style)


def _number(row: bytes, position: int, number: int, style: CellStyle) -> bytes:
    if -_SMALL <= number < _SMALL:
        return _SMALL_NUMBER + row + _place(position, style) + pack("<i", number * 4 + 2)
    return _NUMBER + row + _place(position, style) + pack("<d", number)


@lru_cache(maxsize=65_536)
def _day(text: str) -> int | None:
    """Return the date's number as the short record holds it, 0 for nothing; None if it must stand as text."""
    day = serial(text)
    return 0 if not text else None if day is None else day * 4 + 2
