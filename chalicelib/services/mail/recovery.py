"""Deliveries that nothing happens to any more: handed over again, flagged as unsure, or given up after a day."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from chalicelib.domain.kernel.errors import PartnerbookError
from chalicelib.domain.mail.deliveries import SILENCE, DeliveryState, swept
from chalicelib.services.mail.deliveries import hand_over
from chalicelib.services.mail.transitions import step

if TYPE_CHECKING:
    from chalicelib.domain.mail.deliveries import Delivery
    from chalicelib.domain.ports import Ports

AT_ONCE = 500
"""Deliveries in one sweep; the next one is five minutes away."""


def sweep_deliveries(ports: Ports) -> dict[str, int]:
    """See to all that are quiet; gives how many there are by what became of them."""
    seen: dict[str, int] = {}
    for quiet in ports.deliveries.quiet(ports.clock() - SILENCE, AT_ONCE):
        with suppress(PartnerbookError):
            now = _swept(ports, quiet)
            if now:
                seen[now.state.value] = seen.get(now.state.value, 0) + 1
    return seen


def _swept(ports: Ports, quiet: Delivery) -> Delivery | None:
    was = ports.deliveries.get(quiet.partner_id, quiet.delivery_id)
    now = swept(was, ports.clock())
    if now is was:
        return None
    step(ports, was, now)
    if now.state is DeliveryState.QUEUED:
        hand_over(ports, now)
    return now
