"""Starting the reports whose time has come: one run a slot, through the same path as by hand."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain.access import system_actor
from chalicelib.domain.changes import Change, Replace
from chalicelib.domain.kernel.errors import NotFound, PartnerbookError
from chalicelib.domain.report_runs.report_schedules import notes, ran
from chalicelib.domain.report_runs.transitions import requested
from chalicelib.services.report_runs import report_runs
from chalicelib.services.report_runs.report_schedules import with_recipients
from chalicelib.services.transactions import retry_on_conflict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.domain.report_runs.report_runs import ReportRun
    from chalicelib.domain.report_runs.report_schedules import ReportSchedule
    from chalicelib.services.ports import ScheduleWorkerPorts


def run_due(ports: ScheduleWorkerPorts) -> Iterator[ReportRun | None]:
    """Start what is due; None for one that could not be started now, which holds no other one up and comes again."""
    for due in ports.report_schedules.due(ports.clock()):
        try:
            run = _started(ports, due)
        except PartnerbookError:
            yield None
            continue
        if run:
            yield run


def _started(ports: ScheduleWorkerPorts, due: ReportSchedule) -> ReportRun | None:
    """Return the run for the slot, written together with the next slot: of two at the same moment one finds it done."""

    def prepared() -> Change[ReportRun | None]:
        schedule = ports.report_schedules.get(due.partner_id, due.report_schedule_id)
        return _begun(ports, schedule)

    with suppress(NotFound):
        return retry_on_conflict(ports.transaction_writer, prepared)
    return None


def _begun(ports: ScheduleWorkerPorts, schedule: ReportSchedule) -> Change[ReportRun | None]:
    at, partner = ports.clock(), ports.partners.get(schedule.partner_id)
    if schedule.paused or schedule.next_run_at > at or partner.suspended:
        return Change((), None)
    by, request = system_actor(schedule.partner_id), with_recipients(ports, schedule)
    run = requested(by, request, at, schedule.report_schedule_id)
    time_zone = partner.settings.time_zone
    after = ran(schedule, at, run.report_run_id, time_zone)
    run = replace(run, notes=notes(after.missed, time_zone))
    made = report_runs.creation(ports, by, run)
    return Change((Replace(schedule, after), *made.writes), run, made.after)
