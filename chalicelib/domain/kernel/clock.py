"""What time it is: the one place that asks, and the rule that a day is a UTC calendar day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Protocol

Clock = Callable[[], datetime]
"""Gives the present instant, aware and in UTC."""


class HasClock(Protocol):
    """What time it is: a part of whatever use cases are given."""

    @property
    def clock(self) -> Clock: ...


def system_clock() -> datetime:
    """Return the real instant."""
    return datetime.now(UTC)


def clock_on(day: date | None) -> Clock:
    """Return the real time of day on that day, for a stack that is told what day it is; the real clock without one."""
    if day is None:
        return system_clock
    return lambda: datetime.combine(day, datetime.now(UTC).timetz())


def today(clock: Clock) -> date:
    """Return the present UTC calendar day."""
    return clock().date()


def instant_text(at: datetime) -> str:
    """ISO 8601 in UTC to the millisecond, as every answer shows it: `2026-11-05T00:10:00.000Z`."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
