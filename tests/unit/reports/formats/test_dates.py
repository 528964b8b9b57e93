"""Which texts are dates, and their numbers in a spreadsheet."""

from __future__ import annotations

import pytest

from chalicelib.reports.dates import is_date, serial
from tests.unit.reports.formats.samples import DATES, NO_DATES, NOT_COUNTED


@pytest.mark.parametrize(("day", "number"), [("1900-03-01", 61), ("1970-01-01", 25_569), ("9999-12-31", 2_958_465)])
def test_a_date_is_the_number_every_spreadsheet_gives_it(day: str, number: int) -> None:
    assert serial(day) == number


@pytest.mark.parametrize("day", NOT_COUNTED)
def test_a_date_before_march_1900_is_a_date_without_a_number(day: str) -> None:
    assert is_date(day)
    assert serial(day) is None


@pytest.mark.parametrize("text", ["", *NO_DATES])
def test_other_text_is_no_date(text: str) -> None:
    assert not is_date(text)
    assert serial(text) is None


@pytest.mark.parametrize("day", DATES)
def test_a_day_of_the_calendar_is_a_date(day: str) -> None:
    assert is_date(day)
