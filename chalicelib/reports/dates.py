"""Telling dates from other text, and counting them as spreadsheets do."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

_EPOCH = date(1899, 12, 30).toordinal()
_FIRST_AGREED_ON = 61
"""1900-03-01. Spreadsheets disagree on the days before, because some count a 1900-02-29 that never was."""


@lru_cache(maxsize=65_536)
def is_date(text: str) -> bool:
    """Whether this is a day of the calendar written as `2026-11-05`."""
    return _ordinal(text) is not None


@lru_cache(maxsize=65_536)
def serial(text: str) -> int | None:
    """The date as a spreadsheet's day number; None if it is no date or one that spreadsheets do not agree on."""
    ordinal = _ordinal(text)
    counted = 0 if ordinal is None else ordinal - _EPOCH
    return counted if counted >= _FIRST_AGREED_ON else None


def _ordinal(text: str) -> int | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day.toordinal() if day.isoformat() == text else None
