"""The records around a sheet's cells, and those by which the workbook knows its sheets."""

from __future__ import annotations

from struct import pack
from typing import TYPE_CHECKING

from chalicelib.reports.formats.xls import autofilter
from chalicelib.reports.formats.xls.records import WORKSHEET, beginning, characters, end, record
from chalicelib.reports.formats.xls.styles import CellStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chalicelib.domain.kernel.paper import Paper

_FILTER_BUTTON = 3
"""The characters it covers."""
_WIDEST = 255
_GRID_AND_HEADINGS, _FROZEN, _SELECTED = 0x00B6, 0x0108, 0x0600
_FIT_TO_PAGE = 0x05C1
_LANDSCAPE, _PORTRAIT = 0x0000, 0x0002


def before_rows(widths: Sequence[int], rows: int, paper: Paper) -> bytes:
    """Up to the header row of a sheet with so many rows beside it: printed across, columns as wide as their titles."""
    content = beginning(WORKSHEET) + _page(paper, _LANDSCAPE)
    content += _columns([width + _FILTER_BUTTON for width in widths])
    return content + record(0x009D, pack("<H", len(widths))) + _dimensions(rows + 1, len(widths))


def after_rows(sheet: int, columns: int) -> bytes:
    """Behind the last row: the filter's arrows, and a header that stays in view."""
    grid = _GRID_AND_HEADINGS | _FROZEN | (_SELECTED if sheet == 1 else 0)
    pane = record(0x0041, pack("<HHHHH", 0, 1, 1, 0, 2))
    selection = record(0x001D, pack("<BHHHHHHBB", 2, 1, 0, 0, 1, 1, 1, 0, 0))
    return autofilter.drawing(sheet, columns) + _window(grid) + pane + selection + end()


def about(rows: int, cells: bytes, paper: Paper) -> bytes:
    """Return the whole sheet about the report."""
    content = beginning(WORKSHEET) + _page(paper, _PORTRAIT) + _columns([24, 80]) + _dimensions(rows, 2)
    return content + cells + _window(_GRID_AND_HEADINGS) + end()


def entry(name: str, offset: int) -> bytes:
    """Return the workbook's record of one sheet: its name and where it begins."""
    units, wide, content = characters(name)
    return record(0x0085, pack("<IHBB", offset, 0, units, wide) + content)


def areas(rows: Sequence[int], columns: int) -> bytes:
    """Return the names of each sheet's filter and of the row that every printed page begins with."""
    count = len(rows)
    references = b"".join(pack("<HHH", 0, sheet, sheet) for sheet in range(count))
    own_book = record(0x01AE, pack("<HH", count + 1, 0x0401))
    named = b"".join(
        _name(sheet, 0x0D, 0x21, (0, last, 0, columns - 1)) + _name(sheet, 0x07, 0x20, (0, 0, 0, _WIDEST))
        for sheet, last in enumerate(rows)
    )
    return own_book + record(0x0017, pack("<H", count) + references) + named


def _name(sheet: int, built_in: int, flags: int, area: tuple[int, int, int, int]) -> bytes:
    formula = pack("<BHHHHH", 0x3B, sheet, *area)
    return record(0x0018, pack("<HBBHHHIBB", flags, 0, 1, len(formula), 0, sheet + 1, 0, 0, built_in) + formula)


def _page(paper: Paper, side: int) -> bytes:
    """Return how a sheet is printed: all columns beside each other, on as many pages as its rows need."""
    setup = pack("<HHHHHHHHddH", paper.spreadsheet_code, 100, 1, 1, 0, side, 600, 600, 0.3, 0.3, 1)
    return record(0x0081, pack("<H", _FIT_TO_PAGE)) + record(0x00A1, setup)


def _columns(widths: Sequence[int]) -> bytes:
    return b"".join(
        record(0x007D, pack("<HHHHHH", n, n, min(width, _WIDEST) * 256, CellStyle.PLAIN, 0, 0))
        for n, width in enumerate(widths)
    )


def _dimensions(rows: int, columns: int) -> bytes:
    return record(0x0200, pack("<IIHHH", 0, rows, 0, columns, 0))


def _window(flags: int) -> bytes:
    return record(0x023E, pack("<HHHIHHI", flags, 0, 0, 64, 0, 0, 0))
