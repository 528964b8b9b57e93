"""The report worker and the sweeper, called as Lambda calls them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.domain.accounts.accounts import Status
from chalicelib.domain.kernel.errors import Unavailable
from chalicelib.domain.report_runs.report_runs import ReportRequest, ReportRun, ReportRunStatus
from chalicelib.domain.report_runs.transitions import requested
from chalicelib.jobs.report_worker import report_worker
from chalicelib.jobs.sweeper import STEPS, StepsFailed, sweeper
from tests.unit.jobs.events import scheduled_event, sqs_event
from tests.unit.reports.portfolio_of import ACME, ADMIN

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes import FakePorts

    Lines = Callable[[], list[dict[str, Any]]]

REQUEST = ReportRequest(report="managed-account-details", formats=("csv",), account_status=Status.OPEN)


def waiting(ports: FakePorts) -> ReportRun:
    run = requested(ADMIN, REQUEST, ports.now)
    ports.book.put(run)
    return run


def message(run: ReportRun) -> dict[str, str]:
    return {"partner_id": run.partner_id, "report_run_id": run.report_run_id}


def test_the_worker_makes_the_run_that_a_message_names(ports: FakePorts, log: Lines, metrics: Lines) -> None:
    run = waiting(ports)
    assert report_worker(sqs_event(message(run)), None) == {"batchItemFailures": []}
    assert ports.report_runs.get(ACME, run.report_run_id).status is ReportRunStatus.READY
    (reported,), (metric,) = log(), metrics()
    assert (reported["report_run_id"], reported["result"]["status"], reported["result"]["rows"]) == (
        run.report_run_id,
        "ready",
        1,
    )
    assert metric["ReportRunsReady"] == [1.0]


def test_every_event_three_times_leaves_what_it_left_the_first_time(ports: FakePorts) -> None:
    event = sqs_event(message(waiting(ports)))
    report_worker(event, None)
    before, kept = ports.book.dump(), dict(ports.files.kept)
    for _ in range(2):
        assert report_worker(event, None) == {"batchItemFailures": []}
    assert (ports.book.dump(), ports.files.kept) == (before, kept)


def test_a_run_that_cannot_be_made_now_comes_again_without_holding_up_the_others(ports: FakePorts) -> None:
    first, second = waiting(ports), waiting(ports)
    ports.transaction_writer.meanwhile += [
        lambda: None,
        lambda: ports.transaction_writer.failures.append(Unavailable()),
    ]
    answer = report_worker(sqs_event(message(first), message(second)), None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "message-0"}]}
    assert ports.report_runs.get(ACME, second.report_run_id).status is ReportRunStatus.READY


def test_the_sweeper_hands_over_what_waits_and_counts_it(ports: FakePorts, log: Lines, metrics: Lines) -> None:
    run = waiting(ports)
    ports.later(seconds=300)
    sweeper(scheduled_event(), None)
    assert ports.report_queue.sent == [(ACME, message(run))]
    (reported,), (metric,) = log(), metrics()
    assert reported["result"]["report_runs"] == {"requested": 1}
    assert metric["StuckRuns"] == [1.0]


def test_a_quiet_sweep_is_told_too(ports: FakePorts, log: Lines, metrics: Lines) -> None:
    sweeper(scheduled_event(), None)
    (reported,), (metric,) = log(), metrics()
    assert (reported["result"]["report_runs"], metric["StuckRuns"]) == ({}, [0.0])


def test_a_run_that_cannot_be_seen_to_does_not_hold_up_the_others(ports: FakePorts, log: Lines) -> None:
    """An index still knows of a run that has been taken away."""
    gone, other = waiting(ports), waiting(ports)
    ports.book.lag()
    del ports.book.things[ReportRun, ACME, gone.report_run_id]
    ports.later(seconds=300)
    sweeper(scheduled_event(), None)
    assert ports.report_queue.sent == [(ACME, message(other))]
    assert log()[0]["result"]["report_runs"] == {"left_for_next_time": 1, "requested": 1}


@pytest.mark.parametrize("failing", STEPS)
def test_a_step_that_fails_does_not_hold_up_the_others_and_is_raised_when_they_are_done(
    ports: FakePorts, log: Lines, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    done: list[str] = []

    def step(name: str) -> Callable[[FakePorts], Any]:
        def work(_: FakePorts) -> Any:
            if name == failing:
                raise ConnectionError("ada@example.com")
            done.append(name)
            return 0 if name in ("imports", "bulk_operations", "nights_finished") else {}

        return work

    monkeypatch.setattr("chalicelib.jobs.sweeper.STEPS", {name: step(name) for name in STEPS})
    with pytest.raises(StepsFailed, match=f"1 of {len(STEPS)} steps"):
        sweeper(scheduled_event(), None)
    assert done == [name for name in STEPS if name != failing]
    assert (log()[0]["step"], log()[0]["error"]) == (failing, "builtins.ConnectionError")
    assert "ada@example.com" not in str(log())


def test_files_that_cannot_be_removed_now_do_not_keep_other_work_from_being_seen_to(
    ports: FakePorts, log: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    expired = waiting(ports)
    report_worker(sqs_event(message(expired)), None)

    def busy(_: str) -> int:
        raise Unavailable

    monkeypatch.setattr(ports.files, "delete_all", busy)
    ports.later(days=31)
    sweeper(scheduled_event(), None)
    assert set(log()[-1]["result"]) == set(STEPS)
    assert log()[-1]["result"]["report_runs"] == {"left_for_next_time": 1}
    assert ports.report_runs.get(ACME, expired.report_run_id).status is ReportRunStatus.READY
