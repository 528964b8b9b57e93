"""Free mailbox providers: domains at which anybody gets an address, so that one there is no business's own."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from chalicelib.domain.kernel.email_addresses import domain_of

LIST = Path(__file__).with_suffix(".txt")
"""One domain a line, below lines that say where they are from, of which day, and under which license."""
IN_MANY_COUNTRIES = re.compile(r"(?:yahoo|ymail|hotmail|outlook|live|aol|gmx|yandex)\.(?:com?\.)?[a-z]{2,3}")
"""Providers with a domain in each country, such as yahoo.co.uk."""


def is_free_mailbox(address: str) -> bool:
    """Tell whether the address is at a free mailbox provider."""
    domain = domain_of(address)
    return domain in _providers() or IN_MANY_COUNTRIES.fullmatch(domain) is not None


@cache
def _providers() -> frozenset[str]:
    return frozenset(line for line in LIST.read_text("utf-8").splitlines() if not line.startswith("#"))
