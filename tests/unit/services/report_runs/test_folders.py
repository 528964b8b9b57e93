"""Report files that a killed worker left behind are removed by the night."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chalicelib.domain.changes import Change, Insert
from chalicelib.domain.kernel.ids import ordered_id
from chalicelib.domain.report_runs.report_runs import ReportRequest, ReportRun
from chalicelib.domain.report_runs.transitions import failed, requested, started
from chalicelib.services.report_runs.folders import remove_leftovers
from chalicelib.services.report_runs.recovery import recover
from chalicelib.services.report_runs.worker import make
from tests.factories import a_partner, an_actor
from tests.fakes import FakePorts

ADMIN = an_actor()
PARTNER = ADMIN.partner_id


def book() -> FakePorts:
    ports = FakePorts()
    ports.book.put(a_partner())
    return ports


def a_run(ports: FakePorts, days_ago: int = 0) -> ReportRun:
    request = ReportRequest(report="portfolio", formats=("csv",))
    return started(requested(ADMIN, request, ports.now - timedelta(days=days_ago)), ports.now)


def with_file(ports: FakePorts, run: ReportRun) -> str:
    key = f"{run.attempt_folder}report.csv"
    ports.files.kept[key] = b"left"
    return key


def test_files_of_a_failed_run_are_removed_and_those_of_one_that_is_made_stay() -> None:
    ports = book()
    running, gone = a_run(ports), failed(a_run(ports), ports.now, "It broke.")
    ports.transaction_writer.write(Change((Insert(running), Insert(gone)), None))
    kept, _ = with_file(ports, running), with_file(ports, gone)
    assert remove_leftovers(ports, PARTNER) == 1
    assert list(ports.files.kept) == [kept]


@pytest.mark.parametrize(("days_ago", "removed"), [(29, 0), (31, 1)])
def test_files_without_a_record_stay_while_a_restored_table_may_know_their_run(days_ago: int, removed: int) -> None:
    ports = book()
    with_file(ports, a_run(ports, days_ago))
    assert remove_leftovers(ports, PARTNER) == removed
    assert len(ports.files.kept) == 1 - removed


def test_another_partners_folders_are_not_looked_at() -> None:
    ports = book()
    run = ordered_id("run", ports.now - timedelta(days=99))
    ports.files.kept[f"reports/{PARTNER}0/{run}/1/report.csv"] = b"theirs"
    assert remove_leftovers(ports, PARTNER) == 0
    assert len(ports.files.kept) == 1


def test_a_run_that_is_given_up_loses_its_files_before_its_record_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = book()
    run = requested(ADMIN, ReportRequest(report="portfolio", formats=("csv",)), ports.now)
    ports.transaction_writer.write(Change((Insert(run),), None))
    seen: list[bool] = []

    def refuse(*_: object) -> None:
        from chalicelib.domain.kernel.errors import Invalid

        ports.files.kept[f"{run.folder}1/report.csv"] = b"half"
        ports.transaction_writer.meanwhile = [lambda: seen.append(bool(ports.files.kept))]
        raise Invalid("Too many rows.")

    monkeypatch.setattr("chalicelib.services.report_runs.worker.require_countable", refuse)
    ended = make(ports, PARTNER, run.report_run_id)
    assert ended
    assert (ended.status, seen) == ("failed", [False])
    assert recover(ports, ended) == ended
