"""Saves a delivery's transitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.changes import Change, Replace
from chalicelib.domain.mail.deliveries import DeliveryStatus, sent
from chalicelib.services.leases import write_transition
from chalicelib.services.transactions import retry_on_conflict

if TYPE_CHECKING:
    from chalicelib.domain.changes import Write
    from chalicelib.domain.mail.deliveries import Delivery
    from chalicelib.services.ports import MailWorkerPorts

OURS_STILL = frozenset({DeliveryStatus.SENDING, DeliveryStatus.UNSURE})


def save_transition(ports: MailWorkerPorts, current: Delivery, updated: Delivery, *more: Write) -> Delivery:
    """Write the delivery's next state; raises `StaleVersion` where somebody else has taken it on."""
    change = Change((Replace(current, updated), *more), updated)
    return write_transition(
        ports.transaction_writer, change, lambda: ports.deliveries.get(updated.partner_id, updated.delivery_id)
    )


def note_sent(ports: MailWorkerPorts, claimed: Delivery, message_id: str) -> Delivery:
    """Note that the mail was taken, also where it was flagged meanwhile because that took so long."""

    def prepared() -> Change[Delivery]:
        stored = ports.deliveries.get(claimed.partner_id, claimed.delivery_id)
        if stored.worker != claimed.worker or stored.status not in OURS_STILL:
            return Change((), stored)
        now = sent(stored, ports.clock(), message_id)
        return Change((Replace(stored, now),), now)

    return retry_on_conflict(ports.transaction_writer, prepared)
