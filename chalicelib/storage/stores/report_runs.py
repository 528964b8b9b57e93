"""Report runs on DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.domain.access import FORMER_NAMES
from chalicelib.domain.kernel.errors import NotFound
from chalicelib.domain.report_runs.report_runs import ReportFile, ReportRun, ReportRunStatus
from chalicelib.storage.dynamo.attributes import ChoiceAttribute, InstantAttribute, TextsAttribute, sortable_instant
from chalicelib.storage.dynamo.mapper import Mapper, common_fields
from chalicelib.storage.dynamo.query import KeyQuery
from chalicelib.storage.stores.failures import failed_of
from chalicelib.storage.stores.report_requests import ReportRequestRow, request_attributes, request_of

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.domain.kernel.paging import BoundedCount, Page
    from chalicelib.storage.dynamo.reader import Reader


class ReportRunsByOpen(GlobalSecondaryIndex["ReportRuns"]):
    """Those that are not done, the longest waiting first, and by partner those that failed; sparse."""

    class Meta:
        index_name = "by_open"
        projection = AllProjection()

    open_bucket = UnicodeAttribute(hash_key=True)
    since = UnicodeAttribute(range_key=True)


class ReportRuns(ReportRequestRow, Model):
    """Report runs, with what was asked for and their files."""

    class Meta:
        table_name = "report-runs"

    by_open: ClassVar = ReportRunsByOpen()

    partner_id = UnicodeAttribute(hash_key=True)
    report_run_id = UnicodeAttribute(range_key=True)
    version = NumberAttribute()
    requested_by = UnicodeAttribute()
    report_schedule_id = UnicodeAttribute(null=True)
    requested_at = InstantAttribute()
    last_heartbeat_at = InstantAttribute()
    status = ChoiceAttribute(ReportRunStatus)
    attempts = NumberAttribute()
    worker = UnicodeAttribute(null=True)
    started_at = InstantAttribute(null=True)
    finished_at = InstantAttribute(null=True)
    expires_at = InstantAttribute(null=True)
    progress = NumberAttribute()
    rows = NumberAttribute(null=True)
    as_of = InstantAttribute(null=True)
    files = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    notes = TextsAttribute()
    missing_glyphs = NumberAttribute()
    links_revoked_at = InstantAttribute(null=True)
    open_bucket = UnicodeAttribute(null=True)
    since = UnicodeAttribute(null=True)


SAME = common_fields(ReportRun, ReportRuns, apart=("files",))
INDEXED = (ReportRunStatus.REQUESTED, ReportRunStatus.RUNNING, ReportRunStatus.READY)
"""Statuses of which the runs are in the index: they end by themselves or by the sweeper."""


def _attributes(run: ReportRun) -> dict[str, Any]:
    return {
        **{name: getattr(run, name) for name in SAME},
        **request_attributes(run.request),
        "files": msgspec.json.encode(run.files).decode() if run.files else None,
        "open_bucket": _bucket(run),
        "since": _since(run),
    }


def _bucket(run: ReportRun) -> str | None:
    if run.status is ReportRunStatus.FAILED:
        return failed_of(run.partner_id)
    return run.status.value if run.status in INDEXED else None


def _since(run: ReportRun) -> str | None:
    """Return what the sweeper goes by: the run's last heartbeat, or when its files expire; else when it failed."""
    if _bucket(run) is None:
        return None
    return sortable_instant(run.expires_at or run.last_heartbeat_at)


def _run(row: ReportRuns) -> ReportRun:
    values = {name: getattr(row, name) for name in SAME}
    return ReportRun(
        **values | {"requested_by": FORMER_NAMES.get(values["requested_by"], values["requested_by"])},
        request=request_of(row),
        files=msgspec.json.decode(row.files or "[]", type=tuple[ReportFile, ...]),
    )


RUN = Mapper(entity_type=ReportRun, table=ReportRuns, attributes=_attributes, from_row=_run)


class DynamoReportRuns:
    """A ReportRunStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, partner_id: str, report_run_id: str) -> ReportRun:
        """Return the run, read strongly consistent; `NotFound` also for another partner's."""
        run = self._reader.get(RUN, partner_id, report_run_id)
        if run is None:
            raise NotFound("There is no such report run.")
        return run

    def page(self, partner_id: str, after: str | None, limit: int) -> Page[ReportRun]:
        """Return the newest first."""
        newest_first = KeyQuery(table=ReportRuns, partition=partner_id, descending=True)
        return self._reader.page(RUN, newest_first.after(after), limit)

    def stale(self, status: ReportRunStatus, until: datetime, limit: int) -> list[ReportRun]:
        """Runs in this state that nothing has happened to since then, or whose files expired by then."""
        waiting = KeyQuery(table=ReportRuns, partition=status.value, index="by_open", upper=sortable_instant(until))
        return self._reader.first(RUN, waiting, limit)

    def count_failed(self, partner_id: str, since: datetime, limit: int) -> BoundedCount:
        """Count the partner's runs that have failed since then, up to the limit."""
        failed = KeyQuery(
            table=ReportRuns, partition=failed_of(partner_id), index="by_open", lower=sortable_instant(since)
        )
        return self._reader.count(failed, limit)
