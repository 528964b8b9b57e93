"""Where columns stand on a sheet of paper held across, and in what size: as large as fits, else narrower text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.reports.table import ColumnType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chalicelib.domain.kernel.paper import Paper
    from chalicelib.reports.formats.pdf.typesetting import Typesetter
    from chalicelib.reports.table import Column

MARGIN = 24.0
BODY_BOTTOM = 42.0
SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
SMALLEST = 6.0
LETTER = 500
"""How wide an average character of text is, in thousandths of the font size."""
ROOMY, TIGHT = 0.8, 0.45
"""Beside a column's text, on either side, in font sizes: where there is room, and where there is not."""
GROWTH = 1.6
"""How much wider than they need to be columns become to fill the page."""
NARROWEST = 0.45
SHORT = 12 * LETTER
"""How much of what it needs a text column keeps before the print gets smaller; short ones keep all of it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper of every page, held across."""

    width: float
    height: float

    @property
    def top(self) -> float:
        """Where the body begins."""
        return self.height - MARGIN

    @property
    def body_width(self) -> float:
        """From margin to margin."""
        return self.width - 2 * MARGIN


def sheet_of(paper: Paper) -> Sheet:
    """Return the sheet for this paper."""
    return Sheet(paper.height, paper.width)


@dataclass(frozen=True, slots=True)
class ColumnBox:
    """One column: where it begins, how wide its text may be, and whether it stands at the right."""

    left: float
    width: float
    right_aligned: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """Size of the print, and the places of all columns."""

    sheet: Sheet
    size: float
    places: tuple[ColumnBox, ...]
    right: float
    """Where the last column ends."""

    @property
    def leading(self) -> float:
        """From line to line."""
        return self.size * 1.25

    @property
    def padding(self) -> float:
        """Above and below a row's text."""
        return self.size * 0.3

    @property
    def most_lines(self) -> int:
        """Lines of one cell that a page holds below its header row."""
        return int((self.sheet.top - BODY_BOTTOM - 8 * self.leading) / self.leading)


def arrange(columns: Sequence[Column], sheet: Sheet, regular: Typesetter, bold: Typesetter) -> Layout:
    """Return the largest print in which all columns stand side by side unwrapped, or else the best that fits."""
    needs = [_need(column, regular, bold) for column in columns]
    for size in SIZES:
        room = sheet.body_width - 2 * ROOMY * size * len(columns)
        if sum(needs) * size / 1000 <= room:
            stretch = min(GROWTH, room * 1000 / (sum(needs) * size))
            return _placed(columns, sheet, size, [need * size / 1000 * stretch for need in needs], ROOMY)
    return _squeezed(columns, sheet, needs, bold)


def _squeezed(columns: Sequence[Column], sheet: Sheet, needs: list[float], bold: Typesetter) -> Layout:
    """Dates and numbers keep their width, text gives way and wraps; what still does not fit is set smaller."""
    least = [
        max(need * NARROWEST, min(need, SHORT), _longest_word(column.title, bold))
        if column.type is ColumnType.TEXT
        else need
        for column, need in zip(columns, needs, strict=True)
    ]
    size = min(SMALLEST, sheet.body_width / (sum(least) / 1000 + 2 * TIGHT * len(columns)))
    room = sheet.body_width - 2 * TIGHT * size * len(columns)
    spare, wish = room - sum(least) * size / 1000, sum(needs) - sum(least)
    widths = [
        low * size / 1000 + (spare * (need - low) / wish if wish else 0) for low, need in zip(least, needs, strict=True)
    ]
    return _placed(columns, sheet, size, widths, TIGHT)


def _placed(columns: Sequence[Column], sheet: Sheet, size: float, widths: list[float], gap: float) -> Layout:
    places, left = [], MARGIN
    for column, width in zip(columns, widths, strict=True):
        places.append(ColumnBox(left + gap * size, width, column.type is ColumnType.INTEGER))
        left += width + 2 * gap * size
    return Layout(sheet, size, tuple(places), left)


def _need(column: Column, regular: Typesetter, bold: Typesetter) -> float:
    digits = column.type is not ColumnType.TEXT
    content = column.width * (regular.width("0") if digits else LETTER)
    return max(content, _longest_word(column.title, bold))


def _longest_word(title: str, bold: Typesetter) -> float:
    return max(map(bold.width, title.split() or [" "]))
