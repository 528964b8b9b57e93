"""Asking for a report run, handing it over, taking it away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.domain.accounts.accounts import Status
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.accounts.query import AccountQuery
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.changes import Change
from chalicelib.domain.kernel.errors import Invalid, NotFound
from chalicelib.domain.report_runs.report_runs import ReportRun, ReportRunStatus
from chalicelib.reports.request_validation import ReportInput
from chalicelib.services.report_runs import report_runs
from tests.unit.reports.portfolio_of import ACME, ADMIN, account, ports_with

if TYPE_CHECKING:
    from tests.fakes import FakePorts


def asking(**changes: Any) -> ReportInput:
    return replace(ReportInput(report="managed-account-details", formats=["csv"], account_status="O"), **changes)


def requested(ports: FakePorts, **changes: Any) -> ReportRun:
    change = report_runs.request(ports, ADMIN, asking(**changes))
    return ports.transaction_writer.write(change)


def test_a_run_is_written_with_its_audit_entry_in_one_transaction() -> None:
    ports = ports_with()
    run = requested(ports, report="portfolio", account_status=None, filters=AccountQuery(q="secret name"))
    assert len(ports.transaction_writer.committed) == 1
    assert ports.report_runs.get(ACME, run.report_run_id) == run
    assert (run.status, run.requested_by, run.requested_at) == (ReportRunStatus.REQUESTED, "admin", ports.now)
    (audited,) = ports.book.all(AuditEntry)
    reported = {change.field: change.new for change in audited.changes}
    assert (audited.kind, reported["report"], reported["formats"]) == ("report.requested", "portfolio", "csv")
    assert "secret" not in str(audited)


def test_a_refused_request_writes_nothing() -> None:
    ports = ports_with()
    with pytest.raises(Invalid):
        requested(ports, account_status="o")
    assert ports.transaction_writer.committed == []


def test_a_run_is_handed_over_in_its_partners_group() -> None:
    ports = ports_with()
    report_runs.enqueue(ports, ACME, "run_1")
    assert ports.report_queue.sent == [(ACME, {"partner_id": ACME, "report_run_id": "run_1"})]


def test_a_queue_that_cannot_be_reached_does_not_undo_the_request() -> None:
    ports = ports_with()
    ports.report_queue.full = True
    run = requested(ports)
    report_runs.enqueue(ports, ACME, run.report_run_id)
    assert ports.report_runs.get(ACME, run.report_run_id).status is ReportRunStatus.REQUESTED


@pytest.mark.parametrize("format_", ["pdf", "html", "xls"])
def test_more_rows_than_a_format_holds_are_refused_before_the_run_naming_csv_and_xlsx(format_: str) -> None:
    ports = ports_with(*(account(number) for number in range(4)))
    ports.spooled_row_limit = 3
    with pytest.raises(Invalid, match=rf"has 4 rows, and {format_.upper()} hold at most 3.*CSV or XLSX") as refused:
        requested(ports, formats=["csv", format_])
    assert refused.value.errors[0].pointer == "/formats"


def test_csv_and_xlsx_have_no_row_limit() -> None:
    ports = ports_with(*(account(number) for number in range(4)))
    ports.spooled_row_limit = 3
    assert requested(ports, formats=["csv", "xlsx", "contacts"])


@pytest.mark.parametrize(
    "changes",
    [
        {"account_status": "C"},
        {"filters": AccountQuery(plan=Plan.LITE)},
        {"report": "all-accounts-summary", "account_status": None},
        {"report": "cancels-and-move-outs", "account_status": None},
    ],
)
def test_a_report_that_may_have_fewer_rows_is_not_refused_unread(changes: dict[str, Any]) -> None:
    ports = ports_with(*(account(number) for number in range(7)))
    ports.spooled_row_limit = 6
    assert requested(ports, formats=["pdf"], **changes)


def test_another_partners_run_is_not_found() -> None:
    ports = ports_with()
    run = requested(ports)
    with pytest.raises(NotFound):
        report_runs.find(ports, replace(ADMIN, partner_id="prt_other"), run.report_run_id)


def test_a_run_is_taken_away_with_its_files_and_the_trail_says_so() -> None:
    ports = ports_with()
    run = requested(ports)
    ports.files.kept = {f"{run.folder}1/a.csv": b"", f"reports/{ACME}/other/1/a.csv": b""}
    change: Change[ReportRun] = report_runs.delete(ports, ADMIN, run.report_run_id)
    ports.transaction_writer.write(change)
    assert list(ports.files.kept) == [f"reports/{ACME}/other/1/a.csv"]
    assert ports.book.all(AuditEntry)[-1].kind == "report.deleted"
    with pytest.raises(NotFound):
        report_runs.find(ports, ADMIN, run.report_run_id)


def test_runs_are_listed_the_newest_first() -> None:
    ports = ports_with(account(1, status=Status.OPEN))
    made = []
    for _ in range(3):
        made.append(requested(ports).report_run_id)
        ports.later(seconds=1)
    first = report_runs.page(ports, ADMIN, None, 2)
    assert [run.report_run_id for run in first.items] == [made[2], made[1]]
    assert [run.report_run_id for run in report_runs.page(ports, ADMIN, first.next, 2).items] == [made[0]]
