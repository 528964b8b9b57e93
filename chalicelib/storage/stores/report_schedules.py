"""Scheduled reports on DynamoDB."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.domain.kernel.errors import NotFound
from chalicelib.domain.report_runs.report_schedules import ReportSchedule, Timing
from chalicelib.storage.dynamo.attributes import InstantAttribute, sortable_instant
from chalicelib.storage.dynamo.mapper import Mapper, common_fields
from chalicelib.storage.dynamo.query import KeyQuery
from chalicelib.storage.stores.report_requests import ReportRequestRow, request_attributes, request_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.domain.kernel.paging import Page
    from chalicelib.storage.dynamo.reader import Reader


class ReportSchedulesByDue(GlobalSecondaryIndex["ReportSchedules"]):
    """Those to run next, of all partners; sparse."""

    class Meta:
        index_name = "by_due"
        projection = AllProjection()

    due_bucket = UnicodeAttribute(hash_key=True)
    next_run_at = UnicodeAttribute(range_key=True)


class ReportSchedules(ReportRequestRow, Model):
    """Reports that come by themselves."""

    class Meta:
        table_name = "report-schedules"

    by_due: ClassVar = ReportSchedulesByDue()

    partner_id = UnicodeAttribute(hash_key=True)
    report_schedule_id = UnicodeAttribute(range_key=True)
    version = NumberAttribute()
    timing = UnicodeAttribute()
    created_by = UnicodeAttribute()
    created_at = InstantAttribute()
    next_run_at = InstantAttribute()
    paused = BooleanAttribute()
    last_run_at = InstantAttribute(null=True)
    last_report_run_id = UnicodeAttribute(null=True)
    missed = UnicodeAttribute(null=True)
    due_bucket = UnicodeAttribute(null=True)


SAME = common_fields(ReportSchedule, ReportSchedules, apart=("timing", "missed"))
LIVE = "live"


def _attributes(schedule: ReportSchedule) -> dict[str, Any]:
    return {
        **{name: getattr(schedule, name) for name in SAME},
        **request_attributes(schedule.request),
        "timing": msgspec.json.encode(schedule.timing).decode(),
        "missed": msgspec.json.encode(schedule.missed).decode() if schedule.missed else None,
        "due_bucket": None if schedule.paused else LIVE,
    }


def _schedule(row: ReportSchedules) -> ReportSchedule:
    return ReportSchedule(
        **{name: getattr(row, name) for name in SAME},
        request=request_of(row),
        timing=msgspec.json.decode(row.timing, type=Timing),
        missed=msgspec.json.decode(row.missed or "[]", type=tuple[datetime, ...]),
    )


SCHEDULE = Mapper(
    entity_type=ReportSchedule, table=ReportSchedules, attributes=_attributes, from_row=_schedule, write_once_id=True
)


class DynamoReportSchedules:
    """A ReportScheduleStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, partner_id: str, report_schedule_id: str) -> ReportSchedule:
        """Return the schedule, read strongly consistent; `NotFound` also for another partner's."""
        schedule = self._reader.get(SCHEDULE, partner_id, report_schedule_id)
        if schedule is None:
            raise NotFound("There is no such scheduled report.")
        return schedule

    def of_partner(self, partner_id: str) -> list[ReportSchedule]:
        """Return the partner's schedules, read strongly consistent, the oldest first."""
        key_query = KeyQuery(table=ReportSchedules, partition=partner_id, consistent=True)
        return list(self._reader.all(SCHEDULE, key_query))

    def page(self, partner_id: str, after: str | None, limit: int) -> Page[ReportSchedule]:
        """Return the oldest first."""
        return self._reader.page(SCHEDULE, KeyQuery(table=ReportSchedules, partition=partner_id).after(after), limit)

    def due(self, until: datetime) -> Iterator[ReportSchedule]:
        """Schedules of all partners whose next run is due by then, the longest due first."""
        last = sortable_instant(until)
        return self._reader.all(SCHEDULE, KeyQuery(table=ReportSchedules, partition=LIVE, index="by_due", upper=last))
