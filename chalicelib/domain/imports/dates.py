"""Dates in an import file: the format that whoever uploads it chooses. It is never guessed from the cells."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class DateFormat(StrEnum):
    """The order of year, month and day; the separator may be `-`, `/` or `.`, and leading zeros may be missing."""

    YEAR_FIRST = "YYYY-MM-DD"
    MONTH_FIRST = "MM/DD/YYYY"
    DAY_FIRST = "DD/MM/YYYY"


EXAMPLES = {
    DateFormat.YEAR_FIRST: "2026-11-05",
    DateFormat.MONTH_FIRST: "11/05/2026",
    DateFormat.DAY_FIRST: "05/11/2026",
}
"""5 November 2026."""
_YEAR, _SHORT, _SEPARATOR = r"(?P<year>[0-9]{4})", r"[0-9]{1,2}", r"(?P<separator>[-/.])"
_MONTH, _DAY, _SAME = f"(?P<month>{_SHORT})", f"(?P<day>{_SHORT})", "(?P=separator)"
_PATTERNS = {
    DateFormat.YEAR_FIRST: re.compile(f"{_YEAR}{_SEPARATOR}{_MONTH}{_SAME}{_DAY}"),
    DateFormat.MONTH_FIRST: re.compile(f"{_MONTH}{_SEPARATOR}{_DAY}{_SAME}{_YEAR}"),
    DateFormat.DAY_FIRST: re.compile(f"{_DAY}{_SEPARATOR}{_MONTH}{_SAME}{_YEAR}"),
}


@lru_cache(maxsize=65_536)
def read_date(text: str, date_format: DateFormat) -> date | None:
    """Reads a date in the format; None where the text is no such date."""
    found = _PATTERNS[date_format].fullmatch(text)
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def fitting_formats(texts: Iterable[str]) -> tuple[DateFormat, ...]:
    """Returns the formats in which all of these texts are dates: several where days and months could be exchanged."""
    dates = {text for text in texts if text}
    return tuple(item for item in DateFormat if all(read_date(text, item) for text in dates))
