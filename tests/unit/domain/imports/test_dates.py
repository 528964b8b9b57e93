"""The date format is chosen, and what fits several is said to be ambiguous."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.imports.dates import EXAMPLES, DateFormat, fitting_formats, read_date

YEAR_FIRST, MONTH_FIRST, DAY_FIRST = DateFormat


def test_each_example_is_the_same_day() -> None:
    assert {read_date(text, date_format) for date_format, text in EXAMPLES.items()} == {date(2026, 11, 5)}


@pytest.mark.parametrize("text", ["", "5/11/26", "2026-13-01", "31/04/2026", "5/11-2026", "٥/11/2026", "20261105"])
@pytest.mark.parametrize("date_format", DateFormat)
def test_what_is_no_date_is_none_in_any_format(text: str, date_format: DateFormat) -> None:
    assert read_date(text, date_format) is None


@pytest.mark.parametrize(
    ("texts", "fitting"),
    [
        (["11/05/2026", "3/4/2026"], (MONTH_FIRST, DAY_FIRST)),
        (["11/05/2026", "12/31/2026", ""], (MONTH_FIRST,)),
        (["05.11.2026", "31.12.2026"], (DAY_FIRST,)),
        (["2026-11-05"], (YEAR_FIRST,)),
        (["12/31/2026", "31/12/2026"], ()),
        ([""], (YEAR_FIRST, MONTH_FIRST, DAY_FIRST)),
    ],
)
def test_every_format_that_fits_all_cells_is_named(texts: list[str], fitting: tuple[DateFormat, ...]) -> None:
    assert fitting_formats(texts) == fitting


@given(st.dates())
def test_what_an_export_writes_is_read_again(day: date) -> None:
    assert read_date(day.isoformat(), YEAR_FIRST) == day
