"""Values to cell records: fast for a whole column of ordinary values, one by one for what needs a closer look."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from struct import pack
from typing import TYPE_CHECKING, cast

from chalicelib.domain.formula_guard import all_harmless, is_formula
from chalicelib.reports.columns import texts
from chalicelib.reports.dates import serial
from chalicelib.reports.formats.xls.looks import Look
from chalicelib.reports.formats.xls.strings import StringTable
from chalicelib.reports.spreadsheet import LARGEST_NUMBER, LONGEST_TEXT, cut, fits
from chalicelib.reports.table import ColumnType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from chalicelib.reports.table import Value

    Pieces = tuple[Iterable[bytes], ...]
    """What, side by side, makes the column's cells: one piece a row from each."""
    CellColumn = Callable[[Sequence[Value], "RowNumbers"], Pieces]

_TEXT = pack("<HH", 0x00FD, 10)
_SMALL_NUMBER = pack("<HH", 0x027E, 10)
_NUMBER = pack("<HH", 0x0203, 14)
_SMALL = 1 << 29


@dataclass(frozen=True, slots=True)
class RowNumbers:
    """A batch's rows, as bytes, and behind what begins the two usual records."""

    rows: list[bytes]
    texts: list[bytes]
    numbers: list[bytes]

    @classmethod
    def counted(cls, first: int, count: int) -> RowNumbers:
        """`count` rows from `first` on, counted from 0."""
        rows = [row.to_bytes(2, "little") for row in range(first, first + count)]
        return cls(rows, [_TEXT + row for row in rows], [_SMALL_NUMBER + row for row in rows])


class Cells:
    """Makes the cells of one workbook, and counts those with text and the texts too long for one."""

    def __init__(self) -> None:
        self.strings = StringTable()
        self.with_text = 0
        self.cut = 0

    def column(self, position: int, type_: ColumnType) -> CellColumn:
        """What turns a batch of this column's values into the pieces of its cells."""
        make = {ColumnType.TEXT: self._texts, ColumnType.INTEGER: self._integers, ColumnType.DATE: self._dates}[type_]
        return lambda values, numbers: make(position, values, numbers)

    def text(self, row: bytes, position: int, text: str, look: Look = Look.PLAIN) -> bytes:
        """A cell that is nothing but text, whatever it looks like; none for empty text."""
        if not text:
            return b""
        if look is Look.PLAIN and is_formula(text):
            look = Look.QUOTED
        if not fits(text):
            text = cut(text)
            self.cut += 1
        self.with_text += 1
        return _TEXT + row + _place(position, look) + self.strings[text]

    def typed(self, row: bytes, position: int, value: Value, type_: ColumnType, *, total: bool = False) -> bytes:
        """A cell as its column's type asks, or text where that cannot hold the value."""
        plain, dated = (Look.TOTAL, Look.TOTAL_DATE) if total else (Look.PLAIN, Look.DATE)
        if isinstance(value, int):
            held = abs(value) <= LARGEST_NUMBER
            return _number(row, position, value, plain) if held else self.text(row, position, str(value), plain)
        day = serial(value) if value and type_ is ColumnType.DATE else None
        return self.text(row, position, value or "", plain) if day is None else _number(row, position, day, dated)

    def _texts(self, position: int, values: Sequence[Value], numbers: RowNumbers) -> Pieces:
        cells = texts(values)
        if not all_harmless(cells) or max(map(len, cells)) > LONGEST_TEXT // 2:
            return self._one_by_one(position, values, numbers, ColumnType.TEXT)
        self.with_text += len(cells) - cells.count("")
        return _pieces(numbers.texts, _place(position, Look.PLAIN), self.strings.places(cells))

    def _integers(self, position: int, values: Sequence[Value], numbers: RowNumbers) -> Pieces:
        small = [_small(number) for number in cast("Sequence[int | None]", values)]
        if None in small:
            return self._one_by_one(position, values, numbers, ColumnType.INTEGER)
        return _pieces(numbers.numbers, _place(position, Look.PLAIN), cast("list[bytes]", small))

    def _dates(self, position: int, values: Sequence[Value], numbers: RowNumbers) -> Pieces:
        days = [_day(text) for text in texts(values)]
        if None in days:
            return self._one_by_one(position, values, numbers, ColumnType.DATE)
        return _pieces(numbers.numbers, _place(position, Look.DATE), cast("list[bytes]", days))

    def _one_by_one(self, position: int, values: Sequence[Value], numbers: RowNumbers, type_: ColumnType) -> Pieces:
        return ([self.typed(row, position, value, type_) for row, value in zip(numbers.rows, values, strict=True)],)


def _pieces(heads: list[bytes], place: bytes, contents: list[bytes]) -> Pieces:
    if b"" not in contents:
        return heads, repeat(place), contents
    return ([head + place + content if content else b"" for head, content in zip(heads, contents, strict=True)],)


def _place(position: int, look: Look) -> bytes:
    return pack("<HH", position, look)


def _number(row: bytes, position: int, number: int, look: Look) -> bytes:
    small = _small(number)
    if small is None:
        return _NUMBER + row + _place(position, look) + pack("<d", number)
    return _SMALL_NUMBER + row + _place(position, look) + small


@lru_cache(maxsize=65_536)
def _small(number: int | None) -> bytes | None:
    """The number in the four bytes of the short record, nothing for nothing; None if it needs the long record."""
    if number is None:
        return b""
    return (number * 4 + 2).to_bytes(4, "little", signed=True) if -_SMALL <= number < _SMALL else None


@lru_cache(maxsize=65_536)
def _day(text: str) -> bytes | None:
    """The date's number in those four bytes, nothing for nothing; None if it must stand as text."""
    day = serial(text)
    return b"" if not text else None if day is None else _small(day)
