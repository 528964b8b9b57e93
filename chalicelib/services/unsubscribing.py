"""Ending a partner's recurring mail by the link that each of them has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.changes import Change, Put
from chalicelib.domain.errors import NotFound
from chalicelib.domain.suppressions import Suppression, SuppressionReason, hashed, suppression_key

if TYPE_CHECKING:
    from chalicelib.domain.deliveries import Delivery
    from chalicelib.domain.partners import Partner
    from chalicelib.domain.ports import Ports


def sender(ports: Ports, token: str) -> Partner:
    """Whose mail the link ends; looking changes nothing."""
    return ports.partners.get(_delivery(ports, token).partner_id)


def unsubscribe(ports: Ports, token: str) -> Change[Partner]:
    """The recipient gets no more recurring mail of this partner; doing it again changes nothing."""
    delivery = _delivery(ports, token)
    key = suppression_key(delivery.address or "", delivery.partner_id)
    suppression = Suppression(address=key, reason=SuppressionReason.UNSUBSCRIBED, at=ports.clock())
    return Change((Put(suppression),), ports.partners.get(delivery.partner_id))


def _delivery(ports: Ports, token: str) -> Delivery:
    way_out = ports.suppressions.unsubscribing(hashed(token))
    if way_out is None:
        raise NotFound("There is no such link. Check that it was copied whole.")
    return ports.deliveries.get(way_out.partner_id, way_out.delivery_id)
