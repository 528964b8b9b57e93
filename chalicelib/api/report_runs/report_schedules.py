"""Scheduled reports over HTTP."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType, field, structs

from chalicelib.api.accounts.filters import AccountFilters
from chalicelib.api.http.answer import Answer
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.cursors import Next, PageQuery, next_cursor, start_after
from chalicelib.api.http.operation import Body, Instant, NoQuery, View
from chalicelib.api.http.request import Request
from chalicelib.api.report_runs.fields import MonthDay, Recipients, ReportCode, ReportFormat, StatusLetter, Weekday
from chalicelib.api.report_runs.report_runs import report_input
from chalicelib.api.report_runs.views import ReportRunView
from chalicelib.api.report_runs.views import present as present_run
from chalicelib.domain.accounts.accounts import Status
from chalicelib.domain.accounts.filters import plain
from chalicelib.domain.kernel.clock import instant_text
from chalicelib.domain.kernel.errors import Conflict
from chalicelib.domain.report_runs.report_runs import ReportRequest, ReportRun
from chalicelib.domain.report_runs.report_schedules import Frequency, ReportSchedule, Timing
from chalicelib.reports.request_validation import ReportInput
from chalicelib.services.report_runs import report_schedules

blueprint = Blueprint(__name__)


class TimingBody(Body):
    """When, in the time zone of the partner's settings."""

    frequency: Frequency
    hour: Annotated[int, Meta(ge=0, le=23)] = 6
    minute: Annotated[int, Meta(ge=0, le=59)] = 0
    weekday: Weekday | None = None
    day: MonthDay | None = None
    """Of a monthly one; a shorter month has it on its last day."""


class NewReportSchedule(Body):
    """A report to run by itself."""

    report: ReportCode
    formats: list[ReportFormat]
    timing: TimingBody
    account_status: StatusLetter | None = None
    filters: AccountFilters | UnsetType = UNSET
    email_to: Recipients = field(default_factory=list)
    """The recipients in the settings, where it is empty."""
    paused: bool = False


class ReportScheduleChange(Body):
    """What is left out stays; `filters` are replaced as a whole."""

    report: ReportCode | UnsetType = UNSET
    formats: list[ReportFormat] | UnsetType = UNSET
    timing: TimingBody | UnsetType = UNSET
    account_status: StatusLetter | UnsetType | None = UNSET
    filters: AccountFilters | UnsetType = UNSET
    email_to: Recipients | UnsetType = UNSET
    paused: bool | UnsetType = UNSET


class TimingView(View):
    """When a report runs, in the partner's time zone."""

    frequency: Frequency
    hour: int
    minute: int
    weekday: Weekday | None
    day: MonthDay | None


class ReportScheduleView(View):
    """A report that runs by itself."""

    report_schedule_id: str
    report: ReportCode
    formats: tuple[ReportFormat, ...]
    account_status: Status | None
    filters: dict[str, str | int | bool]
    email_to: tuple[str, ...]
    timing: TimingView
    paused: bool
    next_run_at: Instant | None
    """Null while it is paused."""
    last_run_at: Instant | None
    last_report_run_id: str | None
    created_by: str
    created_at: Instant
    version: int


class ReportScheduleList(View):
    """A page of report schedules, the oldest first."""

    items: list[ReportScheduleView]
    next: Next = UNSET


def present(schedule: ReportSchedule) -> ReportScheduleView:
    """Return the schedule as an answer."""
    asked, timing = schedule.request, schedule.timing
    return ReportScheduleView(
        report_schedule_id=schedule.report_schedule_id,
        report=asked.report,
        formats=asked.formats,
        account_status=asked.account_status,
        filters=plain(asked.filters),
        email_to=asked.email_to,
        timing=TimingView(timing.frequency, timing.hour, timing.minute, timing.weekday, timing.day),
        paused=schedule.paused,
        next_run_at=None if schedule.paused else instant_text(schedule.next_run_at),
        last_run_at=instant_text(schedule.last_run_at) if schedule.last_run_at else None,
        last_report_run_id=schedule.last_report_run_id,
        created_by=schedule.created_by,
        created_at=instant_text(schedule.created_at),
        version=schedule.version,
    )


