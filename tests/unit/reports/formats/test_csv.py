"""CSV as the standard library and the import read it."""

from __future__ import annotations

import csv
from codecs import BOM_UTF8
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.kernel.formula_guard import guard, is_formula, unguard
from tests.unit.reports.formats.reading import csv_rows
from tests.unit.reports.formats.samples import (
    FORMULAS,
    FUZZ,
    HOSTILE_TEXTS,
    NO_DATES,
    NUMBERS,
    ORDINARY,
    TABLE,
    TOO_LARGE,
)
from tests.unit.reports.formats.writing import written

TITLES = [column.title for column in TABLE.columns]


def cells(*values: str | int | None) -> list[str]:
    return ["" if value is None else str(value) for value in values]


def test_the_first_line_is_the_header_behind_a_byte_order_mark() -> None:
    assert written("csv", []) == BOM_UTF8 + b"Organization,List size,Created\r\n"


def test_ordinary_rows_come_back() -> None:
    assert csv_rows(written("csv", ORDINARY)) == [TITLES, *(cells(*row) for row in ORDINARY)]


@pytest.mark.parametrize("batch", [1, 1_000])
def test_hostile_rows_come_back_behind_their_apostrophes(batch: int) -> None:
    found = csv_rows(written("csv", FUZZ, batch=batch))
    dates_aside = [row for row in FUZZ if row[2] not in NO_DATES]
    assert found[1 : len(dates_aside) + 1] == [cells(row[0] and guard(str(row[0])), *row[1:]) for row in dates_aside]


def test_an_import_of_the_file_has_the_very_texts() -> None:
    found = csv_rows(written("csv", [(text, None, None) for text in HOSTILE_TEXTS]))
    assert [unguard(row[0]) for row in found[1:]] == list(HOSTILE_TEXTS)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_any_text_survives_export_and_import(texts: list[str]) -> None:
    found = csv_rows(written("csv", [(text, None, None) for text in texts]))
    assert [unguard(row[0]) for row in found[1:]] == texts


@pytest.mark.parametrize("text", FORMULAS)
def test_no_formula_stands_in_the_file(text: str) -> None:
    cell = csv_rows(written("csv", [(text, None, None)]))[1][0]
    assert cell.startswith("'")
    assert not is_formula(cell)
    assert unguard(cell) == text


def test_numbers_are_never_touched() -> None:
    found = csv_rows(written("csv", [(None, number, None) for number in NUMBERS + TOO_LARGE]))
    assert [int(row[1]) for row in found[1:]] == [*NUMBERS, *TOO_LARGE]


def test_what_is_no_date_in_a_date_column_is_guarded_as_text() -> None:
    found = csv_rows(written("csv", [(None, None, "=TODAY()"), (None, None, "2026-11-05")]))
    assert [row[2] for row in found[1:]] == ["'=TODAY()", "2026-11-05"]


def test_the_total_row_is_the_last_line_and_notes_are_none() -> None:
    assert csv_rows(written("csv", ORDINARY, total=("Total", 30, None), notes=("A note.",)))[-1] == ["Total", "30", ""]


def test_half_a_surrogate_pair_becomes_a_question_mark() -> None:
    assert csv_rows(written("csv", [("a\ud800b", None, None)]))[1][0] == "a?b"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    "text",
    ["Acme;=1+1;", "Acme\t=1+1", 'He said "no";@SUM(1)', "a,b;-1", 'a;"=1+1;', 'a;""=1"";', "x;\u00a0+1", *FORMULAS],
)
def test_no_reader_of_another_separator_finds_a_formula(separator: str, text: str) -> None:
    file = written("csv", [("Ordinary", 1, None), (text, 2, None)]).decode("utf-8-sig").replace('\n"', '\n1,"')
    found = [cell for row in csv.reader(StringIO(file, newline=""), delimiter=separator) for cell in row]
    assert [cell for cell in found if is_formula(cell)] == []


@pytest.mark.parametrize("text", ["Acme; Söhne", "Acme\tSöhne", "Acme, Söhne"])
def test_a_cell_with_any_separator_stands_in_quotes(text: str) -> None:
    assert f'"{text}"'.encode() in written("csv", [(text, None, None)])
