"""The row limit of the formats that hold a file in memory or on disk while they write it: PDF, HTML and XLS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.kernel.errors import Invalid
from chalicelib.reports.catalogue import REPORTS
from chalicelib.reports.report import Asked
from chalicelib.reports.request_validation import row_limited

if TYPE_CHECKING:
    from datetime import date

    from chalicelib.domain.ports import Ports
    from chalicelib.domain.report_runs.report_runs import ReportRequest
    from chalicelib.reports.report import Report


def asked_on(day: date, partner_id: str, request: ReportRequest) -> Asked:
    """What a request asks for on a day."""
    return Asked(partner_id=partner_id, today=day, status=request.status, filters=request.filters)


def require_writable(ports: Ports, partner_id: str, request: ReportRequest) -> None:
    """Refuse a run of which the counters already tell that it has too many rows for a format."""
    asked = asked_on(ports.clock().date(), partner_id, request)
    if row_limited(request) and asked.unfiltered:
        _require_at_most(ports.spooled_row_limit, _expected(ports, request, asked) or 0, request)


def require_countable(ports: Ports, partner_id: str, request: ReportRequest) -> int | None:
    """Refuse a run with too many rows for a format before anything of it is written, counting them where need be.

    Gives the number of rows to expect, as far as that is known.
    """
    asked, limit = asked_on(ports.clock().date(), partner_id, request), ports.spooled_row_limit
    expected = _expected(ports, request, asked)
    if row_limited(request) and (expected is None or expected > limit):
        expected = _rows(ports, REPORTS[request.report], asked)
        _require_at_most(limit, expected, request)
    return expected


def _expected(ports: Ports, request: ReportRequest, asked: Asked) -> int | None:
    return REPORTS[request.report].most_rows(ports.counters.summary(asked.partner_id), asked)


def _rows(ports: Ports, report: Report, asked: Asked) -> int:
    return sum(len(report.sheet.rows(batch, asked)) for batch in report.read(ports, asked))


def _require_at_most(limit: int, rows: int, request: ReportRequest) -> None:
    if rows <= limit:
        return
    names = " and ".join(name.upper() for name in row_limited(request))
    raise Invalid.field(
        "/formats",
        f"This report has {rows:,} rows, and {names} hold at most {limit:,}. "
        "Choose CSV or XLSX, which have no limit, or narrow it with filters.",
    )
