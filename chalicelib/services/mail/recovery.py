"""Recovers stale deliveries: enqueues them again, marks them as unsure, or gives them up after a day."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from chalicelib.domain.kernel.errors import PartnerbookError
from chalicelib.domain.mail.deliveries import HEARTBEAT_TIMEOUT, DeliveryStatus, recovered
from chalicelib.services.mail.deliveries import enqueue
from chalicelib.services.mail.transitions import save_transition

if TYPE_CHECKING:
    from chalicelib.domain.mail.deliveries import Delivery
    from chalicelib.services.ports import MailWorkerPorts

MAX_PER_RUN = 500
"""Deliveries in one run; the next one is five minutes away."""


def recover_deliveries(ports: MailWorkerPorts) -> dict[str, int]:
    """Recover all that are stale; gives how many there are by what became of them."""
    seen: dict[str, int] = {}
    for stale in ports.deliveries.stale(ports.clock() - HEARTBEAT_TIMEOUT, MAX_PER_RUN):
        with suppress(PartnerbookError):
            updated = _recovered(ports, stale)
            if updated:
                seen[updated.status.value] = seen.get(updated.status.value, 0) + 1
    return seen


def _recovered(ports: MailWorkerPorts, stale: Delivery) -> Delivery | None:
    current = ports.deliveries.get(stale.partner_id, stale.delivery_id)
    now = recovered(current, ports.clock())
    if now is current:
        return None
    save_transition(ports, current, now)
    if now.status is DeliveryStatus.QUEUED:
        enqueue(ports, now)
    return now
