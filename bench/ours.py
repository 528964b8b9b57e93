"""A report as the product's worker writes it: Query pages, typed rows, encoder, multipart upload."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import cache
from io import StringIO
from typing import TYPE_CHECKING

from chalicelib.bootstrap import Container
from chalicelib.config import Settings
from chalicelib.domain.accounts.accounts import Status
from chalicelib.domain.partners.partners import Partner
from chalicelib.domain.report_runs.report_runs import ReportRequest, ReportRun
from chalicelib.reports.headings import heading
from chalicelib.reports.types.managed_account_details import REPORT
from chalicelib.services.report_runs.files import finish, open_outputs, read_into
from chalicelib.services.report_runs.limits import report_context

if TYPE_CHECKING:
    from chalicelib.reports.report import ReportContext

NOW = datetime(2026, 11, 5, 6, 30, tzinfo=UTC)
PARTNER = Partner(partner_id="part_1", name="Northwind Agency", created_at=NOW)


_container = cache(lambda: Container(Settings(table_prefix="bench-", files_bucket="bench")))
"""Made once a process, as the worker does."""


def write(format_: str, rows: int) -> None:
    """Managed Account Details with so many rows, read, written and uploaded."""
    run = _run(format_, rows)
    with ExitStack() as stack:
        outputs = open_outputs(stack, _container().files, run, heading(REPORT, run.request, PARTNER, NOW))
        reading = read_into(outputs, REPORT, _container(), _asked(run), lambda _: None)
        finish(outputs, reading, ())
    assert reading.rows == rows


def floor(rows: int) -> None:
    """The same rows read, and `csv.writer` writing them to nowhere: less cannot be done in plain Python."""
    asked = _asked(_run("csv", rows))
    for batch in REPORT.read(_container(), asked):
        csv.writer(StringIO()).writerows(REPORT.sheet.rows(batch, asked))


def _run(format_: str, rows: int) -> ReportRun:
    return ReportRun(
        partner_id=f"part_{rows}",
        report_run_id="run_1",
        request=ReportRequest(report=REPORT.code, formats=(format_,), account_status=Status.OPEN),
        requested_by="bench",
        requested_at=NOW,
        last_heartbeat_at=NOW,
    )


def _asked(run: ReportRun) -> ReportContext:
    return report_context(NOW.date(), run.partner_id, run.request)
