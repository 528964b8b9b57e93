"""Runs the imports that the queue names, each for one shift at most."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from chalice.app import Blueprint

from chalicelib.jobs.decorators import count, each_message
from chalicelib.services.imports.worker import run
from chalicelib.services.rate_limiter import RateLimiter

if TYPE_CHECKING:
    from chalicelib.domain.kernel.queues import Message
    from chalicelib.jobs.decorators import LogFields
    from chalicelib.services.ports import ImportWorkerPorts

blueprint = Blueprint(__name__)


@blueprint.on_sqs_message("imports", batch_size=1)
@each_message
def import_worker(ports: ImportWorkerPorts, message: Message) -> LogFields:
    """Go on with one import."""
    after = run(ports, message["partner_id"], message["import_id"], RateLimiter(ports.import_rows_per_second))
    if after is None:
        return {"nothing_to_do": True}
    count(f"Imports{after.status.value.capitalize()}")
    return {"kind": after.kind.value, "status": after.status.value, "progress": after.progress, **asdict(after.counts)}
