"""How a partner's book moves from month to month, and what it is owed."""

from __future__ import annotations

from datetime import date

import pytest

from chalicelib.domain.kernel.money import Money
from chalicelib.domain.partners.overview import Liability, liabilities, months, movements

NOVEMBER = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("today", "last", "this"),
    [
        (date(2026, 11, 5), date(2026, 10, 1), NOVEMBER),
        (date(2026, 1, 1), date(2025, 12, 1), date(2026, 1, 1)),
        (date(2024, 3, 31), date(2024, 2, 1), date(2024, 3, 1)),
    ],
)
def test_the_two_months_begin_on_their_first_days(today: date, last: date, this: date) -> None:
    assert months(today) == (last, this)


def test_a_book_is_followed_back_from_what_is_there_now() -> None:
    created = [date(2026, 10, 1), date(2026, 10, 31), NOVEMBER]
    departed = [date(2026, 10, 31), NOVEMBER, date(2026, 11, 4), date(2026, 11, 4)]
    this, last = movements(created, departed, 98, NOVEMBER, 10)
    assert (this.created, this.departed, this.net, this.at_start, this.churn) == (1, 3, -2, 100, 0.03)
    assert (last.created, last.departed, last.net, last.at_start, last.churn) == (2, 1, 1, 99, 0.0101)


def test_the_churn_of_a_book_that_was_empty_is_not_known() -> None:
    this, last = movements([NOVEMBER], [], 1, NOVEMBER, 10)
    assert (this.at_start, this.churn, last.churn) == (0, None, None)


def test_more_than_was_counted_gives_no_churn_and_says_so() -> None:
    this, last = movements([date(2026, 10, 2)] * 3, [NOVEMBER], 50, NOVEMBER, 2)
    assert (this.at_least, last.at_least, this.churn, last.churn) == (True, True, None, None)
    assert last.created == 2


def test_what_is_owed_adds_up_by_currency() -> None:
    owed = liabilities([Money(100, "USD"), Money(70, "EUR"), Money(50, "USD")])
    assert owed == (
        Liability(currency="EUR", amount=70, bonuses=1),
        Liability(currency="USD", amount=150, bonuses=2),
    )
    assert liabilities([]) == ()
