"""The paper of a country, as Unicode's CLDR has it."""

from __future__ import annotations

import pytest

from chalicelib.domain.kernel.countries import COUNTRIES, DEFAULT_COUNTRY
from chalicelib.domain.kernel.paper import A4, LETTER, LETTER_COUNTRIES, Paper, paper_of


@pytest.mark.parametrize(
    ("country", "paper"),
    [(DEFAULT_COUNTRY, LETTER), ("CA", LETTER), ("MX", LETTER), ("DE", A4), ("BR", A4), ("GB", A4)],
)
def test_a_country_has_its_usual_paper(country: str, paper: Paper) -> None:
    assert paper_of(country) is paper


def test_every_country_with_letter_is_a_country() -> None:
    assert len(LETTER_COUNTRIES) == 14
    assert LETTER_COUNTRIES < COUNTRIES
