"""Records bounces and complaints: SES publishes to a topic, which fills the queue."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from chalice.app import Blueprint

from chalicelib.domain.kernel.clock import system_clock
from chalicelib.domain.kernel.errors import Unavailable
from chalicelib.jobs.decorators import count, each_message
from chalicelib.services.mail.bounces import Feedback, record_notification

if TYPE_CHECKING:
    from chalicelib.domain.kernel.queues import Message
    from chalicelib.jobs.decorators import LogFields
    from chalicelib.services.ports import MailWorkerPorts

blueprint = Blueprint(__name__)
NOT_NOTED_YET = timedelta(minutes=15)
"""A notification can be quicker than the note that its mail was sent, which the index has a moment later."""


@blueprint.on_sqs_message("bounces", batch_size=1)
@each_message
def bounce_worker(ports: MailWorkerPorts, message: Message) -> LogFields:
    """Mark one mail, and suppress its address where that is for good."""
    notification = event_of(message["Message"])
    feedback = bounce_of(notification)
    if feedback is None:
        return {"nothing_to_do": True}
    delivery = record_notification(ports, feedback)
    if delivery is None:
        _require_old(notification)
        return {"unknown": True}
    count("MailsComplained" if feedback.complaint else "MailsBounced")
    return {"partner_id": delivery.partner_id, "delivery_id": delivery.delivery_id, "status": delivery.status.value}


def event_of(text: str) -> dict[str, Any]:
    """Reads what SES published; nothing for a text that is no event.

    SES tries the topic of a new event destination with a plain text: "Successfully validated SNS topic for Amazon SES
    event publishing."
    """
    try:
        published = json.loads(text)
    except ValueError:
        return {}
    return published if isinstance(published, dict) else {}


def bounce_of(notification: dict[str, Any]) -> Feedback | None:
    """Return what SES says, in either of the two forms that it has for it; None for other news."""
    kind = notification.get("notificationType") or notification.get("eventType")
    if kind not in ("Bounce", "Complaint"):
        return None
    details = notification[kind.lower()]
    recipients = details["bouncedRecipients" if kind == "Bounce" else "complainedRecipients"]
    return Feedback(
        message_id=notification["mail"]["messageId"],
        complaint=kind == "Complaint",
        permanent=details.get("bounceType") == "Permanent",
        addresses=tuple(recipient["emailAddress"] for recipient in recipients),
    )


def _require_old(notification: dict[str, Any]) -> None:
    """Have a notification about a young mail come again; by the real clock, which SES goes by too."""
    sent_at = datetime.fromisoformat(notification["mail"]["timestamp"])
    if system_clock() - sent_at < NOT_NOTED_YET:
        raise Unavailable
