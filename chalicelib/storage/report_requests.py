"""What is asked of a report as attributes, the same in the rows of runs and of schedules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.domain.account_filters import plain, query_of
from chalicelib.domain.reports import ReportRequest

if TYPE_CHECKING:
    from chalicelib.storage.tables.report_runs import ReportRuns
    from chalicelib.storage.tables.report_schedules import ReportSchedules

SAME = "report formats status email_to announces".split()


def request_attributes(request: ReportRequest) -> dict[str, Any]:
    """The request's attributes."""
    filters = plain(request.filters)
    return {
        **{name: getattr(request, name) for name in SAME},
        "filters": msgspec.json.encode(filters).decode() if filters else None,
    }


def request_of(row: ReportRuns | ReportSchedules) -> ReportRequest:
    """The request that a row holds."""
    return ReportRequest(
        **{name: getattr(row, name) for name in SAME},
        filters=query_of(msgspec.json.decode(row.filters or "{}")),
    )
