"""Columns of cell records laid side by side, so that rows come out: byte by byte, but inside the interpreter.

Nearly every cell's record takes as many bytes as the next, and most of them are the same from row to row. So a batch is
one row's records repeated, into which rows' numbers and contents are put at their distances, all of a column at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CELL = 14
"""Bytes of a record: its head (4), row (2), place (4) and content (4)."""
_ROW, _CONTENT = range(4, 6), range(10, 14)
_GAP = b"\xff" * CELL
"""Where no cell is, until it is taken out; no record begins so, and one that ends so is the same then."""


@dataclass(frozen=True, slots=True)
class UniformColumn:
    """A column's records where only rows and contents differ."""

    head: bytes
    place: bytes
    contents: bytes
    """Four bytes a row."""
    empty_rows: Iterable[int] = ()
    """The rows without a cell, counted from the first of the batch."""

    def records(self, rows: bytes) -> list[bytes]:
        """Return one by one."""
        pairs = zip(split(rows, 2), split(self.contents, 4), strict=True)
        cells = [self.head + row + self.place + content for row, content in pairs]
        for gap in self.empty_rows:
            cells[gap] = b""
        return cells


Column = UniformColumn | list[bytes]
"""Or records of any length, one a row."""


def interleave(columns: Sequence[Column], rows: bytes) -> bytes:
    """Return the rows of these columns; `rows` has their numbers, two bytes each."""
    alike = [column for column in columns if isinstance(column, UniformColumn)]
    if len(alike) == len(columns):
        return _interleaved(alike, rows)
    records = (column.records(rows) if isinstance(column, UniformColumn) else column for column in columns)
    return b"".join(chain.from_iterable(zip(*records, strict=True)))


def _interleaved(columns: list[UniformColumn], rows: bytes) -> bytes:
    width = CELL * len(columns)
    cells = bytearray(b"".join(item.head + bytes(2) + item.place + bytes(4) for item in columns) * (len(rows) // 2))
    for start, column in zip(range(0, width, CELL), columns, strict=True):
        for part, content in ((_ROW, rows), (_CONTENT, column.contents)):
            for number, place in enumerate(part):
                cells[start + place :: width] = content[number :: len(part)]
        for gap in column.empty_rows:
            cells[start + gap * width : start + gap * width + CELL] = _GAP
    return bytes(cells.replace(_GAP, b""))


def split(content: bytes, size: int) -> list[bytes]:
    """Return the content in pieces of this many bytes."""
    return [content[start : start + size] for start in range(0, len(content), size)]
