"""PDF: pages across that go out as they fill up, in fonts of their own, with text that is found and copied.

What comes out first knows nothing of what comes last: the number of all pages is a drawing that every page refers to
and the end supplies, and so are the fonts, of which only the glyphs that were used are embedded.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from chalicelib.reports.formats.pdf.cells import OVERSIZED, ColumnCells
from chalicelib.reports.formats.pdf.document import Document
from chalicelib.reports.formats.pdf.fonts import bundled, further
from chalicelib.reports.formats.pdf.front import draw_front
from chalicelib.reports.formats.pdf.layout import arrange, sheet_of
from chalicelib.reports.formats.pdf.pages import Pages
from chalicelib.reports.formats.pdf.title_block import Block
from chalicelib.reports.formats.pdf.trailer import trailer
from chalicelib.reports.formats.pdf.tree import Tree
from chalicelib.reports.formats.pdf.typesetting import Typesetter
from chalicelib.reports.table import NO_FRONT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chalicelib.reports.table import Front, Row, Table


TOGETHER = 500
"""Rows whose cells are made at once."""


class PdfEncoder:
    """Writes a table as a PDF."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._document = Document()
        others = [bundled("F3", "fallback.ttf", "DejaVuSansCondensed"), *further()]
        regular = bundled("F1", "text-regular.ttf", "NotoSans-Condensed")
        bold = bundled("F2", "text-bold.ttf", "NotoSans-CondensedBold")
        self._faces = [regular, bold, *others]
        self._regular, self._bold = Typesetter([regular, *others]), Typesetter([bold, *others])
        self._layout = arrange(table.columns, sheet_of(table.heading.paper), self._regular, self._bold)
        self._columns = [ColumnCells(place, self._layout, self._regular) for place in self._layout.places]
        self._tree = Tree(self._document, self._layout.sheet)
        self._pages = Pages(self._tree, self._layout, self._regular, self._bold)

    @property
    def missing_glyphs(self) -> int:
        """Characters so far that no font has; they show as boxes."""
        return self._regular.missing + self._bold.missing

    def start(self, front: Front = NO_FRONT) -> Iterator[bytes]:
        """Nothing but the file's first line: the first page is written when it is full."""
        heading = self._table.heading
        self._pages.set_header(self._table.columns, f"{heading.title} · {heading.partner} · {heading.as_of_text}")
        block = Block(self._layout.sheet, self._layout.sheet.top, self._regular, self._bold)
        block.heading(heading)
        draw_front(block, front)
        self._pages.open(block.drawn, block.height)
        yield self._document.open()

    def rows(self, rows: Sequence[Row]) -> Iterator[bytes]:
        """Yield the pages that these rows fill."""
        for start in range(0, len(rows), TOGETHER):
            some = rows[start : start + TOGETHER]
            for row, cells in zip(some, self._cells(self._columns, some), strict=True):
                yield from self._tall(row) if OVERSIZED in cells else self._pages.place(cells)

    def _tall(self, row: Row) -> Iterator[bytes]:
        """Yield a row with a cell longer than a page, piece by piece."""
        parts = [made.parts(value) for made, value in zip(self._columns, row, strict=True)]
        for piece in zip_longest(*parts, fillvalue=""):
            yield from self._pages.place("".join(piece))

    def finish(self, total: Row | None = None, notes: tuple[str, ...] = ()) -> Iterator[bytes]:
        """Yield the total row, late notes, the last page, and what all pages refer to."""
        if total is None:
            yield from self._pages.add_line(_counted(self._pages.placed))
        else:
            yield from self._pages.total(self._bold_cells(total))
        if notes:
            yield from self._pages.block(lambda height: self._notes(notes, height))
        yield from self._pages.close()
        yield from trailer(self._document, self._tree, self._faces, self._regular, self._table.heading)

    def _cells(self, columns: Sequence[ColumnCells], rows: Sequence[Row]) -> Iterator[str]:
        made = [column.cells(values) for column, values in zip(columns, zip(*rows, strict=True), strict=True)]
        return map("".join, zip(*made, strict=True))

    def _bold_cells(self, row: Row) -> str:
        columns = [ColumnCells(place, self._layout, self._bold) for place in self._layout.places]
        return next(self._cells(columns, [row]))

    def _notes(self, notes: tuple[str, ...], height: float) -> Block:
        block = Block(self._layout.sheet, height, self._regular, self._bold)
        block.notes(notes)
        return block


def _counted(rows: int) -> str:
    return "1 row" if rows == 1 else f"{rows:,} rows"
