"""XLSX: typed cells in sheets that are compressed and let go as rows come; a last sheet says what the report is."""

from __future__ import annotations

from itertools import chain, repeat
from typing import TYPE_CHECKING

from chalicelib.reports.formats.xlsx import parts, sheets
from chalicelib.reports.formats.xlsx.archive import Archive
from chalicelib.reports.formats.xlsx.cells import Cells, column_letters
from chalicelib.reports.spreadsheet import ABOUT, about, sheet_name
from chalicelib.reports.table import NO_FRONT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chalicelib.reports.table import Front, Row, Table

ROWS_A_SHEET = 1_048_575
"""Beside the header row."""
_XML_A_SHEET = 3 << 30
"""An entry of the file must stay below 4 GiB, its last batch of rows included."""


class XlsxEncoder:
    """Writes a table as an Office Open XML workbook."""

    missing_glyphs = 0

    def __init__(self, table: Table, rows_a_sheet: int = ROWS_A_SHEET) -> None:
        self._table = table
        self._rows_a_sheet = rows_a_sheet
        self._cells = Cells()
        self._columns = [self._cells.column(n, column.type) for n, column in enumerate(table.columns)]
        self._archive = Archive(table.heading.as_of)
        self._filters: list[str] = []
        self._written = self._on_sheet = self._sheet = 0

    def start(self, front: Front = NO_FRONT) -> Iterator[bytes]:
        """Yield the fixed parts and the first sheet's header row."""
        self._front = front
        yield from self._archive.entry("_rels/.rels", parts.PACKAGE_RELATIONS)
        yield from self._archive.entry("docProps/core.xml", parts.properties(self._table.heading))
        yield from self._archive.entry("xl/styles.xml", parts.styles())
        yield from self._open_sheet()

    def rows(self, rows: Sequence[Row]) -> Iterator[bytes]:
        """Yield these rows, on a next sheet where one is full."""
        while rows:
            yield from self._make_room()
            updated, rows = rows[: self._room], rows[self._room :]
            yield self._archive.write(self._xml(updated))
            self._on_sheet += len(updated)
            self._written += len(updated)

    def finish(self, total: Row | None = None, notes: tuple[str, ...] = ()) -> Iterator[bytes]:
        """Yield the total row, the sheet about the report, and the parts that name all the sheets."""
        rows = self._on_sheet
        if total is not None:
            yield from self._make_room()
            rows = self._on_sheet
            yield self._archive.write(self._total(total))
        yield from self._close_sheet(rows)
        facts = about(self._table.heading, self._written, self._cells.cut, notes, self._front)
        names = [sheet_name(self._table.heading.title, n) for n in range(1, self._sheet + 1)] + [ABOUT]
        yield from self._archive.entry(
            f"xl/worksheets/sheet{len(names)}.xml", sheets.about(facts, self._table.heading.paper)
        )
        yield from self._archive.entry("xl/workbook.xml", parts.workbook(names, self._filters))
        yield from self._archive.entry("xl/_rels/workbook.xml.rels", parts.workbook_relations(len(names)))
        yield from self._archive.entry("[Content_Types].xml", parts.content_types(len(names)))
        yield self._archive.finish()

    @property
    def _room(self) -> int:
        return self._rows_a_sheet - self._on_sheet

    def _make_room(self) -> Iterator[bytes]:
        if not self._room or self._archive.entry_size > _XML_A_SHEET:
            yield from self._close_sheet(self._on_sheet)
            yield from self._open_sheet()

    def _open_sheet(self) -> Iterator[bytes]:
        self._sheet, self._on_sheet = self._sheet + 1, 0
        yield self._archive.open(f"xl/worksheets/sheet{self._sheet}.xml")
        yield self._archive.write(sheets.opening(self._table.columns, first=self._sheet == 1).encode())

    def _close_sheet(self, rows: int) -> Iterator[bytes]:
        last = column_letters(len(self._table.columns) - 1)
        self._filters.append(f"$A$1:${last}${rows + 1}")
        yield self._archive.write(sheets.closing(f"A1:{last}{rows + 1}", self._table.heading.paper).encode())
        yield self._archive.close()

    def _xml(self, rows: Sequence[Row]) -> bytes:
        first = self._on_sheet + 2
        numbers = [b"%d" % number for number in range(first, first + len(rows))]
        columns = zip(*rows, strict=True)
        pieces = (make(values, numbers) for make, values in zip(self._columns, columns, strict=True))
        lines = zip(repeat(b'<row r="'), numbers, repeat(b'">'), *chain.from_iterable(pieces), repeat(b"</row>"))
        return b"".join(chain.from_iterable(lines))

    def _total(self, total: Row) -> bytes:
        number = self._on_sheet + 2
        columns = enumerate(zip(total, self._table.columns, strict=True))
        cells = [
            self._cells.typed(f"{column_letters(n)}{number}", value, column.type, total=True)
            for n, (value, column) in columns
        ]
        return b'<row r="%d">%b</row>' % (number, b"".join(cells))
