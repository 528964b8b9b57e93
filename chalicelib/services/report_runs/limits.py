"""The row limit of the formats that hold a file in memory or on disk while they write it: PDF, HTML and XLS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.kernel.errors import Invalid
from chalicelib.reports.catalogue import REPORTS
from chalicelib.reports.report import ReportContext
from chalicelib.reports.request_validation import row_limited

if TYPE_CHECKING:
    from datetime import date

    from chalicelib.domain.ports import HasPartners
    from chalicelib.domain.report_runs.report_runs import ReportRequest
    from chalicelib.reports.report import Report
    from chalicelib.services.ports import ReportRequestPorts


def report_context(day: date, partner_id: str, request: ReportRequest) -> ReportContext:
    """Return what a request asks for on a day."""
    return ReportContext(
        partner_id=partner_id, today=day, account_status=request.account_status, filters=request.filters
    )


def require_writable(ports: ReportRequestPorts, partner_id: str, request: ReportRequest) -> None:
    """Refuse a run of which the counters already tell that it has too many rows for a format."""
    context = report_context(ports.clock().date(), partner_id, request)
    if row_limited(request) and context.unfiltered:
        _require_at_most(ports.spooled_row_limit, _expected(ports, request, context) or 0, request)


def require_countable(ports: ReportRequestPorts, partner_id: str, request: ReportRequest) -> int | None:
    """Refuse a run with too many rows for a format before anything of it is written, counting them where need be.

    Gives the number of rows to expect, as far as that is known.
    """
    context, limit = report_context(ports.clock().date(), partner_id, request), ports.spooled_row_limit
    expected = _expected(ports, request, context)
    if row_limited(request) and (expected is None or expected > limit):
        expected = _rows(ports, REPORTS[request.report], context)
        _require_at_most(limit, expected, request)
    return expected


def _expected(ports: HasPartners, request: ReportRequest, context: ReportContext) -> int | None:
    return REPORTS[request.report].most_rows(ports.counters.summary(context.partner_id), context)


def _rows(ports: ReportRequestPorts, report: Report, context: ReportContext) -> int:
    return sum(len(report.sheet.rows(batch, context)) for batch in report.read(ports, context))


def _require_at_most(limit: int, rows: int, request: ReportRequest) -> None:
    if rows <= limit:
        return
    names = " and ".join(name.upper() for name in row_limited(request))
    raise Invalid.field(
        "/formats",
        f"This report has {rows:,} rows, and {names} hold at most {limit:,}. "
        "Choose CSV or XLSX, which have no limit, or narrow it with filters.",
    )
