"""Making a report run: once, from one reading, whole or not at all."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import xlrd

from chalicelib.domain.accounts.accounts import Owner, Status
from chalicelib.domain.accounts.codes import BonusStatus
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.accounts.query import AccountQuery
from chalicelib.domain.changes import Change, Remove, Replace
from chalicelib.domain.kernel.errors import Unavailable
from chalicelib.domain.report_runs.report_runs import ReportRequest, ReportRun, ReportRunStatus
from chalicelib.domain.report_runs.transitions import LEASE, requested, started
from chalicelib.reports.request_validation import ReportInput, checked
from chalicelib.services.report_runs.recovery import recover
from chalicelib.services.report_runs.worker import make
from tests.unit.reports.portfolio_of import ACME, ADMIN, account, ports_with

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.fakes import FakePorts

DETAILS = "managed-account-details"


def asked(ports: FakePorts, report: str = DETAILS, **changes: Any) -> ReportRun:
    """A run that waits to be made."""
    values = {"formats": ["csv"], "account_status": "O" if report == DETAILS else None, **changes}
    run = requested(ADMIN, checked(ReportInput(report=report, **values)), ports.now)
    ports.book.put(run)
    return run


def made(ports: FakePorts, run: ReportRun) -> ReportRun:
    """What becomes of a run in a worker's hands."""
    make(ports, ACME, run.report_run_id)
    return ports.report_runs.get(ACME, run.report_run_id)


def content(ports: FakePorts, run: ReportRun, format_: str = "csv") -> bytes:
    (file,) = (item for item in run.files if item.format == format_)
    return ports.files.kept[file.key]


def lines(ports: FakePorts, run: ReportRun, format_: str = "csv") -> list[list[str]]:
    return list(csv.reader(StringIO(content(ports, run, format_).decode("utf-8-sig"))))


def test_every_format_holds_the_same_rows_read_once() -> None:
    ports = ports_with(*(account(number) for number in range(30)))
    reads = count_reads(ports)
    run = made(ports, asked(ports, formats=["csv", "xlsx", "xls", "html"]))
    assert (run.status, run.rows, len(reads)) == (ReportRunStatus.READY, 30, 1)
    names = [f"account.{number}" for number in range(30)]
    assert [line[2] for line in lines(ports, run)[1:]] == names
    sheet = openpyxl.load_workbook(BytesIO(content(ports, run, "xlsx"))).worksheets[0]
    assert set(names) <= {cell.value for cell in sheet["C"]}
    book = xlrd.open_workbook(file_contents=content(ports, run, "xls"))
    assert set(names) <= set(book.sheet_by_index(0).col_values(2))
    assert all(name in content(ports, run, "html").decode() for name in names)


def count_reads(ports: FakePorts) -> list[Any]:
    reads: list[Any] = []
    rows = ports.accounts.rows

    def counted(*arguments: Any) -> Iterator[Any]:
        reads.append(arguments)
        return rows(*arguments)

    ports.accounts.rows = counted  # type: ignore[method-assign]
    return reads


def test_a_run_that_is_ready_tells_everything_about_itself() -> None:
    ports = ports_with(account(1))
    run = made(ports, asked(ports))
    (file,) = run.files
    assert (run.status, run.progress, run.rows, run.attempts, run.as_of) == (
        ReportRunStatus.READY,
        100,
        1,
        1,
        ports.now,
    )
    assert file.name == "partnerbook-managed-account-details-O-2026-11-05-1200-UTC.csv"
    assert file.key == f"reports/{ACME}/{run.report_run_id}/1/{file.name}"
    assert file.bytes == len(content(ports, run))
    assert run.expires_at is not None
    assert (run.expires_at - ports.now).days == 30


@pytest.mark.parametrize(
    "report", ["all-accounts-summary", DETAILS, "new-account-bonus-tracker", "cancels-and-move-outs", "portfolio"]
)
def test_headers_are_there_with_zero_rows(report: str) -> None:
    ports = ports_with()
    formats = ["csv"] if report == "portfolio" else ["csv", "html", "xls", "xlsx", "pdf"]
    run = made(ports, asked(ports, report, formats=formats))
    assert run.status is ReportRunStatus.READY, run.reason
    assert len(lines(ports, run)[0]) > 3
    assert all(file.bytes > 0 for file in run.files)


