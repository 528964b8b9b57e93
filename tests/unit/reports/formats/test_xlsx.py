"""What is particular to XLSX."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from chalicelib.reports.formats.xlsx import XlsxEncoder
from chalicelib.reports.formats.xlsx import archive as archives
from chalicelib.reports.formats.xlsx.cells import column_letters
from tests.unit.reports.formats.reading import calamine_sheets
from tests.unit.reports.formats.samples import ORDINARY, TABLE
from tests.unit.reports.formats.writing import written

if TYPE_CHECKING:
    from openpyxl import Workbook

    from chalicelib.reports.table import Row


def book(rows: list[Row], total: Row | None = None) -> Workbook:
    return load_workbook(BytesIO(written("xlsx", rows, total=total)))


def test_the_archive_is_sound() -> None:
    with ZipFile(BytesIO(written("xlsx", ORDINARY))) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[-1] == "[Content_Types].xml"


def test_the_header_is_bold_and_stays_in_view_with_a_filter_over_the_rows() -> None:
    sheet = book(ORDINARY, ("Total", 1, None)).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:C6"
    assert [cell.font.b for cell in sheet[1]] == [True] * 3
    assert [cell.font.b for cell in sheet[2]] == [False] * 3
    assert sheet["A7"].font.b


def test_columns_are_as_wide_as_they_ask() -> None:
    assert book([]).worksheets[0].column_dimensions["A"].width > 24


def test_dates_have_a_date_format_and_a_formula_is_marked_as_text() -> None:
    sheet = book([("=1+1", 1, "2026-11-05"), ("plain", 1, "2026-11-05")]).worksheets[0]
    assert sheet["C2"].is_date
    assert (sheet["A2"].data_type, sheet["A2"].quotePrefix, sheet["A3"].quotePrefix) == ("s", True, False)


def test_the_document_knows_title_partner_and_time() -> None:
    properties = book([]).properties
    assert properties.title == "Managed Account Details"
    assert properties.creator == "Bäckerei & <Söhne>"
    assert f"{properties.created}" == "2026-11-05 06:30:00"


def test_a_full_sheet_goes_on_in_the_next_with_its_own_header_and_filter() -> None:
    file = written(XlsxEncoder(TABLE, rows_a_sheet=2), ORDINARY, batch=3, total=("Total", 9, None))
    sheets = calamine_sheets(file)
    titles = tuple(column.title for column in TABLE.columns)
    assert list(sheets) == [
        "Managed Account Details",
        "Managed Account Details (2)",
        "Managed Account Details (3)",
        "About",
    ]
    assert [len(rows) for rows in list(sheets.values())[:3]] == [3, 2, 3]
    assert {rows[0] for rows in list(sheets.values())[:3]} == {titles}
    assert [sheet.auto_filter.ref for sheet in load_workbook(BytesIO(file)).worksheets[:3]] == [
        "A1:C3",
        "A1:C3",
        "A1:C2",
    ]


def test_the_total_of_a_full_sheet_goes_on_the_next() -> None:
    sheets = calamine_sheets(written(XlsxEncoder(TABLE, rows_a_sheet=5), ORDINARY, total=("Total", 9, None)))
    assert sheets["Managed Account Details (2)"][1] == ("Total", 9, None)


def test_a_file_that_no_spreadsheet_could_open_is_refused_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_LIMIT", 100_000)
    with pytest.raises(archives.TooLargeError, match="choose CSV"):
        written("xlsx", ORDINARY * 1_000)


def test_a_sheet_is_ended_before_its_entry_outgrows_the_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chalicelib.reports.formats.xlsx._XML_A_SHEET", 10_000)
    sheets = calamine_sheets(written("xlsx", ORDINARY * 100, batch=100))
    assert len(sheets) > 2
    assert sum(len(rows) - 1 for name, rows in sheets.items() if name != "About") == 500


def test_rows_leave_as_they_come() -> None:
    encoding = XlsxEncoder(TABLE)
    before = sum(map(len, encoding.start()))
    during = sum(len(part) for _ in range(50) for part in encoding.rows(ORDINARY * 400))
    after = sum(map(len, encoding.finish()))
    assert during > before + after


@pytest.mark.parametrize(
    ("position", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")]
)
def test_columns_are_named_as_spreadsheets_name_them(position: int, letters: str) -> None:
    assert column_letters(position) == letters