@blueprint.operation("list_report_schedules", "GET /report-schedules")
def list_report_schedules(request: Request[None, PageQuery]) -> ReportScheduleList:
    """List scheduled reports, the oldest first."""
    query, partner_id = request.query, request.partner.partner_id
    page = report_schedules.page(request.ports, request.actor, start_after(query, partner_id), query.limit)
    return ReportScheduleList(items=list(map(present, page.items)), next=next_cursor(query, partner_id, page.next))


@blueprint.operation("create_report_schedule", "POST /report-schedules", status=201, refusals=(Conflict,))
def create_report_schedule(request: Request[NewReportSchedule, NoQuery]) -> Answer[ReportScheduleView]:
    """Schedule a report daily, weekly or monthly; each run is mailed to its recipients."""
    body = request.body
    asked = report_input(body.report, body.formats, body.account_status, body.filters, body.email_to)

    def created(schedule: ReportSchedule) -> Answer[ReportScheduleView]:
        return Answer(present(schedule), location=f"/report-schedules/{schedule.report_schedule_id}")

    return request.execute(
        lambda: report_schedules.create(request.ports, request.actor, asked, _timing(body.timing), paused=body.paused),
        created,
    )


@blueprint.operation("get_report_schedule", "GET /report-schedules/{report_schedule_id}")
def get_report_schedule(request: Request[None, NoQuery], report_schedule_id: str) -> ReportScheduleView:
    """Get a scheduled report."""
    return present(report_schedules.find(request.ports, request.actor, report_schedule_id))


@blueprint.operation("change_report_schedule", "PATCH /report-schedules/{report_schedule_id}", versioned=True)
def change_report_schedule(
    request: Request[ReportScheduleChange, NoQuery], report_schedule_id: str
) -> Answer[ReportScheduleView]:
    """Change a scheduled report, pause it or let it go on."""
    current = report_schedules.find(request.ports, request.actor, report_schedule_id)
    body = request.body
    wanted = report_schedules.ScheduleChange(
        report_input=_asked_anew(body, current.request),
        timing=None if body.timing is UNSET else _timing(body.timing),
        paused=None if body.paused is UNSET else body.paused,
    )
    return request.execute(
        lambda: report_schedules.change(request.ports, request.actor, report_schedule_id, request.version, wanted),
        present,
    )


@blueprint.operation("delete_report_schedule", "DELETE /report-schedules/{report_schedule_id}", status=204)
def delete_report_schedule(request: Request[None, NoQuery], report_schedule_id: str) -> Answer[None]:
    """Take a scheduled report away; the runs that it made stay."""

    def deleted(_: ReportSchedule) -> Answer[None]:
        return Answer(None)

    return request.execute(lambda: report_schedules.delete(request.ports, request.actor, report_schedule_id), deleted)


@blueprint.operation("try_report_schedule", "POST /report-schedules/{report_schedule_id}/runs", status=202)
def try_report_schedule(request: Request[None, NoQuery], report_schedule_id: str) -> Answer[ReportRunView]:
    """Run a scheduled report now, mail included; its next run stays when it is."""

    def requested(run: ReportRun) -> Answer[ReportRunView]:
        return Answer(present_run(request.ports, run), location=f"/reports/{run.report_run_id}")

    return request.execute(
        lambda: report_schedules.try_now(request.ports, request.actor, report_schedule_id),
        requested,
    )


def _timing(body: TimingBody) -> Timing:
    return Timing(**structs.asdict(body))


def _asked_anew(body: ReportScheduleChange, current: ReportRequest) -> ReportInput | None:
    """Return the request with what the body says of it in place of what it was; None where that is nothing."""
    values = (body.report, body.formats, body.account_status, body.filters, body.email_to)
    if all(value is UNSET for value in values):
        return None
    asked = report_input(
        current.report if body.report is UNSET else body.report,
        list(current.formats) if body.formats is UNSET else body.formats,
        current.account_status if body.account_status is UNSET else body.account_status,
        body.filters,
        list(current.email_to) if body.email_to is UNSET else body.email_to,
    )
    return replace(asked, filters=current.filters) if body.filters is UNSET else asked