def test_the_summary_has_its_total_row_in_the_same_file() -> None:
    ports = ports_with(account(1), account(2, status=Status.TRIAL))
    run = made(ports, asked(ports, "all-accounts-summary"))
    assert lines(ports, run)[-1] == ["Total", "2", "0", "2"]
    assert run.rows == 4


def test_a_contact_list_is_written_beside_the_details_without_dangerous_rows() -> None:
    ports = ports_with(
        account(1), account(2, organization="=HYPERLINK(1)"), account(3, owner=Owner(email="c@example.com"))
    )
    run = made(ports, asked(ports, formats=["csv", "contacts"]))
    assert lines(ports, run, "contacts") == [
        ["email", "first_name", "last_name", "company_name"],
        ["ada1@example.com", "Ada", "Lovelace", "Organization 00001"],
        ["c@example.com", "", "", "Organization 00003"],
    ]
    assert len(lines(ports, run)) == 4
    assert len(run.notes) == 1
    assert run.notes[0].endswith("1 in all, row 1 (company_name).")


@pytest.mark.parametrize("times", [2, 5])
def test_the_same_message_again_does_nothing(times: int) -> None:
    ports = ports_with(account(1))
    run = made(ports, asked(ports))
    before, kept = ports.book.dump(), dict(ports.files.kept)
    for _ in range(times):
        assert make(ports, ACME, run.report_run_id) is None
    assert (ports.book.dump(), ports.files.kept) == (before, kept)


def test_two_workers_with_the_same_message_make_one_report() -> None:
    ports = ports_with(account(1))
    run = asked(ports)
    second: list[ReportRun | None] = []
    ports.transaction_writer.meanwhile.append(lambda: second.append(make(ports, ACME, run.report_run_id)))
    assert make(ports, ACME, run.report_run_id) is None
    assert second[0] is not None
    assert second[0].status is ReportRunStatus.READY
    assert len(ports.files.kept) == 1


def test_a_run_at_which_another_worker_is_is_left_to_it() -> None:
    ports = ports_with()
    run = started(asked(ports), ports.now)
    ports.book.put(run)
    ports.later(seconds=600)
    assert make(ports, ACME, run.report_run_id) is None
    assert ports.report_runs.get(ACME, run.report_run_id) == run


def test_a_run_whose_worker_died_is_made_again_and_its_leavings_are_cleared_away() -> None:
    ports = ports_with(account(1))
    run = started(asked(ports), ports.now)
    ports.book.put(run)
    ports.files.kept[f"{run.attempt_folder}half.csv"] = b"half"
    ports.later(seconds=int(LEASE.duration.total_seconds()))
    done = made(ports, run)
    assert (done.status, done.attempts) == (ReportRunStatus.READY, 2)
    assert list(ports.files.kept) == [done.files[0].key]
    assert "/2/" in done.files[0].key


def test_a_message_about_a_run_that_was_taken_away_does_nothing() -> None:
    ports = ports_with()
    assert make(ports, ACME, "run_gone") is None


def test_a_run_taken_away_while_it_is_made_leaves_no_files() -> None:
    ports = ports_with(account(1))
    run = asked(ports)

    def taken_away() -> None:
        ports.transaction_writer.write(Change((Remove(ports.report_runs.get(ACME, run.report_run_id)),), None))

    ports.transaction_writer.meanwhile += [lambda: None, taken_away]
    assert make(ports, ACME, run.report_run_id) is None
    assert ports.files.kept == {}
    assert ports.book.all(ReportRun) == []


@pytest.mark.parametrize("lost", [1, 2])
def test_a_step_whose_answer_was_lost_is_not_taken_for_another_workers(lost: int) -> None:
    ports = ports_with(account(1))
    run = asked(ports)
    ports.transaction_writer.lost_answers = lost
    assert made(ports, run).status is ReportRunStatus.READY
    assert len(ports.files.kept) == 1


