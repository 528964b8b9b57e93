"""Scheduled reports: making, changing, pausing and deleting them, and trying one now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chalicelib.domain.audit import FieldChange, entry
from chalicelib.domain.changes import Change, Insert, Remove, Replace
from chalicelib.domain.kernel import ids
from chalicelib.domain.kernel.errors import Changed, Conflict
from chalicelib.domain.report_runs.report_schedules import MOST, ReportSchedule, moved, next_slot, require_valid
from chalicelib.domain.report_runs.transitions import requested
from chalicelib.reports.request_validation import checked
from chalicelib.services.mail.recipients import require_allowed
from chalicelib.services.report_runs.limits import require_writable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from chalicelib.domain.access import Actor
    from chalicelib.domain.changes import Write
    from chalicelib.domain.kernel.paging import Page
    from chalicelib.domain.ports import Ports
    from chalicelib.domain.report_runs.report_runs import ReportRequest, ReportRun
    from chalicelib.domain.report_runs.report_schedules import Timing
    from chalicelib.reports.request_validation import Asking


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleChange:
    """What somebody changes; None leaves it."""

    asking: Asking | None = None
    timing: Timing | None = None
    paused: bool | None = None


def find(ports: Ports, actor: Actor, report_schedule_id: str) -> ReportSchedule:
    """One schedule of the actor's partner."""
    return ports.report_schedules.get(actor.partner_id, report_schedule_id)


def page(ports: Ports, actor: Actor, after: str | None, limit: int) -> Page[ReportSchedule]:
    """The partner's schedules, the oldest first."""
    return ports.report_schedules.page(actor.partner_id, after, limit)


def create(ports: Ports, actor: Actor, asking: Asking, timing: Timing, *, paused: bool) -> Change[ReportSchedule]:
    """A new schedule; its first run is at its next slot."""
    request = _checked(ports, actor, asking, timing)
    if len(ports.report_schedules.of_partner(actor.partner_id)) >= MOST:
        raise Conflict(f"There are {MOST} scheduled reports already; delete one that is no longer needed.")
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
    return Change((Insert(schedule), _audited(ports, actor, "report_schedule.created", None, schedule)), schedule)


def change(
    ports: Ports, actor: Actor, report_schedule_id: str, version: int, wanted: ScheduleChange
) -> Change[ReportSchedule]:
    """Change a schedule; slots that pass while it is paused are not made up for."""
    was = find(ports, actor, report_schedule_id)
    if was.version != version:
        raise Changed("The schedule has changed since you read it. Read it again and repeat your change.")
    timing = wanted.timing or was.timing
    request = _checked(ports, actor, wanted.asking, timing) if wanted.asking else was.request
    require_valid(timing)
    paused = was.paused if wanted.paused is None else wanted.paused
    now = replace(was, request=request, timing=timing, paused=paused)
    if now == was:
        return Change((), was)
    slot = _next_slot(ports, was.partner_id, timing) if timing != was.timing or was.paused else was.next_run_at
    now = replace(now, next_run_at=slot, version=was.version + 1)
    return Change((Replace(was, now), _audited(ports, actor, "report_schedule.changed", was, now)), now)


def delete(ports: Ports, actor: Actor, report_schedule_id: str) -> Change[ReportSchedule]:
    """Take a schedule away; the runs that it made stay."""
    was = find(ports, actor, report_schedule_id)
    return Change((Remove(was), _audited(ports, actor, "report_schedule.deleted", was, None)), was)


def try_now(ports: Ports, actor: Actor, report_schedule_id: str) -> Change[ReportRun]:
    """Run it now as it would run by itself, mail included; its slots stay as they are. Hand it over once written."""
    schedule = find(ports, actor, report_schedule_id)
    request = with_recipients(ports, schedule)
    require_writable(ports, actor.partner_id, request)
    at = ports.clock()
    run = requested(actor, request, at, report_schedule_id)
    return Change((Insert(run), Insert(entry(actor, at, "report.requested", after=request))), run)


def with_recipients(ports: Ports, schedule: ReportSchedule) -> ReportRequest:
    """What is asked for at each run: mailed to the schedule's recipients, or else to those in the settings."""
    settings = ports.partners.get(schedule.partner_id).settings
    return replace(schedule.request, email_to=schedule.request.email_to or settings.recipients)


def in_time_zone(ports: Ports, partner_id: str, old_zone: str, new_zone: str) -> Iterator[Write]:
    """What a partner's new time zone changes: from now on its schedules run by that, each pending run on its day."""
    for was in ports.report_schedules.of_partner(partner_id):
        now = moved(was, old_zone, new_zone)
        if now != was:
            yield Replace(was, now)


def _checked(ports: Ports, actor: Actor, asking: Asking, timing: Timing) -> ReportRequest:
    request = checked(asking)
    require_valid(timing)
    return replace(request, email_to=require_allowed(ports, actor.partner_id, asking.email_to))


def _next_slot(ports: Ports, partner_id: str, timing: Timing) -> datetime:
    return next_slot(timing, ports.clock(), ports.partners.get(partner_id).settings.time_zone)


def _audited(ports: Ports, actor: Actor, kind: str, was: ReportSchedule | None, now: ReportSchedule | None) -> Insert:
    one = now or was
    told = (FieldChange("report_schedule", None, one.report_schedule_id if one else None),)
    return Insert(entry(actor, ports.clock(), kind, before=_told(was), after=_told(now), told=told))


def _told(schedule: ReportSchedule | None) -> Told | None:
    return Told(schedule.request, schedule.timing, schedule.paused) if schedule else None


@dataclass(frozen=True, slots=True)
class Told:
    """What the audit trail tells of a schedule."""

    request: ReportRequest
    timing: Timing
    paused: bool
