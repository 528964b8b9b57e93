"""Report runs that are stuck, and report files that have expired."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.accounts.accounts import Status
from chalicelib.domain.report_runs.report_runs import ReportRequest, ReportRun, ReportRunStatus
from chalicelib.domain.report_runs.transitions import LEASE, NEVER_FINISHED, NEVER_STARTED, requested, started
from chalicelib.services.report_runs.recovery import recover, stale_runs
from chalicelib.services.report_runs.worker import make
from tests.fakes import FakePorts
from tests.unit.reports.portfolio_of import ACME, ADMIN, account, ports_with

MOMENT = timedelta(seconds=1)


def waiting(ports: FakePorts) -> ReportRun:
    run = requested(
        ADMIN, ReportRequest(report="managed-account-details", formats=("csv",), account_status=Status.OPEN), ports.now
    )
    ports.book.put(run)
    return run


def running(ports: FakePorts, attempts: int = 1) -> ReportRun:
    run = replace(started(waiting(ports), ports.now), attempts=attempts)
    ports.book.put(run)
    return run


def recovered(ports: FakePorts) -> list[ReportRun]:
    return [recover(ports, run) for run in stale_runs(ports)]


def message_of(run: ReportRun) -> tuple[str, dict[str, str]]:
    return ACME, {"partner_id": ACME, "report_run_id": run.report_run_id}


def test_a_run_whose_message_was_lost_is_handed_over_again() -> None:
    ports = ports_with()
    run = waiting(ports)
    ports.now += LEASE.requeue_after
    assert [item.status for item in recovered(ports)] == [ReportRunStatus.REQUESTED]
    assert ports.report_queue.sent == [message_of(run)]


def test_a_run_is_not_handed_over_twice_in_five_minutes() -> None:
    ports = ports_with()
    waiting(ports)
    ports.now += LEASE.requeue_after
    assert len(recovered(ports)) == 1
    ports.now += LEASE.requeue_after - MOMENT
    assert recovered(ports) == []
    ports.now += MOMENT
    assert len(recovered(ports)) == 1


def test_work_under_way_is_left_alone() -> None:
    ports = ports_with()
    waiting(ports)
    running(ports)
    ports.now += LEASE.requeue_after - MOMENT
    assert recovered(ports) == []
    assert ports.report_queue.sent == []


def test_a_run_that_nobody_starts_for_a_day_fails_with_a_reason() -> None:
    ports = ports_with()
    waiting(ports)
    ports.later(days=1)
    (run,) = recovered(ports)
    assert (run.status, run.reason) == (ReportRunStatus.FAILED, NEVER_STARTED)
    assert ports.report_queue.sent == []


@pytest.mark.parametrize("attempts", range(1, LEASE.max_attempts))
def test_a_run_whose_worker_died_is_handed_over_again(attempts: int) -> None:
    ports = ports_with(account(1))
    run = running(ports, attempts)
    ports.now += LEASE.duration
    assert [item.status for item in recovered(ports)] == [ReportRunStatus.REQUESTED]
    assert ports.report_queue.sent == [message_of(run)]
    done = make(ports, ACME, run.report_run_id)
    assert done is not None
    assert (done.status, done.attempts) == (ReportRunStatus.READY, attempts + 1)


def test_a_run_whose_workers_die_three_times_fails_with_a_reason_and_without_files() -> None:
    ports = ports_with()
    run = running(ports, LEASE.max_attempts)
    ports.files.kept[f"{run.folder}2/half.csv"] = b""
    ports.now += LEASE.duration
    (after,) = recovered(ports)
    assert (after.status, after.reason) == (ReportRunStatus.FAILED, NEVER_FINISHED)
    assert ports.files.kept == {}


def test_files_expire_and_their_record_stays() -> None:
    ports = ports_with(account(1))
    run = make(ports, ACME, waiting(ports).report_run_id)
    assert run is not None
    ports.later(days=30, seconds=-1)
    assert recovered(ports) == []
    ports.later(seconds=1)
    assert run.status_at(ports.now) is ReportRunStatus.EXPIRED
    (after,) = recovered(ports)
    assert (after.status, after.files, after.rows) == (ReportRunStatus.EXPIRED, (), 1)
    assert ports.files.kept == {}
    assert ports.report_runs.get(ACME, run.report_run_id) == after
    assert recovered(ports) == []


def test_an_index_that_lags_does_not_bring_back_what_is_done() -> None:
    ports = ports_with(account(1))
    run = waiting(ports)
    ports.book.lag()
    done = make(ports, ACME, run.report_run_id)
    ports.now += LEASE.requeue_after
    assert recovered(ports) == [done]
    assert ports.report_queue.sent == []
