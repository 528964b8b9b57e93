"""The tables of work under way: reports, imports, schedules, services, nights."""

from __future__ import annotations

from typing import ClassVar

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.domain.access import Role
from chalicelib.domain.accounts import Status
from chalicelib.domain.import_columns import ImportKind
from chalicelib.domain.imports import ImportState
from chalicelib.domain.reports import RunState
from chalicelib.domain.services_desk import ServiceKind, ServiceState
from chalicelib.storage.tables.attributes import ChoiceAttribute, DateAttribute, InstantAttribute, TextsAttribute


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


class ImportsByOpen(GlobalSecondaryIndex["Imports"]):
    """Those that are not done, the longest waiting first; sparse."""

    class Meta:
        index_name = "by_open"
        projection = AllProjection()

    open_bucket = UnicodeAttribute(hash_key=True)
    since = UnicodeAttribute(range_key=True)


class Imports(Model):
    """Imports, and of each partner the turn of the one that runs."""

    class Meta:
        table_name = "imports"

    by_open: ClassVar = ImportsByOpen()

    partner_id = UnicodeAttribute(hash_key=True)
    import_id = UnicodeAttribute(range_key=True)
    turn_of = UnicodeAttribute(null=True)
    version = NumberAttribute(null=True)
    kind = ChoiceAttribute(ImportKind, null=True)
    requested_by = UnicodeAttribute(null=True)
    role = ChoiceAttribute(Role, null=True)
    created_at = InstantAttribute(null=True)
    state = ChoiceAttribute(ImportState, null=True)
    started_at = InstantAttribute(null=True)
    finished_at = InstantAttribute(null=True)
    held_until = InstantAttribute(null=True)
    attempts = NumberAttribute(null=True)
    upload = UnicodeAttribute(null=True)
    total_rows = NumberAttribute(null=True)
    reached = UnicodeAttribute(null=True)
    tally = UnicodeAttribute(null=True)
    rejections = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    open_bucket = UnicodeAttribute(null=True)
    since = UnicodeAttribute(null=True)


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
    due_bucket = UnicodeAttribute(null=True)
    next_run_at = UnicodeAttribute(null=True)


class ServiceRequests(Model):
    """Professional services asked for."""

    class Meta:
        table_name = "service-requests"

    partner_id = UnicodeAttribute(hash_key=True)
    service_request_id = UnicodeAttribute(range_key=True)
    version = NumberAttribute()
    account_id = UnicodeAttribute()
    username = UnicodeAttribute()
    organization = UnicodeAttribute()
    kind = ChoiceAttribute(ServiceKind)
    brief = UnicodeAttribute()
    requested_by = UnicodeAttribute()
    requested_at = InstantAttribute()
    changed_at = InstantAttribute()
    budget = UnicodeAttribute(null=True)
    may_contact_client = BooleanAttribute()
    quote = UnicodeAttribute(null=True)
    price = UnicodeAttribute(null=True)
    state = ChoiceAttribute(ServiceState)


class NightlyRuns(Model):
    """Each night's run, and what it did for each partner."""

    class Meta:
        table_name = "nightly-runs"

    date = DateAttribute(hash_key=True)
    partner_id = UnicodeAttribute(range_key=True)
    started_at = InstantAttribute(null=True)
    partners = NumberAttribute(null=True)
    finished_at = InstantAttribute(null=True)
    settled = NumberAttribute(null=True)
    bonuses = NumberAttribute(null=True)
    failures = NumberAttribute(null=True)
    done_at = InstantAttribute(null=True)
