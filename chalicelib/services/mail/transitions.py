"""Writing a delivery's next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.changes import Change, Replace
from chalicelib.domain.kernel.errors import Busy, Changed
from chalicelib.domain.mail.deliveries import DeliveryState, sent
from chalicelib.services.transactions import commit

if TYPE_CHECKING:
    from chalicelib.domain.changes import Write
    from chalicelib.domain.mail.deliveries import Delivery
    from chalicelib.domain.ports import Ports

OURS_STILL = frozenset({DeliveryState.SENDING, DeliveryState.UNSURE})


def step(ports: Ports, was: Delivery, now: Delivery, *more: Write) -> Delivery:
    """Write the delivery's next step; raises `Changed` where somebody else has taken it on.

    A step that was written although its answer was lost is found by reading the delivery again.
    """
    try:
        return ports.journal.commit(Change((Replace(was, now), *more), now))
    except (Busy, Changed):
        if ports.deliveries.get(now.partner_id, now.delivery_id) != now:
            raise
        return now


def note_sent(ports: Ports, claimed: Delivery, message_id: str) -> Delivery:
    """Note that the mail was taken, also where it was flagged meanwhile because that took so long."""

    def prepared() -> Change[Delivery]:
        stored = ports.deliveries.get(claimed.partner_id, claimed.delivery_id)
        if stored.worker != claimed.worker or stored.state not in OURS_STILL:
            return Change((), stored)
        now = sent(stored, ports.clock(), message_id)
        return Change((Replace(stored, now),), now)

    return commit(ports.journal, prepared)
