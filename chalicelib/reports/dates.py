"""Dates as spreadsheets count them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

_EPOCH = date(1899, 12, 30).toordinal()
_FIRST_AGREED_ON = 61
"""1900-03-01. Spreadsheets disagree on the days before, because some count a 1900-02-29 that never was."""


@lru_cache(maxsize=65_536)
def serial(text: str) -> int | None:
    """Return the date as a spreadsheet's day number; None if it is no date or one that spreadsheets do not agree on."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    counted = day.toordinal() - _EPOCH
    return counted if counted >= _FIRST_AGREED_ON and day.isoformat() == text else None
