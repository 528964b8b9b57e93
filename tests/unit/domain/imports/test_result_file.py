"""The result file says what is wrong with a row, one line a reason, harmless in a spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from chalicelib.domain.imports.cells import Problem
from chalicelib.domain.imports.columns import ImportKind, template
from chalicelib.domain.imports.result_file import HEADER, rejection


def lines(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline=""), strict=True))


def test_each_reason_is_a_line_with_line_username_column_and_reason() -> None:
    problems = [Problem("plan", "“gold” is not one of trial, lite."), Problem("status", "No.")]
    assert lines(HEADER + rejection(17, "acme-bakery", problems)) == [
        ["line", "username", "column", "reason"],
        ["17", "acme-bakery", "plan", "“gold” is not one of trial, lite."],
        ["17", "acme-bakery", "status", "No."],
    ]


@pytest.mark.parametrize(
    ("username", "shown"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("@acme-bakery", "'@acme-bakery"),
        ("-acme-bakery", "'-acme-bakery"),
        ("'acme", "''acme"),
        ("a\x00=1", "a =1"),
        ("a\r\n=1+1,2", "a  =1+1,2"),
    ],
)
def test_nothing_from_the_file_becomes_a_formula_or_another_line(username: str, shown: str) -> None:
    ((_, found, _, reason),) = lines(rejection(2, username, [Problem("", "=1+1")]))
    assert (found, reason) == (shown, "'=1+1")


def test_the_templates_name_the_columns() -> None:
    assert template(ImportKind.PORTFOLIO).startswith(b"username,organization,owner_first_name,")
    assert template(ImportKind.MANAGED_ACCOUNTS).splitlines()[0].endswith(b",plan,website,owner_phone")
