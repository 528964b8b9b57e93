"""Sends the mails that the queue names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalice.app import Blueprint

from chalicelib.jobs.decorators import count, each_message
from chalicelib.services.mail.send_worker import deliver

if TYPE_CHECKING:
    from chalicelib.domain.kernel.queues import Message
    from chalicelib.jobs.decorators import LogFields
    from chalicelib.services.ports import SendWorkerPorts

blueprint = Blueprint(__name__)


@blueprint.on_sqs_message("deliveries", batch_size=1)
@each_message
def delivery_worker(ports: SendWorkerPorts, message: Message) -> LogFields:
    """Send one mail."""
    delivery = deliver(ports, message["partner_id"], message["delivery_id"])
    if delivery is None:
        return {"nothing_to_do": True}
    count(f"Mails{delivery.status.value.capitalize()}")
    return {"kind": delivery.kind.value, "status": delivery.status.value, "attempts": delivery.attempts}
