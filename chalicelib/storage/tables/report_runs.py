"""The table of report runs."""

from __future__ import annotations

from typing import ClassVar

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.domain.accounts import Status
from chalicelib.domain.reports import RunState
from chalicelib.storage.tables.attributes import ChoiceAttribute, InstantAttribute, TextsAttribute


class ReportRunsByOpen(GlobalSecondaryIndex["ReportRuns"]):
    """Those that are not done, the longest waiting first; sparse."""

    class Meta:
        index_name = "by_open"
        projection = AllProjection()

    open_bucket = UnicodeAttribute(hash_key=True)
    since = UnicodeAttribute(range_key=True)


class ReportRuns(Model):
    """Makings of a report."""

    class Meta:
        table_name = "report-runs"

    by_open: ClassVar = ReportRunsByOpen()

    partner_id = UnicodeAttribute(hash_key=True)
    report_run_id = UnicodeAttribute(range_key=True)
    version = NumberAttribute()
    report = UnicodeAttribute()
    formats = TextsAttribute()
    status = ChoiceAttribute(Status, null=True)
    filters = UnicodeAttribute(null=True)
    email_to = TextsAttribute()
    announces = TextsAttribute()
    requested_by = UnicodeAttribute()
    report_schedule_id = UnicodeAttribute(null=True)
    requested_at = InstantAttribute()
    heard_at = InstantAttribute()
    state = ChoiceAttribute(RunState)
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
