"""Reading files back with readers that nobody here wrote; an empty cell is None, a date is a date."""

from __future__ import annotations

import csv
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    import xlrd.sheet
    from python_calamine import CalamineWorkbook

Grid = list[tuple[Any, ...]]
XLSX_SIGNATURE = b"PK"


def csv_rows(file: bytes) -> list[list[str]]:
    """By the standard library."""
    return list(csv.reader(StringIO(file.decode("utf-8-sig"), newline=""), strict=True))


def html_rows(file: bytes) -> list[list[str]]:
    """By html5lib, as browsers parse."""
    return [["".join(cell.itertext()) for cell in row] for row in html_page(file).iter("tr")]


def html_page(file: bytes) -> Any:
    """The page as elements without namespaces."""
    import html5lib

    return html5lib.HTMLParser(namespaceHTMLElements=False).parse(file, transport_encoding="utf-8")


def openpyxl_sheets(file: bytes) -> dict[str, Grid]:
    """By openpyxl, which leaves the escapes of inline strings to its caller."""
    from openpyxl import load_workbook
    from openpyxl.utils.escape import unescape

    def value(cell: Any) -> Any:
        assert cell.data_type != "f"
        if isinstance(cell.value, str):
            return unescape(cell.value)
        return _as_date(cell.value)

    return {
        sheet.title: [tuple(map(value, row)) for row in sheet.iter_rows()] for sheet in load_workbook(BytesIO(file))
    }


def calamine_sheets(file: bytes) -> dict[str, Grid]:
    """By calamine, in Rust: XLS and XLSX."""
    from python_calamine import CalamineWorkbook

    book: CalamineWorkbook = CalamineWorkbook.from_filelike(BytesIO(file))
    return {name: _grid(book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names}


def xlrd_sheets(file: bytes) -> dict[str, Grid]:
    """By xlrd, the reader of Excel 97 workbooks."""
    import xlrd

    with xlrd.open_workbook(file_contents=file) as book:
        return {sheet.name: _grid(map(_xlrd_row, sheet.get_rows())) for sheet in book.sheets()}


def _xlrd_row(cells: list[xlrd.sheet.Cell]) -> list[Any]:
    from xlrd import XL_CELL_DATE, xldate_as_datetime

    return [xldate_as_datetime(cell.value, 0) if cell.ctype == XL_CELL_DATE else cell.value for cell in cells]


def _grid(rows: Iterable[Iterable[Any]]) -> Grid:
    return [tuple(None if value == "" else _as_date(value) for value in row) for row in rows]


def _as_date(value: Any) -> date | float | str | None:
    return value.date() if isinstance(value, datetime) else value
