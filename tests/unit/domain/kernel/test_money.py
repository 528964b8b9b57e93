"""Amounts in every currency of ISO 4217, against the table of the package that follows its maintenance agency."""

from __future__ import annotations

import pytest
from iso4217 import Currency

from chalicelib.domain.kernel.currencies import MINOR_UNIT_DIGITS
from chalicelib.domain.kernel.money import Money, is_currency
from infra import build_currencies

ACTIVE = {currency.code: currency.exponent for currency in Currency if currency.exponent is not None}


def test_every_active_currency_has_the_digits_that_iso_4217_gives_it() -> None:
    assert ACTIVE == MINOR_UNIT_DIGITS
    assert set(MINOR_UNIT_DIGITS.values()) == {0, 2, 3, 4}


def test_the_table_is_what_the_script_writes() -> None:
    assert build_currencies.PATH.read_text() == build_currencies.content()


@pytest.mark.parametrize(("code", "digits"), sorted(ACTIVE.items()))
def test_an_amount_is_written_with_the_digits_of_its_currency(code: str, digits: int) -> None:
    assert str(Money(100_000, code)) == f"{code} {100_000 / 10**digits:,.{digits}f}"
    assert str(Money(-1, code)) == f"{code} -{1 / 10**digits:,.{digits}f}"


@pytest.mark.parametrize("code", ["XAU", "XXX", "XTS", "usd", "US", "ABC", "DEM", ""])
def test_a_code_without_an_active_minor_unit_is_no_currency(code: str) -> None:
    assert not is_currency(code)


def test_a_withdrawn_code_on_an_old_record_still_reads() -> None:
    assert str(Money(12_345, "DEM")) == "DEM 123.45"
