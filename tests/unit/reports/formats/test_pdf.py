"""PDF reports, read back cell by cell and page by page."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.domain.kernel.paper import A4, LETTER, Paper
from chalicelib.reports.columns import shown
from chalicelib.reports.formats.pdf import PdfEncoder
from chalicelib.reports.table import Bar, Chart, Column, ColumnType, Front, Table
from chalicelib.reports.types.managed_account_details import COLUMNS as DETAILS
from tests.unit.reports.formats.reading_pdf import columns, opened, pages, squeezed
from tests.unit.reports.formats.samples import (
    CONTROLS,
    DETAILS_ROW,
    EMPTY,
    FORMULAS,
    FUZZ,
    HEADING,
    NAMES,
    NUMBERS,
    ORDINARY,
    TABLE,
)
from tests.unit.reports.formats.writing import written

if TYPE_CHECKING:
    from pathlib import Path

    from chalicelib.reports.table import Row

TWO = Table(HEADING, (Column("Name", width=20), Column("Last", width=20)))
MANY: list[Row] = [(f"Client {number}", number, "2026-11-05") for number in range(2_000)]
DETAILS_TABLE = Table(HEADING, DETAILS)


def test_every_cell_stands_in_its_column_in_order() -> None:
    names, sizes, days = columns(written("pdf", MANY), TABLE)
    assert names == [name for name, _, _ in MANY]
    assert sizes == [f"{size:,}" for _, size, _ in MANY]
    assert days == [day for _, _, day in MANY]


def test_empty_cells_are_empty() -> None:
    names, sizes, days = columns(written("pdf", ORDINARY), TABLE)
    assert names == ["Client 7590-VHVEG", "Smith, Jones & Co", 'The "Best" <Bakery>', "Last"]
    assert sizes == ["30", "0", "1,890", "7"]
    assert days == ["2026-08-02", "2023-12-14", "2024-02-29", "9999-12-31"]


@pytest.mark.parametrize("batch", [1, 1_000])
def test_hostile_cells_are_found_as_what_they_are(batch: int) -> None:
    texts, numbers, days = columns(written("pdf", FUZZ, batch=batch), TABLE)
    expected = ["".join(map(shown, column)) for column in zip(*FUZZ, strict=True)]
    for found, all_text in zip((texts, numbers, days), expected, strict=True):
        assert squeezed("".join(found)).replace("\ufffd", "") == squeezed(all_text).replace("\uffff", "")


def test_names_in_scripts_from_right_to_left_are_found_in_their_own_order() -> None:
    rows: list[Row] = [("שלום עולם", 1, None), ("شركة الأمل للتسويق", 2, None), ("Café שלום", 3, None)]
    names, _, _ = columns(written("pdf", rows), TABLE)
    assert names == ["שלום עולם", "شركة الأمل للتسويق", "Café שלום"]


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(st.characters(max_codepoint=0x52F, categories=["L", "N", "P", "S", "Zs"])), max_size=20))
def test_any_latin_greek_or_cyrillic_text_is_shown_without_a_box_and_found(texts: list[str]) -> None:
    encoder = PdfEncoder(TWO)
    file = written(encoder, [(text, "x") for text in texts])
    assert encoder.missing_glyphs == 0
    assert squeezed("".join(columns(file, TWO)[0])) == squeezed("".join(texts))


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.text(), st.text()), max_size=20), st.text(), st.text())
def test_any_text_at_all_makes_a_file_that_opens(rows: list[Any], partner: str, note: str) -> None:
    table = Table(replace(HEADING, partner=partner, notes=(note,), parameters=((note, partner),)), TWO.columns)
    file = written("pdf", rows, table=table, total=(partner, note), notes=(note,))
    assert pages(file)[-1].count("Page ") >= 1


def test_headers_are_there_with_zero_rows() -> None:
    [page] = pages(written("pdf", []))
    for output in ("Organization", "List size", "Created", "0 rows", "Page 1 of 1"):
        assert output in page


def test_the_first_page_says_what_the_report_is() -> None:
    heading = replace(HEADING, parameters=(("Status", "O (open)"), ("Plan", "Lite")))
    first, *others = pages(written("pdf", MANY, table=Table(heading, TABLE.columns)))
    for output in (
        "Managed Account Details",
        "Bäckerei & <Söhne>",
        "5 November 2026, 06:30 UTC",
        "O (open)",
        "Lite",
        "Accounts moved while this was read.",
    ):
        assert output in first
    assert "Accounts moved" not in "".join(others)


def test_every_page_repeats_the_header_and_says_which_of_how_many_it_is() -> None:
    found = pages(written("pdf", MANY))
    assert len(found) > 50
    for number, page in enumerate(found, start=1):
        assert page.count("Organization") == 1
        assert f"Page {number} of {len(found)}" in " ".join(page.split())


def test_the_total_row_and_late_notes_end_the_report() -> None:
    page = pages(written("pdf", ORDINARY, total=("Total", 1927, None), notes=("Counters and rows disagreed.",)))[-1]
    assert page.index("9999-12-31") < page.index("Total") < page.index("1,927") < page.index("Counters and rows")
    assert "rows\r" not in page.partition("Counters")[0]


def test_without_a_total_row_the_number_of_rows_is_said() -> None:
    assert "2,000 rows" in pages(written("pdf", MANY))[-1]
    assert "1 row" in pages(written("pdf", MANY[:1]))[-1]


def test_title_language_and_date_are_the_documents_own() -> None:
    file = written("pdf", [])
    with opened(file) as document:
        reported = document.get_metadata_dict()
    assert reported["Title"] == "Managed Account Details · Bäckerei & <Söhne>"
    assert reported["CreationDate"] == "D:20261105063000Z"
    assert b"/ViewerPreferences<</DisplayDocTitle true>>" in file
    assert b"/Lang<FEFF0065006e>" in file


def test_past_fifty_pages_bookmarks_lead_to_rows() -> None:
    with opened(written("pdf", MANY)) as document:
        marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
        count = len(document)
    assert [index for _, index in marks] == list(range(count))
    assert marks[0][0].startswith("Rows 1 to ")
    assert marks[-1][0].endswith("to 2,000")


def test_up_to_fifty_pages_there_are_none() -> None:
    with opened(written("pdf", MANY[:1000])) as document:
        assert len(document) <= 50
        assert list(document.get_toc()) == []


def test_the_same_report_is_the_same_file_however_its_rows_come() -> None:
    rows = FUZZ[:60] + MANY
    assert written("pdf", rows, batch=7) == written("pdf", rows, batch=1_000) == written("pdf", rows, batch=1_000)


def test_all_columns_of_the_details_report_fit_and_none_is_clipped() -> None:
    file = written("pdf", [DETAILS_ROW] * 30, table=DETAILS_TABLE)
    for found, cell in zip(columns(file, DETAILS_TABLE), DETAILS_ROW, strict=True):
        assert squeezed("".join(found)) == squeezed(shown(cell)) * 30


def test_the_details_report_is_printed_no_smaller_than_six_points() -> None:
    assert PdfEncoder(DETAILS_TABLE)._layout.size == 6


def test_short_columns_of_a_wide_report_are_not_broken() -> None:
    plans = columns(written("pdf", [DETAILS_ROW], table=DETAILS_TABLE), DETAILS_TABLE)[7]
    assert plans == ["Standard"]


@pytest.mark.parametrize("count", [1, 40, 80])
def test_any_number_of_columns_stays_on_the_page(count: int) -> None:
    kinds = (ColumnType.TEXT, ColumnType.INTEGER, ColumnType.DATE)
    table = Table(HEADING, tuple(Column(f"Column{n}", kinds[n % 3], 10) for n in range(count)))
    row: Row = tuple(("text", 7, "2026-11-05")[n % 3] for n in range(count))
    with opened(written("pdf", [row] * 3, table=table)) as document:
        for page in document:
            text = page.get_textpage()
            edges = [text.get_charbox(index) for index in range(text.count_chars())]
            assert max(right for _, _, right, _ in edges) < LETTER.height
            text.close()


def test_a_cell_longer_than_a_page_goes_on_on_the_next() -> None:
    long = " ".join(str(number) for number in range(8_000))
    file = written("pdf", [("before", "x"), (long, "y"), ("after", "z")], table=TWO)
    texts, others = columns(file, TWO)
    assert squeezed("".join(texts)) == squeezed(f"before{long}after")
    assert others == ["x", "y", "z"]


def test_numbers_end_at_the_same_edge() -> None:
    with opened(written("pdf", [("a", 7, None), ("b", 12345, None), ("c", -1, None)])) as document:
        text = document[0].get_textpage()
        edges = []
        for number in ("7", "12,345", "-1"):
            searcher = text.search(number, match_whole_word=True)
            start, length = searcher.get_next()
            edges.append(text.get_charbox(start + length - 1, loose=True)[2])
            searcher.close()
        text.close()
    assert max(edges) - min(edges) < 0.3


def test_characters_that_no_font_has_are_counted_each_time_they_appear() -> None:
    encoder = PdfEncoder(TABLE)
    written(encoder, [("東京", 1, None), ("東", 2, None), ("東京", 3, None), ("fine", 4, None), ("a\0b", 5, None)])
    assert encoder.missing_glyphs == 6


@pytest.mark.parametrize("text", ["Ωμέγα", "Łódź", "Маркетинг", "שלום", "شركة", "Հայաստան", "½ ™ € → ★", *FORMULAS[:6]])
def test_what_the_fonts_have_is_not_counted(text: str) -> None:
    encoder = PdfEncoder(TABLE)
    written(encoder, [(text.replace("\t", " "), 1, None)])
    assert encoder.missing_glyphs == 0


@pytest.mark.parametrize(("text", "drawn"), [("W", True), ("Ω", True), ("東", True), ("\u200b", False)])
def test_glyphs_are_really_drawn_and_missing_ones_are_boxes(text: str, drawn: bool) -> None:
    def ink(cell: str) -> int:
        with opened(written("pdf", [(cell, None, None)])) as document:
            return sum(255 - shade for shade in bytes(document[0].render(scale=2, grayscale=True).buffer))

    assert (ink(text) > ink("") + 500) is drawn


def test_pages_come_out_while_rows_go_in() -> None:
    encoder = PdfEncoder(TABLE)
    list(encoder.start())
    assert sum(map(len, encoder.rows(MANY))) > 50_000


def test_memory_hardly_grows_with_the_rows() -> None:
    import tracemalloc

    def peak(batches: int) -> int:
        encoder = PdfEncoder(TABLE)
        list(encoder.start())
        tracemalloc.start()
        for _ in range(batches):
            for _ in encoder.rows(MANY[:500]):
                pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(1)
    assert peak(20) - peak(2) < 200_000


def test_every_row_may_be_empty() -> None:
    assert "3 rows" in pages(written("pdf", [EMPTY] * 3))[0]


@pytest.mark.parametrize(("paper", "size"), [(LETTER, (792, 612)), (A4, (841.89, 595.28))])
def test_the_pages_are_the_partners_paper_held_across(paper: Paper, size: tuple[float, float]) -> None:
    with opened(written("pdf", ORDINARY, table=replace(TABLE, heading=replace(HEADING, paper=paper)))) as document:
        assert document[0].get_size() == pytest.approx(size, abs=0.01)


def test_d25_figures_and_charts_stand_on_the_first_page_above_the_rows() -> None:
    front = Front((Bar("Tracking", 1_234),), (Chart("Reasons", (Bar("Cost too high", 3), Bar("Move out", 1))),))
    first, *others = pages(written("pdf", MANY, front=front))
    for text in ("Tracking", "1,234", "Reasons", "Cost too high", "3 (75.0%)", "1 (25.0%)"):
        assert first.index(text) < first.index("Client 0")
    assert "Cost too high" not in "".join(others)


def checked(tool: str) -> Any:
    return [
        pytest.mark.long,
        pytest.mark.skipif(shutil.which(tool) is None, reason=f"{tool} is not installed; bench/setup installs it"),
    ]


FILES = {
    "ordinary": lambda: written("pdf", ORDINARY, total=("Total", 1, None)),
    "hostile": lambda: written("pdf", FUZZ),
    "none": lambda: written("pdf", []),
    "many": lambda: written("pdf", MANY * 5),
    "wide": lambda: written("pdf", [DETAILS_ROW] * 50, table=DETAILS_TABLE),
}


@pytest.mark.parametrize("kind", [pytest.param(kind, marks=checked("qpdf")) for kind in FILES])
def test_qpdf_finds_no_fault(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(FILES[kind]())
    found = subprocess.run(["qpdf", "--check", str(file)], check=True, capture_output=True, text=True, timeout=120)
    assert "No syntax or stream encoding errors found" in found.stdout
    assert "WARNING" not in found.stdout + found.stderr


@pytest.mark.parametrize("kind", [pytest.param("hostile", marks=checked("pdftotext"))])
def test_poppler_finds_the_same_text(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(FILES[kind]())
    found = subprocess.run(["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, timeout=120)
    text = squeezed(found.stdout.decode())
    for cell in (*NAMES, *map(shown, NUMBERS)):
        assert squeezed(cell) in text
    assert found.stderr == b""


def test_control_characters_show_as_the_replacement_sign() -> None:
    names, _, _ = columns(written("pdf", [(text, None, None) for text in CONTROLS[:2]]), TABLE)
    assert names == ["a\ufffdb", "\ufffd \ufffd"]
