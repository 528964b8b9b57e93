"""The pages' tree, what they share, and the bookmarks of a long report: what is written around and after the pages."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from chalicelib.reports.formats.pdf.document import text_string

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.reports.formats.pdf.document import Document
    from chalicelib.reports.formats.pdf.layout import Sheet

BRANCH = 100
"""Pages on one branch of the tree, so that a reader finds the last page of thousands as fast as the first."""
BOOKMARKED = 50
"""Above so many pages there are bookmarks."""
MOST_BOOKMARKS = 100


class Tree:
    """Collects pages; eight bytes of memory for each."""

    def __init__(self, document: Document, sheet: Sheet) -> None:
        self._document = document
        self._sheet = sheet
        self._root = document.reserve()
        self._branches: list[int] = []
        self._numbers = array("I")
        self._last_rows = array("I")

    @property
    def pages(self) -> int:
        """How many there are."""
        return len(self._numbers)

    def page(self, content: bytes, last_row: int) -> Iterator[bytes]:
        """Write a page that ends with this row."""
        if self.pages % BRANCH == 0:
            self._branches.append(self._document.reserve())
        number, stream = self._document.reserve(), self._document.reserve()
        yield self._document.put_stream(stream, content)
        yield self._document.put(number, f"<</Type/Page/Parent {self._branches[-1]} 0 R/Contents {stream} 0 R>>")
        self._numbers.append(number)
        self._last_rows.append(last_row)
        if self.pages % BRANCH == 0:
            yield self._branch()

    def close(self, resources: str) -> Iterator[bytes]:
        """Write the tree; says nothing of the catalogue, which refers to it as `root`."""
        if self.pages % BRANCH:
            yield self._branch()
        branches = " ".join(f"{branch} 0 R" for branch in self._branches)
        shared = f"/MediaBox[0 0 {self._sheet.width} {self._sheet.height}]/Resources<<{resources}>>"
        yield self._document.put(self._root, f"<</Type/Pages/Count {self.pages}/Kids[{branches}]{shared}>>")

    @property
    def root(self) -> int:
        """The object with all pages."""
        return self._root

    def _branch(self) -> bytes:
        start = (len(self._branches) - 1) * BRANCH
        kids = self._numbers[start:]
        pages = " ".join(f"{kid} 0 R" for kid in kids)
        return self._document.put(
            self._branches[-1], f"<</Type/Pages/Parent {self._root} 0 R/Count {len(kids)}/Kids[{pages}]>>"
        )

    def bookmarks(self) -> Iterator[bytes]:
        """Write them; `outline` refers to them afterwards."""
        step = -(-self.pages // MOST_BOOKMARKS)
        starts = range(0, self.pages, step)
        self._outline, *items = (self._document.reserve() for _ in range(len(starts) + 1))
        yield self._document.put(
            self._outline, f"<</Type/Outlines/First {items[0]} 0 R/Last {items[-1]} 0 R/Count {len(items)}>>"
        )
        for place, (start, item) in enumerate(zip(starts, items, strict=True)):
            around = f"/Prev {items[place - 1]} 0 R" if place else ""
            around += f"/Next {items[place + 1]} 0 R" if place + 1 < len(items) else ""
            title = text_string(self._said(start, min(start + step, self.pages) - 1))
            target = f"/Dest[{self._numbers[start]} 0 R/FitH {self._sheet.height:.0f}]"
            yield self._document.put(item, f"<</Title{title}/Parent {self._outline} 0 R{around}{target}>>")

    @property
    def outline(self) -> int:
        """The object with all bookmarks."""
        return self._outline

    def _said(self, first: int, last: int) -> str:
        begins = self._last_rows[first - 1] + 1 if first else 1
        return f"Rows {begins:,} to {self._last_rows[last]:,}"
