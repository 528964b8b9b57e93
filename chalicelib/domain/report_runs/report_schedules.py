"""Scheduled reports: which report, how often, and when next, in the partner's time zone."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from chalicelib.domain.kernel.errors import FieldError, Invalid
from chalicelib.domain.kernel.local_time import short_instant_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.domain.kernel.paging import Page
    from chalicelib.domain.report_runs.report_runs import ReportRequest

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH_DAYS = range(1, 32)
MAX_NAMED_SLOTS = 5
MAX_SCHEDULES = 20
"""Schedules that one partner may have."""


class Frequency(StrEnum):
    """How often a report runs."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How often, and at what time of the partner's day."""

    frequency: Frequency
    hour: int = 6
    minute: int = 0
    weekday: str | None = None
    """Of a weekly one."""
    day: int | None = None
    """Of a monthly one, 1 to 31; a shorter month has it on its last day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSchedule:
    """A report that is run by itself."""

    partner_id: str
    report_schedule_id: str
    request: ReportRequest
    timing: Timing
    created_by: str
    created_at: datetime
    next_run_at: datetime
    paused: bool = False
    last_run_at: datetime | None = None
    last_report_run_id: str | None = None
    missed: tuple[datetime, ...] = field(default=())
    """Slots for which the last run stands besides its own, because nothing ran at their time."""
    version: int = 1


def require_valid(timing: Timing) -> None:
    """Raise `Invalid` with everything that is wrong."""
    Invalid.unless_none(list(_problems(timing)))


def _problems(timing: Timing) -> Iterator[FieldError]:
    if not (0 <= timing.hour <= 23 and 0 <= timing.minute <= 59):
        yield FieldError("/timing/hour", "A time of day is an hour from 0 to 23 and a minute from 0 to 59.")
    weekly, monthly = timing.frequency is Frequency.WEEKLY, timing.frequency is Frequency.MONTHLY
    if weekly != (timing.weekday is not None) or (weekly and timing.weekday not in WEEKDAYS):
        yield FieldError("/timing/weekday", f"A weekly report, and only that, has a weekday: {', '.join(WEEKDAYS)}.")
    if monthly != (timing.day is not None) or (monthly and timing.day not in MONTH_DAYS):
        yield FieldError("/timing/day", "A monthly report, and only that, has a day from 1 to 31.")


def next_slot(timing: Timing, after: datetime, time_zone: str) -> datetime:
    """Return the first slot later than `after`, in UTC.

    A time that a clock change leaves out comes an hour later by the new clock; one that comes twice is taken the first
    time.
    """
    day = after.astimezone(ZoneInfo(time_zone)).date() - timedelta(days=1)
    while True:
        day = _next_day(timing, day)
        slot = _slot_on(timing, day, time_zone)
        if slot > after:
            return slot


def day_of(timing: Timing, slot: datetime, time_zone: str) -> date:
    """Return the calendar day that a slot stands for: the day before, where a clock change moved its time past
    midnight.
    """
    day = slot.astimezone(ZoneInfo(time_zone)).date()
    before = day - timedelta(days=1)
    return before if _slot_on(timing, before, time_zone) == slot else day


def _slot_on(timing: Timing, day: date, time_zone: str) -> datetime:
    return datetime.combine(day, time(timing.hour, timing.minute), ZoneInfo(time_zone)).astimezone(UTC)


def slots_between(timing: Timing, first: datetime, last: datetime, time_zone: str) -> Iterator[datetime]:
    """Yield the slots after `first`, up to `last` and it included."""
    slot = next_slot(timing, first, time_zone)
    while slot <= last:
        yield slot
        slot = next_slot(timing, slot, time_zone)


def _next_day(timing: Timing, day: date) -> date:
    following = day + timedelta(days=1)
    if timing.frequency is Frequency.WEEKLY:
        return following + timedelta(days=(WEEKDAYS.index(timing.weekday or "monday") - following.weekday()) % 7)
    if timing.frequency is Frequency.MONTHLY:
        this = _in_month(following.year, following.month, timing.day or 1)
        after = following.replace(day=1) + timedelta(days=MONTH_DAYS.stop - 1)
        return this if this >= following else _in_month(after.year, after.month, timing.day or 1)
    return following


def _in_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def ran(schedule: ReportSchedule, now: datetime, report_run_id: str, time_zone: str) -> ReportSchedule:
    """Return the schedule after its due slot was run; slots that passed meanwhile are noted, not run one by one."""
    missed = tuple(slots_between(schedule.timing, schedule.next_run_at, now, time_zone))
    return replace(
        schedule,
        last_run_at=now,
        last_report_run_id=report_run_id,
        missed=missed,
        next_run_at=next_slot(schedule.timing, now, time_zone),
        version=schedule.version + 1,
    )


def moved(schedule: ReportSchedule, old_zone: str, new_zone: str) -> ReportSchedule:
    """Return the schedule after the partner's time zone changed: its pending run keeps its calendar day.

    What was due on a day in the old zone is due at the same time of that day in the new one, and at once where that has
    passed. One run stands for each day, so none is skipped and none comes twice.
    """
    day = day_of(schedule.timing, schedule.next_run_at, old_zone)
    slot = _slot_on(schedule.timing, day, new_zone)
    return (
        schedule if slot == schedule.next_run_at else replace(schedule, next_run_at=slot, version=schedule.version + 1)
    )


def notes(missed: tuple[datetime, ...], time_zone: str) -> tuple[str, ...]:
    """Return what the run's reader must know of slots that were missed."""
    if not missed:
        return ()
    named = ", ".join(short_instant_in(slot, time_zone) for slot in missed[:MAX_NAMED_SLOTS])
    more = f" and {len(missed) - MAX_NAMED_SLOTS} more" if len(missed) > MAX_NAMED_SLOTS else ""
    return (f"This run also stands for those that could not be made at {named}{more}.",)


class ReportScheduleStore(Protocol):
    """Scheduled reports; writes go through a `TransactionWriter`."""

    def get(self, partner_id: str, report_schedule_id: str) -> ReportSchedule:
        """Return the schedule, read strongly consistent; raises `NotFound`, also for another partner's."""
        ...

    def of_partner(self, partner_id: str) -> list[ReportSchedule]:
        """Return all of the partner's schedules, read strongly consistent, the oldest first."""
        ...

    def page(self, partner_id: str, after: str | None, limit: int) -> Page[ReportSchedule]:
        """Return the partner's schedules, the oldest first."""
        ...

    def due(self, until: datetime) -> Iterator[ReportSchedule]:
        """Schedules of all partners whose next run is due by then, the longest due first; from an index that may
        lag."""
        ...
