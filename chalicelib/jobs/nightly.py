"""Begins the nightly run: every partner is enqueued for the settle workers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalice.app import Blueprint, Cron

from chalicelib.jobs.decorators import count, job
from chalicelib.services.nightly_runs.nightly_runs import begin

if TYPE_CHECKING:
    from chalicelib.jobs.decorators import LogFields
    from chalicelib.services.ports import NightlyRunPorts

blueprint = Blueprint(__name__)


@blueprint.schedule(Cron(10, 0, "*", "*", "?", "*"))
@job
def nightly(ports: NightlyRunPorts) -> LogFields:
    """Begin the night at ten past midnight UTC; begun again, it goes on with the partners that are not done."""
    run = begin(ports)
    count("PartnersToSettle", run.partners)
    return {"night": run.date.isoformat(), "partners": run.partners}
