"""The XML around a sheet's rows: what opens it, what closes it, and the small sheet about the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.reports.formats.xlsx import parts
from chalicelib.reports.formats.xlsx.cells import Cells, column_letters
from chalicelib.reports.table import ColumnType

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chalicelib.domain.kernel.paper import Paper
    from chalicelib.reports.table import Column

_OPENING = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{parts.MAIN}">'
_FILTER_BUTTON = 3
"""The characters it covers."""


def opening(columns: Sequence[Column], *, first: bool) -> str:
    """Up to the first row: a header that stays in view, columns as wide as what is in them."""
    selected = ' tabSelected="1"' if first else ""
    widths = [max(column.width, len(column.title)) + _FILTER_BUTTON for column in columns]
    cells = Cells()
    titles = [cells.text(f"{column_letters(n)}1", column.title, _header(column)) for n, column in enumerate(columns)]
    return (
        f'{_OPENING}<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView{selected} workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>'
        f'{_widths(widths)}<sheetData><row r="1">{b"".join(titles).decode()}</row>'
    )


def _header(column: Column) -> int:
    return parts.NUMBER_HEADER if column.type is ColumnType.INTEGER else parts.HEADER


def closing(area: str, paper: Paper) -> str:
    """After the last row: the filter over the header and the rows, and paper held across."""
    return f'</sheetData><autoFilter ref="{area}"/>{_page(paper, "landscape")}</worksheet>'


def _page(paper: Paper, side: str) -> str:
    """Return how a sheet is printed: all columns beside each other, on as many pages as its rows need."""
    return (
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        f'<pageSetup paperSize="{paper.spreadsheet_code}" orientation="{side}" fitToHeight="0"/>'
    )


def about(facts: Iterable[tuple[str, str]], paper: Paper) -> str:
    """Return the sheet that says what the report is."""
    cells = Cells()
    lines = [
        cells.text(f"A{n}", name, parts.HEADER) + cells.text(f"B{n}", value, parts.WRAPPED)
        for n, (name, value) in enumerate(facts, 1)
    ]
    rows = "".join(f'<row r="{n}">{line.decode()}</row>' for n, line in enumerate(lines, 1))
    return (
        f'{_OPENING}<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>{_widths([24, 80])}<sheetData>{rows}</sheetData>'
        f"{_page(paper, 'portrait')}</worksheet>"
    )


def _widths(widths: Sequence[int]) -> str:
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{min(w, 255)}" customWidth="1"/>' for n, w in enumerate(widths, 1)
    )
    return f"<cols>{columns}</cols>"
