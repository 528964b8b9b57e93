"""Looks every five minutes for work that a crash kept from its queue or left half done: nothing waits for ever."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from chalice.app import Blueprint, Rate

from chalicelib import telemetry
from chalicelib.domain.errors import PartnerbookError
from chalicelib.domain.reports import RunState
from chalicelib.jobs.entry import job
from chalicelib.services.delivery_sweeping import sweep_deliveries
from chalicelib.services.import_sweeping import resend_stuck
from chalicelib.services.nightly import finish_nights
from chalicelib.services.report_sweeping import quiet_runs, sweep

if TYPE_CHECKING:
    from chalicelib.domain.ports import Ports
    from chalicelib.domain.reports import ReportRun
    from chalicelib.jobs.entry import Told

blueprint = Blueprint(__name__)
CROWDED_OUT = "left_for_next_time"


@blueprint.schedule(Rate(5, Rate.MINUTES))
@job
def sweeper(ports: Ports) -> Told:
    """Hand stuck report runs, imports and mails over again, give up hopeless ones, clear away expired files."""
    seen = Counter(_swept(ports, run) for run in quiet_runs(ports))
    imports = resend_stuck(ports)
    nights = finish_nights(ports)
    mails = sweep_deliveries(ports)
    stuck = seen[RunState.REQUESTED.value] + seen[RunState.FAILED.value] + imports
    telemetry.metrics().add_metric(name="StuckRuns", unit="Count", value=stuck)
    telemetry.metrics().add_metric(name="MailsUnsure", unit="Count", value=mails.get("unsure", 0))
    return {"report_runs": dict(seen), "imports": imports, "nights_finished": nights, "mails": mails}


def _swept(ports: Ports, run: ReportRun) -> str:
    """What became of it; one that cannot be seen to now does not hold the others up."""
    try:
        return sweep(ports, run).state.value
    except PartnerbookError:
        return CROWDED_OUT
