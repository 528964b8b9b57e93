"""What XLS and XLSX share: the limits of a cell and of a sheet, the sheets' names, and the sheet about the report."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chalicelib.reports.table import NO_FRONT

if TYPE_CHECKING:
    from chalicelib.reports.table import Front, Heading

LONGEST_TEXT = 32_767
"""UTF-16 units in a cell."""

LARGEST_NUMBER = 10**15 - 1
"""Spreadsheets keep and show fifteen digits; a longer number stands as text, so that none of it is lost."""

_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f\[\]:*?/\\\ud800-\udfff\ufffe\uffff]+")
ABOUT = "About"


def fits(text: str) -> bool:
    """Tell whether a cell can hold all of this text."""
    return len(text) <= LONGEST_TEXT // 2 or _units(text) <= LONGEST_TEXT


def cut(text: str) -> str:
    """As much of the text as a cell can hold, ending in an ellipsis that says there was more."""
    units = text.encode("utf-16-le", "replace")[: 2 * (LONGEST_TEXT - 1)]
    return units.decode("utf-16-le", "ignore") + "…"


def sheet_name(title: str, number: int) -> str:
    """Return the name of the sheet with this number, counted from 1: the report's title, then `title (2)` and so on."""
    name = _NOT_IN_NAMES.sub(" ", title).strip(" '") or "Report"
    if name.casefold() in {ABOUT.casefold(), "history"}:
        name += " report"
    ending = "" if number == 1 else f" ({number})"
    room = _LONGEST_NAME - len(ending)
    return name.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore").rstrip(" '") + ending


def about(
    heading: Heading, rows: int, cut_cells: int, notes: tuple[str, ...], front: Front = NO_FRONT
) -> list[tuple[str, str]]:
    """Return what a page has above its table, as (what, value): a sheet of its own keeps the rows machine-readable."""
    facts = [("Report", heading.title), ("Partner", heading.partner), ("As of", heading.as_of_text)]
    facts += [*heading.parameters, ("Rows", f"{rows:,}")]
    facts += [(figure.label, f"{figure.value:,}") for figure in front.figures]
    facts += [
        (f"{chart.title}: {bar.label}", f"{bar.value:,} ({chart.share(bar)})")
        for chart in front.charts
        for bar in chart.bars
    ]
    facts += [("Note", note) for note in (*heading.notes, *notes)]
    if cut_cells:
        facts.append(("Note", f"{cut_cells:,} texts longer than {LONGEST_TEXT:,} characters are cut; they end in …"))
    return facts


def _units(text: str) -> int:
    return len(text) + sum(sign > "\uffff" for sign in text)
