"""A file is read row by row, with the right line numbers, from wherever reading stopped, whatever is in it."""

from __future__ import annotations

import csv
import tracemalloc
from collections.abc import Iterable, Iterator
from datetime import date
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.imports.columns import PORTFOLIO_COLUMNS, ImportKind, InvalidFile, template
from chalicelib.domain.imports.dates import DateFormat
from chalicelib.domain.imports.file import MAX_ROWS, FileRow, rows_after, validate_file
from chalicelib.domain.imports.imports import Offset
from chalicelib.domain.imports.lines import LONGEST_LINE, records
from chalicelib.domain.imports.portfolio_row import PortfolioRow
from chalicelib.domain.imports.username_index import UsernameIndex
from tests.unit.domain.imports.portfolio_rows import OPEN, TODAY

HEADER = ",".join(PORTFOLIO_COLUMNS)
PORTFOLIO = ImportKind.PORTFOLIO


def line(**changed: str) -> str:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerow({**OPEN, **changed}.values())
    return text.getvalue().removesuffix("\n")


def file(*lines: str, end: str = "\r\n") -> bytes:
    return end.join([HEADER, *lines, ""]).encode()


def pieces(content: bytes, size: int) -> Iterator[bytes]:
    return (content[at : at + size] for at in range(0, len(content), size))


def rows(content: bytes, offset: Offset | None = None, size: int = 1 << 20) -> list[FileRow]:
    return list(rows_after(offset or Offset(), PORTFOLIO, pieces(content, size), TODAY))


def expected(content: bytes) -> list[tuple[int, str, str]]:
    return [(row.line, problem.column, problem.reason) for row in rows(content) for problem in row.problems]


def counted_rows(content: Iterable[bytes], kind: ImportKind = PORTFOLIO) -> int:
    return validate_file(kind, content)[0]


def refused(content: bytes, kind: ImportKind = PORTFOLIO) -> str:
    with pytest.raises(InvalidFile) as refusal:
        validate_file(kind, [content])
    return str(refusal.value)


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("size", [1, 7, 1 << 20])
def test_lines_may_end_as_they_like_and_a_byte_order_mark_is_passed_over(end: str, mark: bytes, size: int) -> None:
    content = mark + file(line(), line(username="second-one", organization="Zoë, “Ünïcode” & Söhne 株"), end=end)
    assert counted_rows(pieces(content, size)) == 2
    first, second = rows(content, size=size)
    assert (first.line, second.line, second.username) == (2, 3, "second-one")
    assert second.read is not None
    assert second.read.profile.organization == "Zoë, “Ünïcode” & Söhne 株"
    assert second.ends.byte == len(content)


def test_the_columns_may_come_in_any_order() -> None:
    reordered = list(reversed(PORTFOLIO_COLUMNS))
    content = f"{','.join(reordered)}\n{','.join(OPEN[name] for name in reordered)}\n".encode()
    (row,) = rows(content)
    assert row.read is not None
    assert row.username == "acme-bakery"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"\n\n\n", "The file is empty"),
        (b"\xef\xbb\xbf", "The file is empty"),
        (HEADER.replace("status,", "").replace("partner_account_id,", "").encode(), "Columns missing: status."),
        (HEADER.replace("status,", "").replace("plan,", "").encode(), "Columns missing: plan, status."),
        (f"{HEADER},colour".encode(), "Unknown columns: 'colour'."),
        (f"{HEADER},,colour".encode(), "Unknown columns: 'colour'. Columns without a heading: 22."),
        (f"{HEADER},plan".encode(), "Columns named twice: 'plan'."),
        (HEADER.replace(",", "|").encode(), "Columns missing: username"),
        (f"sep=|\n{HEADER}".encode(), "Line 1 names the delimiter '|'. Use a comma, a semicolon or a tab."),
        (HEADER.encode("utf-16"), "UTF-16"),
        (f"{HEADER}\r\n".encode() + line(organization="Café").encode("latin-1"), "Line 2 is not UTF-8: byte 0xE9"),
        (file(line(), line()) + b"\xff", "Line 4 is not UTF-8: byte 0xFF at position 1"),
        (file(line(organization="x" * LONGEST_LINE)), "Line 2 has more than 65536 bytes"),
        (b"\x00" * 200_000, "Line 1 has more than 65536 bytes"),
        (b'"username,organization', "A quote is opened here and never closed"),
        (b"\x89PNG\r\n\x1a\n", "Line 1 is not UTF-8"),
    ],
)
def test_a_file_that_is_useless_as_a_whole_is_refused_before_a_row_is_read(content: bytes, words: str) -> None:
    assert words in refused(content)


def test_a_header_alone_is_a_file_without_rows() -> None:
    assert counted_rows([HEADER.encode()]) == 0
    assert rows(HEADER.encode()) == []


@pytest.mark.parametrize("kind", list(ImportKind))
def test_the_template_is_a_file_of_two_examples(kind: ImportKind) -> None:
    assert counted_rows([template(kind)], kind) == 2


def test_a_file_of_managed_accounts_has_no_columns_of_history() -> None:
    assert "Unknown columns: 'account_type'" in refused(HEADER.encode(), ImportKind.MANAGED_ACCOUNTS)


