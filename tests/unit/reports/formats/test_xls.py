"""What is particular to XLS."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import pytest
import xlrd
from hypothesis import given, settings
from hypothesis import strategies as st
from xlrd.compdoc import CompDoc

from chalicelib.reports.formats.xls import XlsEncoder
from chalicelib.reports.formats.xls.compound import CompoundFile
from tests.unit.reports.formats.reading import calamine_sheets, xlrd_sheets
from tests.unit.reports.formats.samples import ORDINARY, TABLE
from tests.unit.reports.formats.writing import written

if TYPE_CHECKING:
    from xlrd.book import Book as Workbook

    from chalicelib.reports.table import Row

pytestmark = pytest.mark.filterwarnings("default::DeprecationWarning:xlrd")


def book(rows: list[Row], total: Row | None = None) -> Workbook:
    return xlrd.open_workbook(file_contents=written("xls", rows, total=total), formatting_info=True)


def first_column(file: bytes) -> list[str]:
    return [row[0] for row in next(iter(xlrd_sheets(file).values()))[1:]]


def record_lengths(file: bytes) -> list[int]:
    """The length of every record of the workbook, up to the zeros that fill the last sector."""
    stream = CompDoc(file).get_named_stream("Workbook")
    lengths, position = [], 0
    while any(stream[position : position + 2]):
        lengths.append(int.from_bytes(stream[position + 2 : position + 4], "little"))
        position += 4 + lengths[-1]
    return lengths


def texts(*rows: str) -> list[Row]:
    return [(text, None, None) for text in rows]


def test_it_is_an_excel_97_workbook_in_a_compound_file() -> None:
    assert written("xls", []).startswith(bytes.fromhex("d0cf11e0a1b11ae1"))
    assert book([]).biff_version == 80


def test_the_header_is_bold_and_stays_in_view() -> None:
    workbook = book(ORDINARY, ("Total", 1, None))
    sheet = workbook.sheet_by_index(0)
    bold = [workbook.font_list[workbook.xf_list[sheet.cell_xf_index(row, 0)].font_index].weight for row in (0, 1, 6)]
    assert bold == [700, 400, 700]
    assert (sheet.panes_are_frozen, sheet.horz_split_pos) == (1, 1)


def test_the_filter_covers_the_header_and_the_rows() -> None:
    named = {(name.name, name.scope): name for name in book(ORDINARY).name_obj_list}
    kind, area = named["_FilterDatabase", 0], named["_FilterDatabase", 0].result.value[0]
    assert kind.hidden
    assert area.coords == (0, 1, 0, 6, 0, 3)


def test_dates_have_a_date_format_and_columns_their_width() -> None:
    workbook = book(ORDINARY)
    sheet = workbook.sheet_by_index(0)
    assert sheet.cell_type(1, 2) == xlrd.XL_CELL_DATE
    assert sheet.colinfo_map[0].width > 24 * 256


def test_a_full_sheet_goes_on_in_the_next_with_its_own_header() -> None:
    sheets = calamine_sheets(written(XlsEncoder(TABLE, rows_a_sheet=2), ORDINARY, batch=3, total=("Total", 9, None)))
    titles = tuple(column.title for column in TABLE.columns)
    assert list(sheets) == [
        "Managed Account Details",
        "Managed Account Details (2)",
        "Managed Account Details (3)",
        "About",
    ]
    assert [len(rows) for rows in list(sheets.values())[:3]] == [3, 2, 3]
    assert {rows[0] for rows in list(sheets.values())[:3]} == {titles}


def test_a_text_is_written_once_however_often_it_stands() -> None:
    once, often = (len(written("xls", texts(*["a rather long text, well worth sharing"] * n))) for n in (1_000, 2_000))
    assert often - once < 1_000 * 20


@pytest.mark.parametrize("sign", ["x", "é", "€", "😀"])
@pytest.mark.parametrize("offset", range(8))
def test_a_text_over_several_records_is_parted_between_signs(sign: str, offset: int) -> None:
    long = [("p" * offset), sign * 9_000, "between", sign * 16_000 + "end"]
    assert first_column(written("xls", texts(*long, "last"))) == [text or None for text in [*long, "last"]]


def test_a_texts_header_stays_with_its_first_sign_wherever_a_record_ends() -> None:
    for length in range(8_130, 8_224):
        long = ["p" * length, "😀€", "xy"]
        file = written("xls", texts(*long))
        assert first_column(file) == long
        assert max(record_lengths(file)) <= 8_224


@settings(max_examples=30, deadline=None)
@given(st.lists(st.builds(lambda sign, n: sign * n, st.sampled_from("xé€😀"), st.integers(1, 9_000)), max_size=12))
def test_any_mixture_of_long_texts_comes_back(mixed: list[str]) -> None:
    assert first_column(written("xls", texts(*mixed, "last"))) == [*mixed, "last"]


def test_texts_forgotten_and_met_again_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chalicelib.reports.formats.xls.strings._REMEMBERED", 100)
    rows = [f"text {n % 900}" for n in range(5_000)]
    assert first_column(written("xls", texts(*rows))) == rows


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from((None, "", "Ada", "=1+1", "Ζωή", "x" * 40_000)),
            st.none() | st.integers(-3, 3) | st.integers(-(1 << 30), 1 << 30) | st.integers(-(10**17), 10**17),
            st.sampled_from((None, "2026-11-05", "1900-02-28", "not a day")),
        ),
        min_size=1,
    )
)
def test_any_rows_with_any_gaps_come_back(rows: list[tuple[str | None, int | None, str | None]]) -> None:
    given_rows = [*rows, ("last", 0, "2026-11-05")]
    (read,) = [sheet for name, sheet in xlrd_sheets(written("xls", given_rows, batch=7)).items() if name != "About"]
    assert [row[:2] for row in read[1:]] == [(_text(text), _number(number)) for text, number, _ in given_rows]
    assert [row[2] is None for row in read[1:]] == [day is None for _, _, day in given_rows]


def _text(text: str | None) -> str | None:
    """What is too long for a cell ends in an ellipsis."""
    return text[:32_766] + "…" if text and len(text) > 32_767 else text or None


def _number(number: int | None) -> int | str | None:
    """More digits than a spreadsheet keeps stand as text."""
    return str(number) if number is not None and abs(number) >= 10**15 else number


def test_a_file_beyond_seven_megabytes_has_its_own_index_of_sectors() -> None:
    rows = [f"{n:05d}" * 200 for n in range(20_000)]
    file = written("xls", texts(*rows))
    assert len(file) > 16_000_000
    assert first_column(file)[::4_999] == rows[::4_999]
    assert calamine_sheets(file)["Managed Account Details"][-1][0] == rows[-1]


@pytest.mark.parametrize("size", [1, 4_095, 4_096, 4_097, 7_000_000, 7_200_000, 200_000_000])
def test_the_sectors_are_counted_out(size: int) -> None:
    file = CompoundFile(size, b"properties")
    whole = len(file.start()) + size + sum(map(len, file.finish()))
    assert whole % 512 == 0


def test_what_is_put_aside_goes_to_a_file_and_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chalicelib.reports.spool._IN_MEMORY", 1_000)
    opened = []
    real = tempfile.TemporaryFile
    monkeypatch.setattr(
        tempfile, "TemporaryFile", lambda *args, **more: opened.append(real(*args, **more)) or opened[-1]
    )
    rows = [f"text {n}" for n in range(1_000)]
    assert first_column(written("xls", texts(*rows))) == rows
    assert len(opened) == 2
    assert all(file.closed for file in opened)


def test_nothing_comes_out_before_the_end() -> None:
    encoding = XlsEncoder(TABLE)
    assert [*encoding.start(), *encoding.rows(ORDINARY)] == []
