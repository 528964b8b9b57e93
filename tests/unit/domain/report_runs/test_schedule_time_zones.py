"""A scheduled report has one run for each of its calendar days, however often its partner moves its time zone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chalicelib.domain.report_runs.report_runs import ReportRequest
from chalicelib.domain.report_runs.report_schedules import (
    WEEKDAYS,
    Frequency,
    ReportSchedule,
    Timing,
    day_of,
    moved,
    next_slot,
    ran,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

ZONES = (
    "UTC",
    "America/New_York",
    "Europe/Berlin",
    "Pacific/Auckland",
    "Pacific/Pago_Pago",
    "Pacific/Kiritimati",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Africa/Cairo",
    "Asia/Beirut",
    "America/Nuuk",
)
"""The farthest apart that there are, halves and quarters of an hour, and clocks that change at midnight."""
zones = st.sampled_from(ZONES)
times = {"hour": st.integers(0, 23), "minute": st.integers(0, 59)}
timings = st.one_of(
    st.builds(Timing, frequency=st.just(Frequency.DAILY), **times),
    st.builds(Timing, frequency=st.just(Frequency.WEEKLY), weekday=st.sampled_from(WEEKDAYS), **times),
    st.builds(Timing, frequency=st.just(Frequency.MONTHLY), day=st.integers(1, 31), **times),
)
starts = st.datetimes(datetime(2026, 1, 1), datetime(2031, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
moves = st.lists(st.tuples(st.integers(0, 40 * 24 * 60), zones), max_size=12)
"""After so many minutes the partner moves to that zone."""


def schedule(timing: Timing, at: datetime, zone: str) -> ReportSchedule:
    return ReportSchedule(
        partner_id="prt_a",
        report_schedule_id="sch_1",
        request=ReportRequest(report="all-accounts-summary", formats=("csv",)),
        timing=timing,
        created_by="ada",
        created_at=at,
        next_run_at=next_slot(timing, at, zone),
    )


def days_of(timing: Timing, first: date, last: date) -> list[date]:
    """The calendar days on which it is due, found day by day."""
    return [day for day in (first + timedelta(n) for n in range((last - first).days + 1)) if _due_on(timing, day)]


def _due_on(timing: Timing, day: date) -> bool:
    if timing.frequency is Frequency.WEEKLY:
        return WEEKDAYS[day.weekday()] == timing.weekday
    if timing.frequency is Frequency.MONTHLY:
        last = (day.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)
        return day.day == min(timing.day or 1, last.day)
    return True


def run_when_due(due: ReportSchedule, until: datetime, zone: str) -> Iterator[tuple[date, ReportSchedule]]:
    """Each run at its minute, as the job that starts what is due does it."""
    while due.next_run_at <= until:
        day = day_of(due.timing, due.next_run_at, zone)
        at = max(due.next_run_at, due.last_run_at or due.next_run_at)
        due = ran(due, at, "run_1", zone)
        yield day, due
        for missed in due.missed:
            yield day_of(due.timing, missed, zone), due


@settings(max_examples=400, deadline=None)
@given(timings, starts, zones, moves)
@example(Timing(frequency=Frequency.DAILY, hour=23), datetime(2026, 2, 1, tzinfo=UTC), "America/Nuuk", [])
@example(
    Timing(frequency=Frequency.MONTHLY, day=5, hour=12),
    datetime(2026, 11, 5, 11, tzinfo=UTC),
    "UTC",
    [(20, "Europe/Berlin")],
)
@example(
    Timing(frequency=Frequency.MONTHLY, day=5, hour=12),
    datetime(2026, 11, 5, 10, 30, tzinfo=UTC),
    "Europe/Berlin",
    [(40, "America/New_York")],
)
def test_moving_the_time_zone_skips_no_day_and_repeats_none(
    timing: Timing, start: datetime, zone: str, moves: list[tuple[int, str]]
) -> None:
    due, now, made = schedule(timing, start, zone), start, []
    first = day_of(timing, due.next_run_at, zone)
    for minutes, new_zone in [*moves, (60 * 24 * 60, zone)]:
        now += timedelta(minutes=minutes)
        for day, after in run_when_due(due, now, zone):
            made.append(day)
            due = after
        due, zone = replace(moved(due, zone, new_zone), last_run_at=now), new_zone
    assert made == days_of(timing, first, made[-1])


@pytest.mark.parametrize(("old", "new"), [("UTC", "Pacific/Kiritimati"), ("Pacific/Kiritimati", "Pacific/Pago_Pago")])
def test_one_that_is_due_but_not_started_yet_keeps_its_day(old: str, new: str) -> None:
    at = datetime(2026, 11, 4, 12, tzinfo=UTC)
    due = schedule(Timing(frequency=Frequency.DAILY, hour=6), at, old)
    existing = moved(due, old, new).next_run_at.astimezone(ZoneInfo(new))
    assert existing.date() == due.next_run_at.astimezone(ZoneInfo(old)).date()
    assert existing.hour == 6