def test_more_rows_than_a_million_are_refused_by_line() -> None:
    content = HEADER.encode() + b"\n" + b"x\n" * (MAX_ROWS + 1)
    assert "line 1000002 is one too many" in refused(content)
    assert counted_rows([HEADER.encode() + b"\n" + b"x\n" * MAX_ROWS]) == MAX_ROWS


def test_ragged_rows_are_told_with_their_number_of_cells() -> None:
    assert expected(file("a,b", line() + ",more", line(username="third-row"))) == [
        (2, "", "This row has 2 cells, the header has 21."),
        (3, "", "This row has 22 cells, the header has 21."),
    ]


def test_quoted_cells_may_hold_commas_and_quotes() -> None:
    (row,) = rows(file(line(organization='Acme, "The" Bakery, 5" pies')))
    assert row.read is not None
    assert row.read.profile.organization == 'Acme, "The" Bakery, 5" pies'


def test_a_quote_inside_an_unquoted_cell_is_just_a_quote() -> None:
    (row,) = rows(file(line(organization="Five inch").replace("Five inch", '5" pies')))
    assert row.read is not None
    assert row.read.profile.organization == '5" pies'


def test_a_cell_over_several_lines_is_one_row_and_the_next_line_has_its_own_number() -> None:
    content = file(line(organization="Acme\nBakery\r\nLtd"), "a,b")
    assert [(at, column) for at, column, _ in expected(content)] == [(2, "organization"), (5, "")]


def test_an_open_quote_costs_its_own_row_and_no_other() -> None:
    content = file('acme-bakery,"Acme', *(line(username=f"row-number-{n}") for n in range(50)))
    found = rows(content)
    assert [row.line for row in found] == list(range(2, 53))
    assert [(row.line, row.problems[0].reason) for row in found if row.problems] == [
        (2, "A quote is opened here and never closed.")
    ]


def test_an_open_quote_at_the_end_of_the_file_is_told() -> None:
    assert expected(file(line()) + b'second-one,"Acme\r\n') == [(3, "", "A quote is opened here and never closed.")]


def test_text_after_a_closing_quote_is_told() -> None:
    ((at, column, reason),) = expected(file('acme-bakery,"Acme" Bakery' + "," * 19))
    assert (at, column) == (2, "")
    assert "written twice" in reason


def test_a_nul_is_told_where_it_stands() -> None:
    ((at, column, reason),) = expected(file(line(organization="Acme\x00")))
    assert (at, column) == (2, "organization")
    assert "control character" in reason


def test_lines_without_content_are_no_rows_but_count_as_lines() -> None:
    content = file("", line(), ",,,", ' , ,""', "a,b", "")
    assert [row.line for row in rows(content)] == [3, 6]
    assert counted_rows([content]) == 2


def test_a_username_that_comes_again_is_rejected_by_the_line_that_has_it() -> None:
    content = file(
        line(), line(username="ACME-bakery"), line(plan="gold", username="other-one"), line(username="other-one")
    )
    assert expected(content) == [
        (3, "username", "This username is on line 2 already."),
        (4, "plan", "“gold” is not one of trial, lite, standard, premium."),
        (5, "username", "This username is on line 4 already."),
    ]


def test_usernames_that_are_none_are_not_told_apart() -> None:
    assert [(at, column) for at, column, _ in expected(file(line(username=""), line(username="")))] == [
        (2, "username"), (3, "username"),
    ]  # fmt: skip


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_reading_goes_on_from_every_row_as_if_it_had_never_stopped(end: str) -> None:
    content = file(
        line(), "a,b", line(organization='two\nlines, "quoted"', username="second-one"), '"open', "",
        line(username="acme-BAKERY"), line(username="last-one-here"), end=end,
    )  # fmt: skip
    whole = rows(content)
    assert whole[0].line == 2
    for done, row in enumerate(whole, start=1):
        assert rows(content, row.ends, size=13) == whole[done:]


def test_first_lines_remember_every_username() -> None:
    seen = UsernameIndex()
    names = [f"client-{number}" for number in range(5_000)]
    assert [seen.first(name, at) for at, name in enumerate(names, start=2)] == list(range(2, 5_002))
    assert [seen.first(name.upper(), 9_999) for name in names] == list(range(2, 5_002))


@pytest.mark.long
def test_first_lines_of_a_million_usernames_take_27_megabytes() -> None:
    tracemalloc.start()
    try:
        seen = UsernameIndex()
        for at in range(1, 1_000_001):
            seen.first(f"client-{at}", at)
        assert tracemalloc.get_traced_memory()[0] < 27_500_000
    finally:
        tracemalloc.stop()


@given(st.lists(st.text(alphabet=st.sampled_from('ab,"\r\n\x00é='), max_size=30), max_size=12), st.integers(1, 9))
def test_bytes_in_any_pieces_give_the_same_records(lines: list[str], size: int) -> None:
    content = "\n".join(lines).encode()
    whole = list(records([content]))
    assert list(records(pieces(content, size))) == whole
    for done, record in enumerate(whole, start=1):
        assert list(records(pieces(content[record.end :], size), record.end, record.next_line)) == whole[done:]


