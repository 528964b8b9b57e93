"""Which texts are dates, and their numbers in a spreadsheet."""

from __future__ import annotations

from datetime import date

import pytest

from chalicelib.reports.dates import serial
from tests.unit.reports.formats.samples import DATES, NO_DATES, NOT_COUNTED


@pytest.mark.parametrize(("day", "number"), [("1900-03-01", 61), ("1970-01-01", 25_569), ("9999-12-31", 2_958_465)])
def test_a_date_is_the_number_every_spreadsheet_gives_it(day: str, number: int) -> None:
    assert serial(day) == number


@pytest.mark.parametrize("day", NOT_COUNTED)
def test_a_date_before_march_1900_has_no_number_they_agree_on(day: str) -> None:
    assert serial(day) is None


@pytest.mark.parametrize("text", ["", *NO_DATES])
def test_what_is_no_day_of_the_calendar_has_none(text: str) -> None:
    assert serial(text) is None


@pytest.mark.parametrize("day", DATES)
def test_numbers_count_the_days(day: str) -> None:
    assert serial(day) == (date.fromisoformat(day) - date(1899, 12, 30)).days
