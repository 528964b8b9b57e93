"""What the mail service tells of a mail afterwards: it came back, or its recipient complained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.domain.changes import Change, Put, Replace
from chalicelib.domain.mail.deliveries import DeliveryStatus, ended
from chalicelib.domain.mail.suppressions import Suppression, SuppressionReason, suppression_key
from chalicelib.services.transactions import retry_on_conflict

if TYPE_CHECKING:
    from chalicelib.domain.changes import Write
    from chalicelib.domain.mail.deliveries import Delivery
    from chalicelib.domain.ports import HasClock, HasMail
    from chalicelib.services.ports import MailWorkerPorts

CAME_BACK = "It came back: the address does not exist or takes no mail."
CAME_BACK_FOR_NOW = "It came back for now, for instance because the mailbox is full. Send it again later."
COMPLAINED = "The recipient marked it as unwanted."


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """One piece of news about one mail."""

    message_id: str
    complaint: bool
    permanent: bool
    addresses: tuple[str, ...]


def record_notification(ports: MailWorkerPorts, feedback: Feedback) -> Delivery | None:
    """Mark the delivery, and suppress the addresses where it is for good; None where the mail is not known."""
    return retry_on_conflict(ports.transaction_writer, lambda: _marked(ports, feedback))


def _marked(ports: HasMail, feedback: Feedback) -> Change[Delivery | None]:
    indexed = ports.deliveries.by_message(feedback.message_id)
    current = ports.deliveries.get(indexed.partner_id, indexed.delivery_id) if indexed else None
    status, reason = _meaning(feedback)
    if current is None or current.message_id != feedback.message_id or current.status is status:
        return Change(_suppressed(ports, feedback), current)
    updated = ended(current, status, ports.clock(), reason)
    return Change((Replace(current, updated), *_suppressed(ports, feedback)), updated)


def _meaning(feedback: Feedback) -> tuple[DeliveryStatus, str]:
    if feedback.complaint:
        return DeliveryStatus.COMPLAINED, COMPLAINED
    return DeliveryStatus.BOUNCED, CAME_BACK if feedback.permanent else CAME_BACK_FOR_NOW


def _suppressed(ports: HasClock, feedback: Feedback) -> tuple[Write, ...]:
    if not (feedback.complaint or feedback.permanent):
        return ()
    reason = SuppressionReason.COMPLAINED if feedback.complaint else SuppressionReason.BOUNCED
    keys = dict.fromkeys(map(suppression_key, feedback.addresses))
    return tuple(Put(Suppression(address=key, reason=reason, at=ports.clock())) for key in keys)
