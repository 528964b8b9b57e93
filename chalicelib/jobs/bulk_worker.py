"""Runs the bulk operations that the queue names, each for one shift at most."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from chalice.app import Blueprint

from chalicelib.jobs.decorators import count, each_message
from chalicelib.services.bulk_operations.worker import run
from chalicelib.services.rate_limiter import RateLimiter

if TYPE_CHECKING:
    from chalicelib.domain.kernel.queues import Message
    from chalicelib.jobs.decorators import LogFields
    from chalicelib.services.ports import BulkWorkerPorts

blueprint = Blueprint(__name__)


@blueprint.on_sqs_message("bulk-operations", batch_size=1)
@each_message
def bulk_worker(ports: BulkWorkerPorts, message: Message) -> LogFields:
    """Go on with one bulk operation."""
    after = run(ports, message["partner_id"], message["bulk_operation_id"], RateLimiter(0))
    if after is None:
        return {"nothing_to_do": True}
    count(f"BulkOperations{after.status.value.capitalize()}")
    return {"operation": after.operation.value, "status": after.status.value, **asdict(after.counts)}
