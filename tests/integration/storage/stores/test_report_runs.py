"""What a store of report runs promises, kept by its fake and on DynamoDB alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from chalicelib.bootstrap import Ports
from chalicelib.domain.access import Actor, Role
from chalicelib.domain.accounts.accounts import Status
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import BonusStatus
from chalicelib.domain.accounts.query import AccountQuery
from chalicelib.domain.changes import Change, Insert, Remove, Replace
from chalicelib.domain.kernel.errors import NotFound, StaleVersion
from chalicelib.domain.kernel.ids import random_id
from chalicelib.domain.report_runs import transitions as progress
from chalicelib.domain.report_runs.report_runs import Made, ReportFile, ReportRequest, ReportRun, ReportRunStatus
from tests.factories import NOON

REQUEST = ReportRequest(report="managed-account-details", formats=("pdf", "csv"), account_status=Status.OPEN)


def inserted(ports: Ports, partner_id: str, at: datetime = NOON, **changes: Any) -> ReportRun:
    """A run that was just asked for."""
    run = progress.requested(Actor("admin", Role.PARTNER_ADMIN, partner_id), replace(REQUEST, **changes), at)
    return ports.transaction_writer.write(Change((Insert(run),), run))


def stepped(ports: Ports, current: ReportRun, now: ReportRun) -> ReportRun:
    return ports.transaction_writer.write(Change((Replace(current, now),), now))


def stale(ports: Ports, partner_id: str, state: ReportRunStatus, until: datetime) -> list[ReportRun]:
    return [run for run in ports.report_runs.stale(state, until, 1000) if run.partner_id == partner_id]


@pytest.mark.parametrize(
    "filters",
    [
        AccountQuery(),
        AccountQuery(list_size_min=0, add_on=AddOn.SEO, never_logged_in=True, first_payment_to=date(2026, 1, 31)),
        AccountQuery(q="ünï", nab_status=BonusStatus.EARNED, status=Status.CANCELLED),
    ],
)
def test_a_run_comes_back_as_it_was_written_at_every_step(ports: Ports, partner_id: str, filters: AccountQuery) -> None:
    run = inserted(ports, partner_id, filters=filters, email_to=("a@example.com",))
    assert ports.report_runs.get(partner_id, run.report_run_id) == run
    run = stepped(ports, run, progress.started(run, NOON + timedelta(microseconds=7)))
    assert ports.report_runs.get(partner_id, run.report_run_id) == run
    run = stepped(ports, run, progress.progressed(run, NOON, 40, 1000))
    made = Made(
        files=(ReportFile(format="csv", key="reports/a/b/1/ü.csv", name="ü.csv", bytes=123_456_789_012),),
        rows=0,
        as_of=NOON,
        notes=("One thing.", "Another, 2,706 accounts."),
        missing_glyphs=3,
    )
    run = stepped(ports, run, progress.finished(run, NOON + timedelta(seconds=5), made, 30))
    assert ports.report_runs.get(partner_id, run.report_run_id) == run
    run = stepped(ports, run, progress.expired(run))
    assert ports.report_runs.get(partner_id, run.report_run_id) == run


def test_a_failed_run_keeps_its_reason(ports: Ports, partner_id: str) -> None:
    run = inserted(ports, partner_id)
    run = stepped(ports, run, progress.failed(run, NOON, "Too many rows."))
    assert ports.report_runs.get(partner_id, run.report_run_id) == run


def test_a_run_put_back_has_no_rows_again(ports: Ports, partner_id: str) -> None:
    run = inserted(ports, partner_id)
    run = stepped(ports, run, progress.started(run, NOON))
    run = stepped(ports, run, progress.progressed(run, NOON, 40, 1000))
    run = stepped(ports, run, progress.waiting_again(run, NOON))
    assert ports.report_runs.get(partner_id, run.report_run_id) == run
    assert run.rows is None


def test_of_two_who_take_a_run_on_one_is_told_that_it_changed(ports: Ports, partner_id: str) -> None:
    run = inserted(ports, partner_id)
    first = stepped(ports, run, progress.started(run, NOON))
    with pytest.raises(StaleVersion):
        stepped(ports, run, progress.started(run, NOON))
    assert ports.report_runs.get(partner_id, run.report_run_id) == first


def test_an_unknown_run_and_another_partners_are_not_found_alike(ports: Ports, partner_id: str) -> None:
    run = inserted(ports, partner_id)
    for partner, run_id in ((partner_id, "run_0"), (random_id("prt"), run.report_run_id)):
        with pytest.raises(NotFound):
            ports.report_runs.get(partner, run_id)


def test_runs_come_the_newest_first_and_page_by_page(ports: Ports, partner_id: str) -> None:
    runs = [inserted(ports, partner_id, NOON + timedelta(seconds=number)) for number in range(5)]
    inserted(ports, random_id("prt"))
    first = ports.report_runs.page(partner_id, None, 3)
    rest = ports.report_runs.page(partner_id, first.next, 3)
    assert [*first.items, *rest.items] == runs[::-1]
    assert rest.next is None


def test_quiet_runs_are_found_by_their_state_and_when_they_were_last_heard_of(ports: Ports, partner_id: str) -> None:
    old, new = inserted(ports, partner_id, NOON), inserted(ports, partner_id, NOON + timedelta(minutes=5))
    assert stale(ports, partner_id, ReportRunStatus.REQUESTED, NOON) == [old]
    assert stale(ports, partner_id, ReportRunStatus.REQUESTED, NOON + timedelta(minutes=5)) == [old, new]
    running = stepped(ports, old, progress.started(old, NOON + timedelta(minutes=9)))
    assert stale(ports, partner_id, ReportRunStatus.REQUESTED, NOON + timedelta(minutes=9)) == [new]
    assert stale(ports, partner_id, ReportRunStatus.RUNNING, NOON + timedelta(minutes=8)) == []
    assert stale(ports, partner_id, ReportRunStatus.RUNNING, NOON + timedelta(minutes=9)) == [running]


def test_ready_runs_are_quiet_when_they_expire_and_what_is_over_is_in_no_index(ports: Ports, partner_id: str) -> None:
    run = inserted(ports, partner_id)
    ready = stepped(ports, run, progress.finished(run, NOON, Made(files=(), rows=1, as_of=NOON), 30))
    expiry = NOON + timedelta(days=30)
    assert stale(ports, partner_id, ReportRunStatus.READY, expiry - timedelta(microseconds=1)) == []
    assert stale(ports, partner_id, ReportRunStatus.READY, expiry) == [ready]
    stepped(ports, ready, progress.expired(ready))
    assert stale(ports, partner_id, ReportRunStatus.READY, expiry) == []
    assert stale(ports, partner_id, ReportRunStatus.EXPIRED, expiry) in ([], [progress.expired(ready)])


def test_a_run_is_taken_away_only_as_it_was_read(ports: Ports, partner_id: str) -> None:
    run = inserted(ports, partner_id)
    running = stepped(ports, run, progress.started(run, NOON))
    with pytest.raises(StaleVersion):
        ports.transaction_writer.write(Change((Remove(run),), None))
    ports.transaction_writer.write(Change((Remove(running),), None))
    with pytest.raises(NotFound):
        ports.report_runs.get(partner_id, run.report_run_id)
