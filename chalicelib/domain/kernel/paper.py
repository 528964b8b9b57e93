"""The paper that reports are printed on, by country."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of paper."""

    name: str
    """As CSS calls it."""
    width: float
    """The shorter side, in points."""
    height: float
    spreadsheet_code: int
    """As spreadsheet files number it."""


LETTER = Paper("letter", 612.0, 792.0, 1)
A4 = Paper("a4", 595.28, 841.89, 9)
LETTER_COUNTRIES = frozenset("BZ CA CL CO CR GT MX NI PA PH PR SV US VE".split())
"""Where Letter is the usual paper, by Unicode's CLDR (UTS #35, part 6, `paperSize`); everywhere else it is A4."""


def paper_of(country: str) -> Paper:
    """Return the usual paper of a country."""
    return LETTER if country in LETTER_COUNTRIES else A4
