"""XLS: a true Excel 97 workbook; its cells and texts are spooled, because what stands before them counts them all."""

from __future__ import annotations

from struct import pack
from typing import TYPE_CHECKING

from chalicelib.reports.formats.xls import sheets
from chalicelib.reports.formats.xls.cells import Cells
from chalicelib.reports.formats.xls.interleave import interleave
from chalicelib.reports.formats.xls.styles import CellStyle
from chalicelib.reports.formats.xls.workbook import Sheet, assemble, filtered
from chalicelib.reports.spool import Spool
from chalicelib.reports.spreadsheet import ABOUT, about, sheet_name
from chalicelib.reports.table import NO_FRONT, ColumnType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chalicelib.reports.table import Column, Front, Row, Table

ROWS_A_SHEET = 65_535
"""Beside the header row."""


class XlsEncoder:
    """Writes a table as a BIFF8 workbook; all its bytes come at the end."""

    missing_glyphs = 0

    def __init__(self, table: Table, rows_a_sheet: int = ROWS_A_SHEET) -> None:
        self._table = table
        self._rows_a_sheet = rows_a_sheet
        self._cells = Cells()
        self._columns = [self._cells.column(n, column.type) for n, column in enumerate(table.columns)]
        self._spool = Spool()
        self._widths = [max(column.width, len(column.title)) for column in table.columns]
        self._sheets: list[Sheet] = []
        self._filters: list[int] = []
        self._written = self._on_sheet = self._sheet_start = 0

    def start(self, front: Front = NO_FRONT) -> Iterator[bytes]:
        """Nothing yet; the first sheet's header row is put aside."""
        self._front = front
        self._open_sheet()
        return iter(())

    def rows(self, rows: Sequence[Row]) -> Iterator[bytes]:
        """Nothing yet; these rows are put aside, on a next sheet where one is full."""
        while rows:
            self._make_room()
            room = self._rows_a_sheet - self._on_sheet
            updated, rows = rows[:room], rows[room:]
            self._spool.write(self._records(updated))
            self._on_sheet += len(updated)
            self._written += len(updated)
        return iter(())

    def finish(self, total: Row | None = None, notes: tuple[str, ...] = ()) -> Iterator[bytes]:
        """Yield the file."""
        if total is not None:
            self._make_room()
        self._close_sheet(total)
        reported = self._about(about(self._table.heading, self._written, self._cells.cut, notes, self._front))
        areas = filtered(self._filters, len(self._columns))
        yield from assemble(self._table.heading, [*self._sheets, reported], areas, self._spool, self._cells)

    def _make_room(self) -> None:
        if self._on_sheet == self._rows_a_sheet:
            self._close_sheet()
            self._open_sheet()

    def _open_sheet(self) -> None:
        self._sheet_start, self._on_sheet = self._spool.size, 0
        titles = [column.title for column in self._table.columns]
        self._spool.write(self._line(0, titles, map(_header, self._table.columns)))

    def _close_sheet(self, total: Row | None = None) -> None:
        rows, number = self._on_sheet, len(self._sheets) + 1
        if total is not None:
            self._spool.write(self._total(total))
        before = sheets.before_rows(self._widths, rows + (total is not None), self._table.heading.paper)
        stretch = (self._sheet_start, self._spool.size)
        behind = sheets.after_rows(number, len(self._columns))
        self._sheets.append(Sheet(sheet_name(self._table.heading.title, number), before, *stretch, behind))
        self._filters.append(rows)

    def _records(self, rows: Sequence[Row]) -> bytes:
        first = self._on_sheet + 1
        numbers = pack(f"<{len(rows)}H", *range(first, first + len(rows)))
        columns = zip(*rows, strict=True)
        cells = [make(values, numbers) for make, values in zip(self._columns, columns, strict=True)]
        return interleave(cells, numbers)

    def _total(self, total: Row) -> bytes:
        row = (self._on_sheet + 1).to_bytes(2, "little")
        columns = enumerate(zip(total, self._table.columns, strict=True))
        return b"".join(self._cells.typed(row, n, value, column.type, total=True) for n, (value, column) in columns)

    def _about(self, facts: Sequence[tuple[str, str]]) -> Sheet:
        looks = (CellStyle.HEADER, CellStyle.WRAPPED)
        lines = [self._line(row, fact, looks) for row, fact in enumerate(facts)]
        return Sheet(ABOUT, sheets.about(len(facts), b"".join(lines), self._table.heading.paper))

    def _line(self, row: int, texts: Sequence[str], looks: Iterable[CellStyle]) -> bytes:
        number = row.to_bytes(2, "little")
        columns = enumerate(zip(texts, looks, strict=False))
        return b"".join(self._cells.text(number, n, text, style) for n, (text, style) in columns)


def _header(column: Column) -> CellStyle:
    return CellStyle.NUMBER_HEADER if column.type is ColumnType.INTEGER else CellStyle.HEADER
