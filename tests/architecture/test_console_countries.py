"""The console offers the very countries that the API takes."""

from __future__ import annotations

import re
from pathlib import Path

from chalicelib.domain.kernel.countries import COUNTRIES

LIST = Path("console/src/settings/countries.ts")


def test_the_console_offers_the_countries_that_the_api_takes() -> None:
    assert set(re.findall(r"\b[A-Z]{2}\b", LIST.read_text(encoding="utf-8").partition("const CODES")[2])) == COUNTRIES
