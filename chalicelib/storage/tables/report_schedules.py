"""The table of scheduled reports."""

from __future__ import annotations

from typing import ClassVar

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.domain.accounts import Status
from chalicelib.storage.tables.attributes import ChoiceAttribute, InstantAttribute, TextsAttribute


class ReportSchedulesByDue(GlobalSecondaryIndex["ReportSchedules"]):
    """Those to run next, of all partners; sparse."""

    class Meta:
        index_name = "by_due"
        projection = AllProjection()

    due_bucket = UnicodeAttribute(hash_key=True)
    next_run_at = UnicodeAttribute(range_key=True)


class ReportSchedules(Model):
    """Reports that come by themselves."""

    class Meta:
        table_name = "report-schedules"

    by_due: ClassVar = ReportSchedulesByDue()

    partner_id = UnicodeAttribute(hash_key=True)
    report_schedule_id = UnicodeAttribute(range_key=True)
    version = NumberAttribute()
    report = UnicodeAttribute()
    formats = TextsAttribute()
    status = ChoiceAttribute(Status, null=True)
    filters = UnicodeAttribute(null=True)
    email_to = TextsAttribute()
    announces = TextsAttribute()
    timing = UnicodeAttribute()
    created_by = UnicodeAttribute()
    created_at = InstantAttribute()
    next_run_at = InstantAttribute()
    paused = BooleanAttribute()
    last_run_at = InstantAttribute(null=True)
    last_report_run_id = UnicodeAttribute(null=True)
    missed = UnicodeAttribute(null=True)
    due_bucket = UnicodeAttribute(null=True)
