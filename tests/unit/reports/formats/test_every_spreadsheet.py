"""XLS and XLSX, cell for cell equal to what was written, as read by others."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from struct import unpack_from
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.kernel.paper import A4, LETTER, Paper
from chalicelib.reports.table import Bar, Chart, Front
from tests.unit.reports.formats.reading import calamine_sheets, openpyxl_sheets, xlrd_sheets
from tests.unit.reports.formats.samples import EMPTY, FUZZ, HEADING, LONG, ORDINARY, TABLE, UNREAD
from tests.unit.reports.formats.writing import written

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalicelib.reports.table import Row
    from tests.unit.reports.formats.reading import Grid

    Read = Callable[[bytes], dict[str, Grid]]

PAGE_SETUP = 0x00A1
READERS = [
    pytest.param("xlsx", openpyxl_sheets, id="xlsx by openpyxl"),
    pytest.param("xlsx", calamine_sheets, id="xlsx by calamine"),
    pytest.param("xls", xlrd_sheets, id="xls by xlrd"),
    pytest.param("xls", calamine_sheets, id="xls by calamine"),
]
TITLES = tuple(column.title for column in TABLE.columns)
every_reader = pytest.mark.parametrize(("format_", "read"), READERS)


def shown(row: Row) -> tuple[Any, ...]:
    """What a spreadsheet must hold for a row."""
    text, number, day = row
    return text or None, shown_number(number), shown_day(day)


def shown_number(number: Any) -> Any:
    return str(number) if number is not None and abs(number) >= 10**15 else number


def shown_day(day: Any) -> Any:
    """A date from the first day on which spreadsheets agree; before it, and where there is no such day, text."""
    if not day or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", day) or day < "1900-03-01":
        return day or None
    try:
        return date.fromisoformat(day)
    except ValueError:
        return day


def rows_of(sheets: dict[str, Grid]) -> Grid:
    """The first sheet's rows below the header."""
    header, *rows = next(iter(sheets.values()))
    assert header == TITLES
    return rows


@every_reader
def test_ordinary_rows_come_back_typed(format_: str, read: Read) -> None:
    assert rows_of(read(written(format_, ORDINARY))) == [shown(row) for row in ORDINARY]


@every_reader
@pytest.mark.parametrize("batch", [1, 1_000])
def test_hostile_rows_come_back_as_they_went_in(format_: str, read: Read, batch: int) -> None:
    last: Row = ("end", 1, "2026-11-05")
    found = rows_of(read(written(format_, [*FUZZ, last], batch=batch)))
    for came, row in zip(found, [*FUZZ, last], strict=True):
        assert came == shown(row)


@every_reader
def test_headers_are_there_with_zero_rows(format_: str, read: Read) -> None:
    sheets = read(written(format_, []))
    assert rows_of(sheets) == []
    assert list(sheets) == ["Managed Account Details", "About"]


@every_reader
def test_the_total_row_comes_last(format_: str, read: Read) -> None:
    assert rows_of(read(written(format_, ORDINARY[:2], total=("Total", 30, None))))[-1] == ("Total", 30, None)


@every_reader
def test_the_last_sheet_says_what_the_report_is(format_: str, read: Read) -> None:
    about: dict[str, str] = dict(read(written(format_, ORDINARY, notes=("Read three times.",)))["About"][:-1])
    assert about == {
        "Report": "Managed Account Details",
        "Partner": "Bäckerei & <Söhne>",
        "As of": "5 November 2026, 06:30 UTC",
        "Status": "O (open)",
        "Rows": "5",
        "Note": "Accounts moved while this was read.",
    }


@every_reader
def test_a_text_too_long_for_a_cell_is_cut_and_the_last_sheet_says_so(format_: str, read: Read) -> None:
    sheets = read(written(format_, [(LONG[0] + "!", None, None), ("😀" * 16_384, None, None)]))
    cells = [row[0] for row in rows_of(sheets)]
    assert cells == ["x" * 32_766 + "…", "😀" * 16_383 + "…"]
    assert sheets["About"][-1] == ("Note", "2 texts longer than 32,767 characters are cut; they end in …")


@pytest.mark.parametrize(("format_", "read"), [READERS[0], READERS[2]])
def test_signs_that_only_one_reader_gives_back_stand_too(format_: str, read: Read) -> None:
    assert [row[0] for row in rows_of(read(written(format_, [(text, None, None) for text in UNREAD])))] == list(UNREAD)


