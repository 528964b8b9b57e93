"""Scheduled reports: creates, changes, pauses and deletes them, and tries one now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chalicelib.domain.audit import AuditKind, FieldChange, entry
from chalicelib.domain.changes import Change, Insert, Remove, Replace
from chalicelib.domain.kernel import ids
from chalicelib.domain.kernel.errors import Conflict, StaleVersion
from chalicelib.domain.report_runs.report_schedules import (
    MAX_SCHEDULES,
    ReportSchedule,
    moved,
    next_slot,
    require_valid,
)
from chalicelib.domain.report_runs.transitions import requested
from chalicelib.reports.request_validation import checked
from chalicelib.services.mail.recipients import require_allowed
from chalicelib.services.report_runs.limits import require_writable
from chalicelib.services.report_runs.report_runs import creation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from chalicelib.domain.access import Actor
    from chalicelib.domain.changes import Write
    from chalicelib.domain.kernel.paging import Page
    from chalicelib.domain.ports import HasClock, HasPartners, HasReportSchedules
    from chalicelib.domain.report_runs.report_runs import ReportRequest, ReportRun
    from chalicelib.domain.report_runs.report_schedules import Timing
    from chalicelib.reports.request_validation import ReportInput
    from chalicelib.services.ports import ReportSchedulePorts, ScheduledRunPorts


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleChange:
    """What somebody changes; None leaves it."""

    report_input: ReportInput | None = None
    timing: Timing | None = None
    paused: bool | None = None


def find(ports: HasReportSchedules, actor: Actor, report_schedule_id: str) -> ReportSchedule:
    """Return one schedule of the actor's partner."""
    return ports.report_schedules.get(actor.partner_id, report_schedule_id)


def page(ports: HasReportSchedules, actor: Actor, after: str | None, limit: int) -> Page[ReportSchedule]:
    """Return the partner's schedules, the oldest first."""
    return ports.report_schedules.page(actor.partner_id, after, limit)


def create(
    ports: ReportSchedulePorts, actor: Actor, report_input: ReportInput, timing: Timing, *, paused: bool
) -> Change[ReportSchedule]:
    """Return a new schedule; its first run is at its next slot."""
    request = _checked(ports, actor, report_input, timing)
    if len(ports.report_schedules.of_partner(actor.partner_id)) >= MAX_SCHEDULES:
        raise Conflict(f"There are {MAX_SCHEDULES} scheduled reports already; delete one that is no longer needed.")
    at = ports.clock()
    schedule = ReportSchedule(
        partner_id=actor.partner_id,
        report_schedule_id=ids.ordered_id("sch", at),
        request=request,
        timing=timing,
        created_by=actor.subject,
        created_at=at,
        next_run_at=_next_slot(ports, actor.partner_id, timing),
        paused=paused,
    )
    return Change(
        (Insert(schedule), _audited(ports, actor, AuditKind.REPORT_SCHEDULE_CREATED, None, schedule)), schedule
    )


def change(
    ports: ReportSchedulePorts, actor: Actor, report_schedule_id: str, version: int, wanted: ScheduleChange
) -> Change[ReportSchedule]:
    """Change a schedule; slots that pass while it is paused are not made up for."""
    current = find(ports, actor, report_schedule_id)
    if current.version != version:
        raise StaleVersion("The schedule has changed since you read it. Read it again and repeat your change.")
    timing = wanted.timing or current.timing
    request = _checked(ports, actor, wanted.report_input, timing) if wanted.report_input else current.request
    require_valid(timing)
    paused = current.paused if wanted.paused is None else wanted.paused
    updated = replace(current, request=request, timing=timing, paused=paused)
    if updated == current:
        return Change((), current)
    slot = (
        _next_slot(ports, current.partner_id, timing)
        if timing != current.timing or current.paused
        else current.next_run_at
    )
    updated = replace(updated, next_run_at=slot, version=current.version + 1)
    return Change(
        (Replace(current, updated), _audited(ports, actor, AuditKind.REPORT_SCHEDULE_CHANGED, current, updated)),
        updated,
    )


def delete(ports: HasReportSchedules, actor: Actor, report_schedule_id: str) -> Change[ReportSchedule]:
    """Take a schedule away; the runs that it made stay."""
    current = find(ports, actor, report_schedule_id)
    return Change((Remove(current), _audited(ports, actor, AuditKind.REPORT_SCHEDULE_DELETED, current, None)), current)


def try_now(ports: ScheduledRunPorts, actor: Actor, report_schedule_id: str) -> Change[ReportRun]:
    """Run it now as it would run by itself, mail included; its slots stay as they are."""
    schedule = find(ports, actor, report_schedule_id)
    request = with_recipients(ports, schedule)
    require_writable(ports, actor.partner_id, request)
    return creation(ports, actor, requested(actor, request, ports.clock(), report_schedule_id))


def with_recipients(ports: HasPartners, schedule: ReportSchedule) -> ReportRequest:
    """Return what is asked for at each run: mailed to the schedule's recipients, or else to those in the settings."""
    settings = ports.partners.get(schedule.partner_id).settings
    return replace(schedule.request, email_to=schedule.request.email_to or settings.recipients)


def in_time_zone(ports: HasReportSchedules, partner_id: str, old_zone: str, new_zone: str) -> Iterator[Write]:
    """Yield what a partner's new time zone changes: its schedules run by that, each pending run on its day."""
    for current in ports.report_schedules.of_partner(partner_id):
        updated = moved(current, old_zone, new_zone)
        if updated != current:
            yield Replace(current, updated)


def _checked(ports: HasPartners, actor: Actor, report_input: ReportInput, timing: Timing) -> ReportRequest:
    request = checked(report_input)
    require_valid(timing)
    return replace(request, email_to=require_allowed(ports, actor.partner_id, report_input.email_to))


def _next_slot(ports: HasPartners, partner_id: str, timing: Timing) -> datetime:
    return next_slot(timing, ports.clock(), ports.partners.get(partner_id).settings.time_zone)


def _audited(
    ports: HasClock, actor: Actor, kind: AuditKind, current: ReportSchedule | None, updated: ReportSchedule | None
) -> Insert:
    schedule = updated or current
    extra_changes = (FieldChange("report_schedule", None, schedule.report_schedule_id if schedule else None),)
    return Insert(
        entry(
            actor,
            ports.clock(),
            kind,
            before=_audited_fields(current),
            after=_audited_fields(updated),
            extra_changes=extra_changes,
        )
    )


def _audited_fields(schedule: ReportSchedule | None) -> AuditedFields | None:
    return AuditedFields(schedule.request, schedule.timing, schedule.paused) if schedule else None


@dataclass(frozen=True, slots=True)
class AuditedFields:
    """What the audit trail tells of a schedule."""

    request: ReportRequest
    timing: Timing
    paused: bool