def broken_after(ports: FakePorts, batches: int) -> None:
    """Reading breaks after so many batches."""
    rows = ports.accounts.rows

    def breaking(*arguments: Any) -> Iterator[Any]:
        for number, batch in enumerate(rows(*arguments)):
            if number == batches:
                raise ConnectionError
            yield batch
        raise ConnectionError

    ports.accounts.rows = breaking  # type: ignore[method-assign]


def test_a_failure_in_the_middle_leaves_no_file_and_puts_the_run_back() -> None:
    ports = ports_with(account(1))
    run = asked(ports, formats=["csv", "xlsx"])
    broken_after(ports, 1)
    with pytest.raises(ConnectionError):
        make(ports, ACME, run.report_run_id)
    after = ports.report_runs.get(ACME, run.report_run_id)
    assert (after.status, after.attempts, ports.files.kept) == (ReportRunStatus.REQUESTED, 1, {})


def test_a_file_that_cannot_be_stored_leaves_none_of_the_others_offered() -> None:
    ports = ports_with(account(1))
    run = asked(ports, formats=["csv", "xlsx"])
    ports.files.broken = True
    with pytest.raises(OSError, match="reports/"):
        make(ports, ACME, run.report_run_id)
    assert ports.report_runs.get(ACME, run.report_run_id).files == ()
    again = made(ports, run)
    assert again.status is ReportRunStatus.READY
    assert sorted(ports.files.kept) == sorted(file.key for file in again.files)


def test_after_three_attempts_a_run_fails_with_a_sentence_for_people() -> None:
    ports = ports_with(account(1))
    run = asked(ports)
    broken_after(ports, 0)
    for _ in range(LEASE.max_attempts):
        with pytest.raises(ConnectionError):
            make(ports, ACME, run.report_run_id)
    after = ports.report_runs.get(ACME, run.report_run_id)
    assert (after.status, after.attempts) == (ReportRunStatus.FAILED, 3)
    assert after.reason == "Something went wrong on our side 3 times, so it was given up. Run the report again."


def test_a_worker_that_died_in_the_last_attempt_is_not_followed_by_a_fourth() -> None:
    """The queue gives the message again although nobody could write that the run failed."""
    ports = ports_with(account(1))
    run = asked(ports)
    last = replace(
        run,
        status=ReportRunStatus.RUNNING,
        attempts=LEASE.max_attempts,
        last_heartbeat_at=ports.now,
        version=run.version + 1,
    )
    ports.transaction_writer.write(Change((Replace(run, last),), last))
    ports.later(days=1)
    assert make(ports, ACME, run.report_run_id) is None
    assert ports.report_runs.get(ACME, run.report_run_id).attempts == LEASE.max_attempts
    assert recover(ports, last).status is ReportRunStatus.FAILED


def test_too_many_rows_for_a_format_fail_the_run_before_anything_is_written() -> None:
    ports = ports_with(*(account(number, plan=Plan.LITE) for number in range(4)))
    ports.spooled_row_limit = 3
    run = made(ports, asked(ports, formats=["pdf", "csv"], filters=AccountQuery(plan=Plan.LITE)))
    assert run.status is ReportRunStatus.FAILED
    assert run.reason == (
        "This report has 4 rows, and PDF hold at most 3. "
        "Choose CSV or XLSX, which have no limit, or narrow it with filters."
    )
    assert ports.files.kept == {}


def test_a_filter_that_leaves_few_enough_rows_is_counted_and_made() -> None:
    ports = ports_with(account(0, plan=Plan.LITE), *(account(number) for number in range(1, 5)))
    ports.spooled_row_limit = 3
    run = made(ports, asked(ports, formats=["html"], filters=AccountQuery(plan=Plan.LITE)))
    assert (run.status, run.rows) == (ReportRunStatus.READY, 1)


def moving(ports: FakePorts, times: int) -> Callable[[], int]:
    """So many times, an account comes while accounts are read."""
    rows, readings = ports.accounts.rows, [0]

    def with_more(*arguments: Any) -> Iterator[Any]:
        yield from rows(*arguments)
        readings[0] += 1
        if readings[0] <= times:
            ports.book.put(account(100 + readings[0]))

    ports.accounts.rows = with_more  # type: ignore[method-assign]
    return lambda: readings[0]


