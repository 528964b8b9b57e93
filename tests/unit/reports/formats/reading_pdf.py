"""Reading PDFs back with PDFium, which nobody here wrote."""

from __future__ import annotations

import re
import unicodedata
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pypdfium2

from chalicelib.reports.formats.pdf import PdfEncoder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.reports.table import Table

FOOT = 40
"""Below this height is the foot of a page."""


@contextmanager
def opened(file: bytes) -> Iterator[Any]:
    """The document."""
    document = pypdfium2.PdfDocument(file)
    try:
        yield document
    finally:
        document.close()


def pages(file: bytes) -> list[str]:
    """All text, page by page."""
    with opened(file) as document:
        return [_text(page, 0, 0, *page.get_size()) for page in document]


def columns(file: bytes, table: Table) -> list[list[str]]:
    """What stands under each title, as lines, all pages together, without the number of rows below the last."""
    places = PdfEncoder(table)._layout.places
    found: list[list[str]] = [[] for _ in places]
    last = table.columns[-1].title.split()[-1]
    with opened(file) as document:
        for page in document:
            top = _bottom_of(page, last)
            for place, lines in zip(places, found, strict=True):
                text = _text(page, place.left - 1, FOOT, place.left + place.width + 1, top)
                lines += [line.strip() for line in text.splitlines() if line.strip()]
    if found[0] and re.fullmatch(r"[0-9,]+ rows?", found[0][-1]):
        del found[0][-1]
    return found


def squeezed(text: str) -> str:
    """Without what no reader of pages can know: spaces, line ends, invisible signs, whether letters were composed."""
    composed = unicodedata.normalize("NFC", re.sub(r"\s", "", text))
    return "".join(char for char in composed if unicodedata.category(char) not in {"Cf", "Cc", "Cs"})


def _text(page: Any, left: float, bottom: float, right: float, top: float) -> str:
    text = page.get_textpage()
    try:
        return str(text.get_text_bounded(left, bottom, right, top))
    finally:
        text.close()


def _bottom_of(page: Any, word: str) -> float:
    """The lower edge of the word's first appearance, which is in the header row."""
    text = page.get_textpage()
    try:
        searcher = text.search(word, match_case=True)
        index, _ = searcher.get_next()
        searcher.close()
        return float(text.get_charbox(index, loose=True)[1])
    finally:
        text.close()
