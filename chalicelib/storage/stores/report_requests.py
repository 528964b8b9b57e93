"""What is asked of a report as attributes, the same in the rows of runs and of schedules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.domain.accounts.filters import plain, query_of
from chalicelib.domain.report_runs.report_runs import ReportRequest

if TYPE_CHECKING:
    from typing import Protocol

    class ReportRequestRow(Protocol):
        """A row of a run or of a schedule."""

        filters: Any


SAME = "report formats account_status email_to announces".split()


def request_attributes(request: ReportRequest) -> dict[str, Any]:
    """Return the request's attributes."""
    filters = plain(request.filters)
    return {
        **{name: getattr(request, name) for name in SAME},
        "filters": msgspec.json.encode(filters).decode() if filters else None,
    }


def request_of(row: ReportRequestRow) -> ReportRequest:
    """Return the request that a row holds."""
    return ReportRequest(
        **{name: getattr(row, name) for name in SAME},
        filters=query_of(msgspec.json.decode(row.filters or "{}")),
    )
