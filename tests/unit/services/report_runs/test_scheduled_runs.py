"""Scheduled reports: one run a slot, never twice, never silently none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.domain.changes import Change, Remove
from chalicelib.domain.kernel.errors import Conflict, Invalid, NotFound, StaleVersion, Unavailable
from chalicelib.domain.partners.partners import Partner
from chalicelib.domain.report_runs.report_runs import ReportRun
from chalicelib.domain.report_runs.report_schedules import MAX_SCHEDULES, Frequency, Timing
from chalicelib.reports.request_validation import ReportInput
from chalicelib.services.partners import partners
from chalicelib.services.report_runs import report_schedules
from chalicelib.services.report_runs.report_schedules import ScheduleChange
from chalicelib.services.report_runs.scheduled_runs import run_due
from chalicelib.services.report_runs.worker import make
from tests.unit.reports.portfolio_of import ACME, ADMIN
from tests.unit.services.mail.mailing import BOSS, GRACE, agency, delivered

if TYPE_CHECKING:
    from chalicelib.domain.report_runs.report_schedules import ReportSchedule
    from tests.fakes import FakePorts

ASKING = ReportInput(report="managed-account-details", formats=["csv"], account_status="O")
DAILY = Timing(frequency=Frequency.DAILY, hour=6)


def scheduled(
    ports: FakePorts, asking: ReportInput = ASKING, timing: Timing = DAILY, *, paused: bool = False
) -> ReportSchedule:
    return ports.transaction_writer.write(report_schedules.create(ports, ADMIN, asking, timing, paused=paused))


def runs(ports: FakePorts) -> list[ReportRun]:
    return sorted(ports.book.all(ReportRun), key=lambda item: item.report_run_id)


def started(ports: FakePorts) -> int:
    return sum(run is not None for run in run_due(ports))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_it_runs_once_at_its_slot_and_mails_the_settings_recipients() -> None:
    ports = agency()
    schedule = scheduled(ports)
    assert schedule.next_run_at == at("2026-11-06T06:00")
    assert started(ports) == 0
    ports.now = at("2026-11-06T06:03")
    assert started(ports) == 1
    assert started(ports) == 0
    (run,) = runs(ports)
    assert (run.requested_by, run.report_schedule_id) == ("system", schedule.report_schedule_id)
    assert run.request.email_to == (BOSS,)
    make(ports, ACME, run.report_run_id)
    delivered(ports)
    assert [mail.to for mail in ports.mailer.sent] == [BOSS]
    assert ports.mailer.sent[0].unsubscribe_token


def test_its_own_recipients_come_before_those_in_the_settings() -> None:
    ports = agency()
    scheduled(ports, replace(ASKING, email_to=[GRACE]))
    ports.now = at("2026-11-06T06:00")
    started(ports)
    assert runs(ports)[0].request.email_to == (GRACE,)


def test_slots_that_were_missed_are_one_run_that_names_them() -> None:
    ports = agency()
    scheduled(ports)
    ports.now = at("2026-11-09T07:00")
    assert started(ports) == 1
    (run,) = runs(ports)
    make(ports, ACME, run.report_run_id)
    (note,) = ports.report_runs.get(ACME, run.report_run_id).notes
    assert "2026-11-07 06:00 UTC, 2026-11-08 06:00 UTC, 2026-11-09 06:00 UTC" in note
    assert ports.report_schedules.of_partner(ACME)[0].next_run_at == at("2026-11-10T06:00")


def test_two_at_the_same_moment_start_one_run() -> None:
    ports = agency()
    scheduled(ports)
    ports.now = at("2026-11-06T06:00")
    ports.transaction_writer.meanwhile.append(lambda: list(run_due(ports)) and None)
    started(ports)
    assert len(runs(ports)) == 1
    assert len(ports.report_queue.sent) == 1


def test_an_index_that_lags_starts_nothing_twice() -> None:
    ports = agency()
    scheduled(ports)
    ports.now = at("2026-11-06T06:00")
    ports.book.lag()
    started(ports)
    started(ports)
    assert len(runs(ports)) == 1


def test_one_that_cannot_be_started_now_holds_no_other_up_and_comes_again() -> None:
    ports = agency()
    scheduled(ports)
    scheduled(ports, timing=replace(DAILY, minute=1))
    ports.now = at("2026-11-06T06:05")
    ports.transaction_writer.failures.append(Unavailable())
    assert [run is not None for run in run_due(ports)] == [False, True]
    assert started(ports) == 1
    assert len(runs(ports)) == 2


def test_a_paused_one_does_not_run_and_makes_up_for_nothing_afterwards() -> None:
    ports = agency()
    schedule = scheduled(ports, paused=True)
    ports.now = at("2026-11-09T07:00")
    assert started(ports) == 0
    go_on = report_schedules.change(ports, ADMIN, schedule.report_schedule_id, 1, ScheduleChange(paused=False))
    assert ports.transaction_writer.write(go_on).next_run_at == at("2026-11-10T06:00")
    ports.now = at("2026-11-10T06:00")
    assert started(ports) == 1
    assert runs(ports)[0].notes == ()


def test_a_suspended_partners_run_waits_and_is_named_afterwards() -> None:
    ports = agency()
    scheduled(ports)
    partner = ports.partners.get(ACME)
    ports.book.things[Partner, ACME] = replace(partner, suspended=True)
    ports.now = at("2026-11-06T07:00")
    assert started(ports) == 0
    ports.book.things[Partner, ACME] = partner
    ports.now = at("2026-11-07T07:00")
    assert started(ports) == 1
    assert "2026-11-07 06:00" in runs(ports)[0].notes[0]


def test_one_deleted_meanwhile_does_not_run() -> None:
    ports = agency()
    schedule = scheduled(ports)
    ports.now = at("2026-11-06T06:00")
    ports.transaction_writer.meanwhile.append(lambda: ports.transaction_writer.write(Change((Remove(schedule),), None)))
    assert started(ports) == 0
    assert runs(ports) == []


def test_it_runs_by_the_partners_time_zone_and_follows_a_new_one() -> None:
    ports = agency(time_zone="Europe/Berlin")
    assert scheduled(ports).next_run_at == at("2026-11-06T05:00")
    ports.transaction_writer.write(partners.change_settings(ports, ADMIN, 1, {"time_zone": "America/New_York"}))
    assert ports.report_schedules.of_partner(ACME)[0].next_run_at == at("2026-11-06T11:00")


@pytest.mark.parametrize(
    ("timing", "after", "expected"),
    [
        (Timing(frequency=Frequency.DAILY, hour=2, minute=30), "2027-03-27T12:00", "2027-03-28T01:30"),
        (Timing(frequency=Frequency.DAILY, hour=2, minute=30), "2026-10-24T12:00", "2026-10-25T00:30"),
        (Timing(frequency=Frequency.WEEKLY, weekday="monday", hour=8), "2026-11-05T12:00", "2026-11-09T07:00"),
        (Timing(frequency=Frequency.MONTHLY, day=31, hour=0), "2027-02-01T12:00", "2027-02-27T23:00"),
        (Timing(frequency=Frequency.MONTHLY, day=31, hour=0), "2028-02-01T12:00", "2028-02-28T23:00"),
    ],
)
def test_the_next_slot_knows_clock_changes_and_short_months(timing: Timing, after: str, expected: str) -> None:
    """In Berlin: 2:30 is left out on 28 March 2027 and comes twice on 25 October 2026."""
    ports = agency(time_zone="Europe/Berlin")
    ports.now = at(after)
    assert scheduled(ports, timing=timing).next_run_at == at(expected)


def test_clock_changes_give_one_run_a_day_all_the_year() -> None:
    ports = agency(time_zone="Europe/Berlin")
    ports.now = at("2026-10-01T00:00")
    scheduled(ports, timing=Timing(frequency=Frequency.DAILY, hour=2, minute=30))
    for _ in range(220 * 24):
        ports.now += timedelta(hours=1)
        started(ports)
    days = [run.requested_at.date() for run in runs(ports)]
    assert len(days) == len(set(days)) == 220


def test_trying_it_now_leaves_its_slots_as_they_are() -> None:
    ports = agency()
    schedule = scheduled(ports)
    run = ports.transaction_writer.write(report_schedules.try_now(ports, ADMIN, schedule.report_schedule_id))
    assert (run.requested_by, run.request.email_to) == (ADMIN.subject, (BOSS,))
    assert ports.report_schedules.of_partner(ACME) == [schedule]


@pytest.mark.parametrize(
    ("asking", "timing", "pointer"),
    [
        (replace(ASKING, account_status="o"), DAILY, "/account_status"),
        (replace(ASKING, email_to=["stranger@example.com"]), DAILY, "/email_to/0"),
        (ASKING, replace(DAILY, weekday="monday"), "/timing/weekday"),
        (ASKING, Timing(frequency=Frequency.WEEKLY, weekday="someday"), "/timing/weekday"),
        (ASKING, Timing(frequency=Frequency.MONTHLY, day=32), "/timing/day"),
        (ASKING, Timing(frequency=Frequency.MONTHLY), "/timing/day"),
    ],
)
def test_what_cannot_be_is_refused_by_name(asking: ReportInput, timing: Timing, pointer: str) -> None:
    ports = agency()
    with pytest.raises(Invalid) as refused:
        scheduled(ports, asking, timing)
    assert [error.pointer for error in refused.value.errors] == [pointer]


def test_a_partner_has_so_many_at_most() -> None:
    ports = agency()
    for _ in range(MAX_SCHEDULES):
        scheduled(ports)
    with pytest.raises(Conflict, match="20"):
        scheduled(ports)


def test_a_change_needs_the_version_that_was_read() -> None:
    ports = agency()
    schedule = scheduled(ports)
    wanted: Any = ScheduleChange(paused=True)
    ports.transaction_writer.write(report_schedules.change(ports, ADMIN, schedule.report_schedule_id, 1, wanted))
    with pytest.raises(StaleVersion):
        report_schedules.change(ports, ADMIN, schedule.report_schedule_id, 1, wanted)


def test_a_deleted_one_is_gone() -> None:
    ports = agency()
    schedule = scheduled(ports)
    ports.transaction_writer.write(report_schedules.delete(ports, ADMIN, schedule.report_schedule_id))
    with pytest.raises(NotFound):
        report_schedules.find(ports, ADMIN, schedule.report_schedule_id)
