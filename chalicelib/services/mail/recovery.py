"""Recovers stale deliveries: enqueues them again, marks them as unsure, or gives them up after a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.mail.deliveries import LEASE, DeliveryStatus, recovered
from chalicelib.services.leases import recover_each
from chalicelib.services.mail.deliveries import enqueue
from chalicelib.services.mail.transitions import save_transition

if TYPE_CHECKING:
    from chalicelib.domain.mail.deliveries import Delivery
    from chalicelib.services.ports import MailWorkerPorts

MAX_PER_RUN = 500
"""Deliveries in one run; the next one is five minutes away."""


def recover_deliveries(ports: MailWorkerPorts) -> dict[str, int]:
    """Recover all that are stale; gives how many there are by what became of them."""
    stale = ports.deliveries.stale(ports.clock() - LEASE.duration, MAX_PER_RUN)
    return recover_each(stale, lambda delivery: _recovered(ports, delivery))


def _recovered(ports: MailWorkerPorts, stale: Delivery) -> str | None:
    current = ports.deliveries.get(stale.partner_id, stale.delivery_id)
    now = recovered(current, ports.clock())
    if now is current:
        return None
    save_transition(ports, current, now)
    if now.status is DeliveryStatus.QUEUED:
        enqueue(ports, now)
    return now.status.value
