"""Instants as a partner reads them: in its own time zone, which they name.

Days of the program (trial, bonus, cancellation) are UTC calendar days and are not converted: see `clock`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import date, datetime

_NOT_IN_FILE_NAMES = re.compile(r"[^A-Za-z0-9_-]+")


def day_text(day: date) -> str:
    """Formats a day: `5 November 2026`."""
    return f"{day.day} {day:%B %Y}"


def local_day_text(at: datetime, time_zone: str) -> str:
    """Formats the day that an instant falls on in the zone, with the zone: `6 November 2026 NZDT`."""
    local = at.astimezone(ZoneInfo(time_zone))
    return f"{day_text(local.date())} {_zone_label(local)}"


def instant_in(at: datetime, time_zone: str) -> str:
    """Formats an instant: `6 November 2026, 07:00 NZDT`."""
    local = at.astimezone(ZoneInfo(time_zone))
    return f"{day_text(local.date())}, {local:%H:%M} {_zone_label(local)}"


def short_instant_in(at: datetime, time_zone: str) -> str:
    """Formats an instant for a list of several: `2026-11-06 07:00 NZDT`."""
    local = at.astimezone(ZoneInfo(time_zone))
    return f"{local:%Y-%m-%d %H:%M} {_zone_label(local)}"


def instant_for_file_name(at: datetime, time_zone: str) -> str:
    """Formats an instant for a file name: `2026-11-06-0700-Pacific-Auckland`."""
    local = at.astimezone(ZoneInfo(time_zone))
    zone = _NOT_IN_FILE_NAMES.sub("-", time_zone.replace("+", "-plus-"))
    return f"{local:%Y-%m-%d-%H%M}-{zone}"


def _zone_label(local: datetime) -> str:
    """Returns the zone's abbreviation; where it has none in letters, its distance from UTC: `UTC-03:00`."""
    name = local.tzname() or ""
    return name if name.isalpha() else f"UTC{local.isoformat()[-6:]}"
