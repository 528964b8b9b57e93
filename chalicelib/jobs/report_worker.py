"""Makes the report runs that the queue names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalice.app import Blueprint

from chalicelib.jobs.decorators import count, each_message
from chalicelib.services.report_runs.worker import make

if TYPE_CHECKING:
    from chalicelib.domain.kernel.queues import Message
    from chalicelib.jobs.decorators import LogFields
    from chalicelib.services.ports import ReportWorkerPorts

blueprint = Blueprint(__name__)


@blueprint.on_sqs_message("reports", batch_size=1)
@each_message
def report_worker(ports: ReportWorkerPorts, message: Message) -> LogFields:
    """Make one report run."""
    run = make(ports, message["partner_id"], message["report_run_id"])
    if run is None:
        return {"nothing_to_do": True}
    count(f"ReportRuns{run.status.value.capitalize()}")
    return {
        "report": run.request.report,
        "formats": run.request.formats,
        "status": run.status.value,
        "rows": run.rows,
        "seconds": run.seconds,
        "attempts": run.attempts,
    }
