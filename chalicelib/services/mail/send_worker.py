"""What a delivery worker does with one message: send the mail it names, once, whatever is repeated.

The mail is noted as being sent before it is sent. After a crash in between nobody knows whether it was: then it is
flagged, and only a person sends it again.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from chalicelib.domain.kernel.errors import NotFound, StaleVersion, Unavailable
from chalicelib.domain.mail import deliveries
from chalicelib.domain.mail.deliveries import LEASE, NEVER_SENT, PERHAPS_SENT, DeliveryStatus
from chalicelib.domain.mail.email_messages import Mail, NotSent
from chalicelib.domain.mail.recipient_confirmations import asks_again
from chalicelib.domain.mail.suppressions import suppression_key
from chalicelib.services.mail.email_messages import DeliverySkipped, outgoing
from chalicelib.services.mail.transitions import note_sent, save_transition
from chalicelib.services.usage_limits import take_from_mail_budget

if TYPE_CHECKING:
    from chalicelib.domain.mail.deliveries import Delivery
    from chalicelib.domain.partners.partners import Partner
    from chalicelib.domain.ports import HasMail, HasQueues
    from chalicelib.services.ports import MailWorkerPorts, SendWorkerPorts

SUPPRESSED = {
    "bounced": "Mail to this address came back, so it gets no more.",
    "complained": "The recipient complained about such mail, so the address gets no more.",
    "unsubscribed": "The recipient has unsubscribed from this mail.",
}


def deliver(ports: SendWorkerPorts, partner_id: str, delivery_id: str) -> Delivery | None:
    """Send a mail; None where there was nothing to do."""
    with suppress(NotFound, StaleVersion):
        found = ports.deliveries.get(partner_id, delivery_id)
        updated = deliveries.recovered(found, ports.clock())
        if updated.status is DeliveryStatus.UNSURE is not found.status:
            return save_transition(ports, found, updated)
        if found.status is DeliveryStatus.QUEUED:
            return _attempted(ports, found)
    return None


def _attempted(ports: SendWorkerPorts, waiting: Delivery) -> Delivery:
    at, partner = ports.clock(), ports.partners.get(waiting.partner_id)
    try:
        mail, tokens = outgoing(ports, partner, waiting, at)
        _require_wanted(ports, waiting, mail.to)
        _require_budget(ports, partner)
    except DeliverySkipped as skipped:
        return save_transition(ports, waiting, deliveries.ended(waiting, skipped.status, at, skipped.reason))
    claimed = save_transition(ports, waiting, deliveries.sending(waiting, at), *tokens)
    return _sent(ports, claimed, mail)


def _require_wanted(ports: HasMail, delivery: Delivery, address: str) -> None:
    keys = (suppression_key(address), *([suppression_key(address, delivery.partner_id)] if delivery.recurring else []))
    for suppression in ports.suppressions.among(keys):
        if asks_again(delivery.kind, suppression.reason):
            continue
        raise DeliverySkipped(DeliveryStatus.SUPPRESSED, SUPPRESSED[suppression.reason])


def _require_budget(ports: HasQueues, partner: Partner) -> None:
    limit = take_from_mail_budget(ports, partner)
    if limit:
        raise DeliverySkipped(DeliveryStatus.FAILED, f"{limit.rule} Send it again tomorrow.")


def _sent(ports: SendWorkerPorts, claimed: Delivery, mail: Mail) -> Delivery:
    try:
        message_id = ports.mailer.send(mail)
    except NotSent as refusal:
        return _not_sent(ports, claimed, refusal)
    except Unavailable:
        return save_transition(ports, claimed, deliveries.waiting_again(claimed, ports.clock()))
    except Exception:
        save_transition(ports, claimed, deliveries.ended(claimed, DeliveryStatus.UNSURE, ports.clock(), PERHAPS_SENT))
        raise
    return note_sent(ports, claimed, message_id)


def _not_sent(ports: MailWorkerPorts, claimed: Delivery, refusal: NotSent) -> Delivery:
    """To be tried again by the sweeper where that can help, for a day."""
    at = ports.clock()
    if not refusal.passes:
        return save_transition(ports, claimed, deliveries.ended(claimed, DeliveryStatus.FAILED, at, refusal.detail))
    if LEASE.is_overdue(claimed.queued_at, at):
        return save_transition(ports, claimed, deliveries.ended(claimed, DeliveryStatus.FAILED, at, NEVER_SENT))
    return save_transition(ports, claimed, deliveries.waiting_again(claimed, at))
