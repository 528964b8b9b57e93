"""Pages in the making: rows are placed until one is full, which is then written and let go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.reports.formats.pdf.cells import LINES
from chalicelib.reports.formats.pdf.drawing import HEAD, INK, LINE, SOFT, STRIPE, box, few_lines, rule, text
from chalicelib.reports.formats.pdf.header import header_row
from chalicelib.reports.formats.pdf.layout import BODY_BOTTOM, MARGIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from chalicelib.reports.formats.pdf.layout import Layout
    from chalicelib.reports.formats.pdf.title_block import Block
    from chalicelib.reports.formats.pdf.tree import Tree
    from chalicelib.reports.formats.pdf.typesetting import Typesetter
    from chalicelib.reports.table import Column

FOOTER = 7.0
FOOTER_HEIGHT = 24.0


class Pages:
    """Lays rows on pages under a repeated header row."""

    def __init__(self, tree: Tree, layout: Layout, regular: Typesetter, bold: Typesetter) -> None:
        self._tree = tree
        self._layout = layout
        self._regular, self._bold = regular, bold
        self._sheet = layout.sheet
        self._height = self._sheet.top
        self._drawn: list[str] = []
        self._below: list[str] = []
        self._rows: list[str] = []
        self._stripes: list[str] = []
        self.placed = 0
        """Rows so far."""

    def set_header(self, columns: Sequence[Column], name: str) -> None:
        """What every page has: the header row, and the report's name at its foot."""
        self._header, self._header_height = header_row([column.title for column in columns], self._layout, self._bold)
        [name] = few_lines(self._regular, name, self._sheet.body_width - 120, FOOTER, 1)
        left = MARGIN + self._sheet.body_width - self._regular.width(name) * FOOTER / 1000
        foot = rule(MARGIN, FOOTER_HEIGHT + 11, MARGIN + self._sheet.body_width, 0.5, LINE)
        self._foot = foot + text(self._regular, name, left, FOOTER_HEIGHT, FOOTER, SOFT)

    def open(self, drawn: Sequence[str] = (), height: float | None = None) -> None:
        """Begin a page whose upper part is taken, and draw its header row."""
        self._drawn, self._height = [*drawn], self._sheet.top if height is None else height
        self._drawn.append(f"q 1 0 0 1 0 {self._height:.2f} cm\n{self._header}Q\n")
        self._height -= self._header_height

    def place(self, cells: str) -> Iterator[bytes]:
        """Lay down one row, on the next page if it does not fit on this one."""
        lines = 1
        while LINES[lines] in cells:
            lines += 1
        tall = lines * self._layout.leading + 2 * self._layout.padding
        if self._height - tall < BODY_BOTTOM:
            yield from self.next_page()
        if self.placed % 2:
            self._stripes.append(f"{MARGIN:.2f} {self._height - tall:.2f} {self._right:.2f} {tall:.2f} re\n")
        self._rows.append(self._at_height(cells, lines))
        self._height -= tall
        self.placed += 1

    @property
    def _right(self) -> float:
        return self._layout.right - MARGIN

    def _at_height(self, cells: str, lines: int) -> str:
        at = self._height - self._layout.padding - self._layout.size * 0.95
        for line in LINES[:lines]:
            cells = cells.replace(line, f"{at:.2f}")
            at -= self._layout.leading
        return cells

    def total(self, cells: str) -> Iterator[bytes]:
        """Yield the last row, set apart."""
        lines = 1 + max((n for n in range(1, len(LINES)) if LINES[n] in cells), default=0)
        tall = lines * self._layout.leading + 3 * self._layout.padding
        if self._height - tall < BODY_BOTTOM:
            yield from self.next_page()
        self._below.append(box(MARGIN, self._height - tall, self._right, tall, HEAD))
        self._below.append(rule(MARGIN, self._height, self._layout.right, 1, SOFT))
        self._height -= self._layout.padding / 2
        self._below.append(self._set(self._bold, self._at_height(cells, lines)))
        self._height -= tall

    def add_line(self, sentence: str) -> Iterator[bytes]:
        """Yield a quiet line below the rows."""
        if self._height - 16 < BODY_BOTTOM:
            yield from self.next_page()
        self._height -= 14
        self._below.append(text(self._regular, sentence, self._layout.places[0].left, self._height, 8, SOFT))

    def next_page(self) -> Iterator[bytes]:
        """Write this page and begin the next one."""
        yield from self.close()
        self.open()

    def block(self, make: Callable[[float], Block]) -> Iterator[bytes]:
        """Draw something whole below the rows, on a page of its own if need be."""
        made = make(self._height)
        if made.height < BODY_BOTTOM:
            yield from self.close()
            made, self._drawn = make(self._sheet.top), []
        self._below += made.drawn
        self._height = made.height

    def close(self) -> Iterator[bytes]:
        """Write this page."""
        content = "".join(
            (
                f"{STRIPE} rg\n{''.join(self._stripes)}f\n" if self._stripes else "",
                *self._drawn,
                self._set(self._regular, "".join(self._rows)),
                *self._below,
                self._foot,
                self._number(),
            )
        )
        for part in (self._rows, self._stripes, self._below):
            part.clear()
        yield from self._tree.page(content.encode("latin-1"), self.placed)

    def _set(self, setter: Typesetter, cells: str) -> str:
        return f"BT /{setter.name} {self._layout.size:g} Tf {INK} rg\n{cells}ET\n"

    def _number(self) -> str:
        """Return the page's number, and the number of all pages, which the last page's end will tell."""
        label = f"Page {self._tree.pages + 1:,} of "
        left = MARGIN + self._regular.width(label) * FOOTER / 1000
        shown = text(self._regular, label, MARGIN, FOOTER_HEIGHT, FOOTER, SOFT)
        return f"{shown}q 1 0 0 1 {left:.2f} {FOOTER_HEIGHT:.2f} cm /Total Do Q\n"
