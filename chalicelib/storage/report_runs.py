"""Report runs on DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.domain.errors import NotFound
from chalicelib.domain.reports import ReportFile, ReportRun, RunState
from chalicelib.storage.codec import Codec
from chalicelib.storage.report_requests import request_attributes, request_of
from chalicelib.storage.selection import Selection
from chalicelib.storage.tables.attributes import sortable_instant
from chalicelib.storage.tables.report_runs import ReportRuns

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.domain.paging import Page
    from chalicelib.storage.reader import Reader

SAME = (
    "partner_id report_run_id version requested_by report_schedule_id requested_at heard_at state attempts worker "
    "started_at finished_at expires_at progress rows as_of reason notes missing_glyphs links_revoked_at"
).split()
QUIET = (RunState.REQUESTED, RunState.RUNNING, RunState.READY)
"""States that end by themselves or by the sweeper: those runs are in the index."""


def _attributes(run: ReportRun) -> dict[str, Any]:
    return {
        **{name: getattr(run, name) for name in SAME},
        **request_attributes(run.request),
        "files": msgspec.json.encode(run.files).decode() if run.files else None,
        "open_bucket": run.state.value if run.state in QUIET else None,
        "since": _since(run),
    }


def _since(run: ReportRun) -> str | None:
    """What the sweeper goes by: when the run was last heard of, or when its files expire."""
    if run.state not in QUIET:
        return None
    return sortable_instant(run.expires_at or run.heard_at)


def _run(row: ReportRuns) -> ReportRun:
    return ReportRun(
        **{name: getattr(row, name) for name in SAME},
        request=request_of(row),
        files=msgspec.json.decode(row.files or "[]", type=tuple[ReportFile, ...]),
    )


RUN = Codec(kind=ReportRun, table=ReportRuns, attributes=_attributes, entity=_run)


class DynamoReportRuns:
    """A ReportRunStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, partner_id: str, report_run_id: str) -> ReportRun:
        """The run, read strongly consistent; `NotFound` also for another partner's."""
        run = self._reader.get(RUN, partner_id, report_run_id)
        if run is None:
            raise NotFound("There is no such report run.")
        return run

    def page(self, partner_id: str, after: str | None, limit: int) -> Page[ReportRun]:
        """The newest first."""
        newest_first = Selection(table=ReportRuns, partition=partner_id, backwards=True)
        return self._reader.page(RUN, newest_first.after(after), limit)

    def quiet(self, state: RunState, until: datetime, limit: int) -> list[ReportRun]:
        """Runs in this state that nothing has happened to since then, or whose files expired by then."""
        waiting = Selection(table=ReportRuns, partition=state.value, index="by_open", last=sortable_instant(until))
        return self._reader.first(RUN, waiting, limit)