@given(
    st.lists(st.lists(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=8), min_size=2, max_size=5))
)
def test_what_the_standard_writer_writes_is_read_as_it_was(table: list[list[str]]) -> None:
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(table)
    table = [row for row in table if any(map(str.strip, row))]
    content = b"\xef\xbb\xbf" + text.getvalue().encode()
    assert [record.cells for record in records([content])] == table


@given(st.binary(max_size=400))
def test_any_bytes_below_a_header_are_rows_or_refused(content: bytes) -> None:
    whole = f"{HEADER}\n".encode() + content
    try:
        counted = counted_rows([whole])
    except InvalidFile:
        return
    found = rows(whole)
    assert len(found) == counted
    assert all((row.read is None) is bool(row.problems) for row in found)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("expected", ["", "sep={}", '"sep={}"', "SEP={}"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("size", [1, 1 << 20])
def test_the_delimiter_is_detected_or_told_by_the_first_line(
    delimiter: str, expected: str, mark: bytes, size: int
) -> None:
    text = StringIO(newline="")
    table = [list(PORTFOLIO_COLUMNS), list({**OPEN, "organization": "Söhne, a; b"}.values())]
    csv.writer(text, delimiter=delimiter).writerows(table)
    before = f"{expected.format(delimiter)}\r\n" if expected else ""
    content = mark + f"{before}{text.getvalue()}".encode()
    number, understood = validate_file(PORTFOLIO, pieces(content, size))
    assert (number, understood.delimiter) == (1, {",": "comma", ";": "semicolon", "\t": "tab"}[delimiter])
    assert understood.encoding == ("UTF-8 with a byte order mark" if mark else "UTF-8")
    assert understood.columns == PORTFOLIO_COLUMNS
    (row,) = rows(content, size=size)
    assert row.read is not None
    assert (row.read.profile.organization, row.line) == ("Söhne, a; b", 3 if expected else 2)
    assert row.ends.byte == len(content)


@pytest.mark.parametrize(
    "headings",
    [
        ",".join(name.upper() for name in PORTFOLIO_COLUMNS),
        ",".join(name.replace("_", " ").title() for name in PORTFOLIO_COLUMNS),
        ",".join(f" {name.replace('_', '')} " for name in PORTFOLIO_COLUMNS),
        ",".join(f'"{name.replace("_", "-")}"' for name in PORTFOLIO_COLUMNS) + ",,,",
        f",,,,\n\n;;\n{HEADER}",
    ],
)
def test_headings_match_without_case_and_spaces_and_empty_columns_are_passed_over(headings: str) -> None:
    content = f"{headings}\n{line()}\n{line(username='second-one')},,,\n,,,,,,,\n".encode()
    assert validate_file(PORTFOLIO, [content])[1].columns == PORTFOLIO_COLUMNS
    assert [(row.username, row.problems) for row in rows(content)] == [("acme-bakery", []), ("second-one", [])]


def test_a_row_that_a_spreadsheet_left_short_has_empty_cells_at_its_end() -> None:
    (row,) = rows(file(line().rstrip(",")))
    assert not row.problems
    assert row.read is not None


def test_a_row_that_ends_before_a_column_that_must_be_filled_is_told() -> None:
    assert expected(file("acme-bakery,Acme")) == [(2, "", "This row has 2 cells, the header has 21.")]


@pytest.mark.parametrize(
    ("date_format", "written"),
    [(DateFormat.YEAR_FIRST, "2026/3/1"), (DateFormat.MONTH_FIRST, "3/1/2026"), (DateFormat.DAY_FIRST, "01.03.2026")],
)
def test_dates_are_read_in_the_format_that_was_chosen_and_in_no_other(date_format: DateFormat, written: str) -> None:
    dates = dict.fromkeys(("created_on", "trial_ends_on", "initial_upgrade_on"), written)
    content = file(line(**dates, last_login_on="", last_campaign_on=""))
    (row,) = rows_after(Offset(), PORTFOLIO, [content], TODAY, date_format)
    assert isinstance(row.read, PortfolioRow)
    assert row.read.initial_upgrade_on == date(2026, 3, 1)
    for other in set(DateFormat) - {date_format}:
        (wrong,) = rows_after(Offset(), PORTFOLIO, [content], TODAY, other)
        assert wrong.read is None or wrong.read != row.read


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_reading_goes_on_from_every_row_of_a_file_with_another_delimiter(delimiter: str) -> None:
    text = StringIO(newline="")
    table = [{**OPEN, "username": f"client-{n}", "organization": "two\nlines; a\tb"} for n in range(5)]
    csv.writer(text, delimiter=delimiter).writerows([PORTFOLIO_COLUMNS, *(row.values() for row in table)])
    content = f"sep={delimiter}\r\n{text.getvalue()}".encode()
    whole = rows(content)
    assert [row.problems[0].column for row in whole] == ["organization"] * 5
    for done, row in enumerate(whole, start=1):
        assert rows(content, row.ends, size=13) == whole[done:]
