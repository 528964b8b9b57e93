"""Ending a partner's recurring mail by the link that each of them has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.changes import Change, Put
from chalicelib.domain.kernel.errors import NotFound
from chalicelib.domain.mail.suppressions import Suppression, SuppressionReason, hashed, suppression_key

if TYPE_CHECKING:
    from chalicelib.domain.mail.suppressions import Unsubscribing
    from chalicelib.domain.partners.partners import Partner
    from chalicelib.domain.ports import HasMail
    from chalicelib.services.ports import MailPorts


def sender(ports: MailPorts, token: str) -> Partner:
    """Return whose mail the link ends; looking changes nothing."""
    return ports.partners.get(_link(ports, token).partner_id)


def unsubscribe(ports: MailPorts, token: str) -> Change[Partner]:
    """End the partner's recurring mail to the recipient; doing it again changes nothing."""
    link = _link(ports, token)
    suppression = Suppression(address=_address(ports, link), reason=SuppressionReason.UNSUBSCRIBED, at=ports.clock())
    return Change((Put(suppression),), ports.partners.get(link.partner_id))


def _link(ports: HasMail, token: str) -> Unsubscribing:
    link = ports.suppressions.unsubscribing(hashed(token))
    if link is None:
        raise NotFound("There is no such link. Check that it was copied whole.")
    return link


def _address(ports: HasMail, link: Unsubscribing) -> str:
    """Return the hash of the address; links mailed by earlier versions name it by their delivery alone."""
    if link.address:
        return link.address
    return suppression_key(ports.deliveries.get(link.partner_id, link.delivery_id).address or "", link.partner_id)
