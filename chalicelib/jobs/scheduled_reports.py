"""Starts the scheduled reports whose time has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalice.app import Blueprint, Rate

from chalicelib.jobs.decorators import count, job
from chalicelib.services.report_runs.scheduled_runs import run_due

if TYPE_CHECKING:
    from chalicelib.jobs.decorators import LogFields
    from chalicelib.services.ports import ScheduleWorkerPorts

blueprint = Blueprint(__name__)


@blueprint.schedule(Rate(5, Rate.MINUTES))
@job
def scheduled_reports(ports: ScheduleWorkerPorts) -> LogFields:
    """Look every five minutes; slots that passed while nothing looked are named in the one run that follows."""
    runs = list(run_due(ports))
    started = sum(run is not None for run in runs)
    count("ScheduledReportsStarted", started)
    return {"started": started, "left_for_next_time": len(runs) - started}