@every_reader
def test_half_a_surrogate_pair_becomes_a_question_mark(format_: str, read: Read) -> None:
    assert rows_of(read(written(format_, [("a\ud800b", None, None)])))[0][0] == "a?b"


signs = st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff\ufffe\uffff")
texts = st.one_of(st.none(), st.text(signs, max_size=60), st.text("_x0041F\x01\n &<", max_size=20))
numbers = st.one_of(st.none(), st.integers(-(2**70), 2**70))
days = st.one_of(st.none(), st.dates().map(date.isoformat), st.sampled_from(["1900-02-29", "x"]))


@every_reader
@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(texts, numbers, days), max_size=8), batch=st.integers(1, 8))
def test_any_rows_come_back(format_: str, read: Read, rows: list[Row], batch: int) -> None:
    last: Row = ("end", 1, "2026-11-05")
    found = rows_of(read(written(format_, [*rows, last], batch=batch)))
    assert found == [shown(row) for row in [*rows, last]]


@every_reader
def test_columns_that_are_empty_to_the_end_stay_empty(format_: str, read: Read) -> None:
    found = rows_of(read(written(format_, [("a", None, None), EMPTY, ("b", None, None)])))
    assert found == [("a", None, None), EMPTY, ("b", None, None)]


def xlsx_sheets(file: bytes) -> Any:
    from openpyxl import load_workbook

    return load_workbook(BytesIO(file)).worksheets


@pytest.mark.parametrize(("paper", "code"), [(LETTER, 1), (A4, 9)])
def test_d43_every_sheet_is_printed_one_page_wide_on_the_partners_paper(paper: Paper, code: int) -> None:
    table = replace(TABLE, heading=replace(HEADING, paper=paper))
    for sheet in xlsx_sheets(written("xlsx", ORDINARY, table=table)):
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (code, 0)
    records = xls_records(written("xls", [], table=table))
    setups = [unpack_from("<HHhHH", body) for kind, body in records if kind == PAGE_SETUP]
    assert [(size, wide, tall) for size, _, _, wide, tall in setups] == [(code, 1, 0)] * 2


def xls_records(file: bytes) -> list[tuple[int, bytes]]:
    """All records of a workbook, by xlrd's reader of compound files."""
    from xlrd.compdoc import CompDoc

    book, start, size = CompDoc(file).locate_named_stream("Workbook")
    found, at = [], start
    while at < start + size:
        kind, length = unpack_from("<HH", book, at)
        found.append((kind, bytes(book[at + 4 : at + 4 + length])))
        at += 4 + length
    return found


def test_d43_the_title_of_a_number_stands_at_the_right_like_the_numbers() -> None:
    header = xlsx_sheets(written("xlsx", ORDINARY))[0][1]
    assert [cell.alignment.horizontal for cell in header] == [None, "right", None]
    book = xlrd_book(written("xls", ORDINARY))
    looks = [book.xf_list[cell.xf_index] for cell in book.sheet_by_index(0).row(0)]
    assert [look.alignment.hor_align for look in looks] == [0, 3, 0]
    assert {book.font_list[look.font_index].weight for look in looks} == {700}


def test_numbers_have_separators_of_thousands_and_stay_numbers() -> None:
    total = ("Total", 9_876_543, None)
    rows = xlsx_sheets(written("xlsx", [("a", 1_234_567, "2026-11-05")], total=total))[0]
    assert [(row[1].value, row[1].number_format) for row in list(rows)[1:]] == [
        (1_234_567, "#,##0"),
        (9_876_543, "#,##0"),
    ]
    book = xlrd_book(written("xls", [("a", 1_234_567, "2026-11-05")], total=total))
    cells = [book.sheet_by_index(0).cell(row, 1) for row in (1, 2)]
    assert [(cell.value, book.xf_list[cell.xf_index].format_key) for cell in cells] == [(1_234_567, 3), (9_876_543, 3)]


def xlrd_book(file: bytes) -> Any:
    import xlrd

    return xlrd.open_workbook(file_contents=file, formatting_info=True)


@every_reader
def test_d25_the_last_sheet_has_the_figures_and_the_parts_of_the_chart(format_: str, read: Read) -> None:
    front = Front((Bar("Total", 1_234),), (Chart("Reasons", (Bar("Cost", 3), Bar("Move out", 1))),))
    about: dict[str, str] = dict(read(written(format_, [], front=front))["About"])
    assert (about["Total"], about["Reasons: Cost"], about["Reasons: Move out"]) == ("1,234", "3 (75.0%)", "1 (25.0%)")