@pytest.mark.parametrize("times", [0, 1, 2])
def test_accounts_that_move_while_they_are_read_are_read_again(times: int) -> None:
    ports = ports_with(account(1))
    readings = moving(ports, times)
    run = made(ports, asked(ports))
    assert (run.rows, readings(), run.notes) == (1 + times, 1 + times, ())
    assert len(lines(ports, run)) == 2 + times
    assert len(ports.files.kept) == 1


def test_the_third_time_the_report_says_so() -> None:
    ports = ports_with(account(1))
    readings = moving(ports, 99)
    run = made(ports, asked(ports, formats=["html"]))
    assert (run.status, run.rows, readings()) == (ReportRunStatus.READY, 3, 3)
    assert run.notes == ("Accounts changed while this report was read: it has 3 rows, and now there are 4 accounts.",)
    assert "it has 3 rows, and now there are 4 accounts" in content(ports, run, "html").decode()


def test_a_filtered_report_is_read_once_because_the_counters_do_not_tell() -> None:
    ports = ports_with(account(1))
    readings = moving(ports, 99)
    assert made(ports, asked(ports, filters=AccountQuery(plan=Plan.STANDARD))).rows == 1
    assert readings() == 1


def in_batches(ports: FakePorts, size: int, seconds: int) -> None:
    """Accounts come in batches that take so long."""
    rows = ports.accounts.rows

    def slow(*arguments: Any) -> Iterator[Any]:
        for batch in rows(*arguments):
            for start in range(0, len(batch), size):
                ports.later(seconds=seconds)
                yield batch[start : start + size]

    ports.accounts.rows = slow  # type: ignore[method-assign]


def progress_of(ports: FakePorts) -> list[tuple[int, int | None]]:
    steps = (change.result for change in ports.transaction_writer.committed if isinstance(change.result, ReportRun))
    return [(step.progress, step.rows) for step in steps if step.status is ReportRunStatus.RUNNING]


def test_progress_is_told_every_two_seconds() -> None:
    ports = ports_with(*(account(number) for number in range(10)))
    run = asked(ports)
    in_batches(ports, 2, seconds=1)
    made(ports, run)
    assert progress_of(ports) == [(0, None), (40, 4), (80, 8)]


def test_progress_that_cannot_be_written_does_not_stop_the_report() -> None:
    ports = ports_with(*(account(number) for number in range(10)))
    run = asked(ports)
    in_batches(ports, 2, seconds=1)
    ports.transaction_writer.meanwhile += [
        lambda: None,
        lambda: ports.transaction_writer.failures.append(Unavailable()),
    ]
    assert made(ports, run).status is ReportRunStatus.READY
    assert progress_of(ports) == [(0, None), (60, 6), (99, 10)]


def test_the_calendar_acts_before_the_first_report_of_the_day_is_read() -> None:
    overdue = account(1, status=Status.TRIAL, plan=Plan.TRIAL, trial_ends_on=date(2026, 11, 6), initial_upgrade_on=None)
    ports = ports_with(replace(overdue, bonus_status=BonusStatus.NOT_STARTED, bonus_earned_on=None))
    assert made(ports, asked(ports, account_status="T")).rows == 1
    ports.later(days=1)
    assert made(ports, asked(ports, account_status="T")).rows == 0
    assert made(ports, asked(ports, account_status="E")).rows == 1
    summary = made(ports, asked(ports, "all-accounts-summary"))
    assert lines(ports, summary)[3] == ["Expired trials", "1", "0", "1"]


def test_nobody_is_asked_to_make_a_report_of_another_partners_accounts() -> None:
    ports = ports_with(account(1), replace(account(2), partner_id="prt_other"))
    assert made(ports, asked(ports)).rows == 1


def test_a_request_keeps_what_it_asked_for_whatever_becomes_of_it() -> None:
    ports = ports_with(account(1))
    run = asked(ports)
    assert made(ports, run).request == ReportRequest(report=DETAILS, formats=("csv",), account_status=Status.OPEN)
