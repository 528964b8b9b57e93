"""Whom reports may be mailed to: members of the team, and the recipients in the settings that have confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.kernel.email_addresses import address_key
from chalicelib.domain.kernel.errors import FieldError, Invalid
from chalicelib.domain.mail.recipient_confirmations import confirmed_among
from chalicelib.domain.partners.partners import MAX_RECIPIENTS
from chalicelib.domain.report_runs.downloads import Recipient

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from chalicelib.domain.partners.members import Member
    from chalicelib.domain.partners.partners import Partner
    from chalicelib.domain.ports import HasPartners


def allowed(ports: HasPartners, partner_id: str, addresses: Iterable[str]) -> frozenset[str]:
    """Return which of the addresses the partner's reports may go to, by `address_key`."""
    asked = frozenset(map(address_key, addresses))
    members = (address_key(member.email) for member in _members(ports, partner_id, asked))
    partner = ports.partners.get(partner_id)
    return asked & {*members, *confirmed_among(partner, partner.settings.recipients)}


def find(ports: HasPartners, partner: Partner, address: str) -> Recipient | None:
    """Return the recipient with this address, and which member it is now; None for neither."""
    same = address_key(address)
    subject = next((member.subject for member in _members(ports, partner.partner_id, {same})), None)
    listed = same in confirmed_among(partner, partner.settings.recipients)
    return Recipient(address, subject) if subject or listed else None


def _members(ports: HasPartners, partner_id: str, keys: AbstractSet[str]) -> Iterator[Member]:
    """Yield the members with these addresses.

    The team is read from an index that may lag: who is found there is read again, as somebody may just have left.
    """
    for member in ports.members.of_partner(partner_id):
        if address_key(member.email) in keys and ports.members.get(member.subject, partner_id):
            yield member


def require_allowed(ports: HasPartners, partner_id: str, addresses: Sequence[str]) -> tuple[str, ...]:
    """Return the addresses, each once; `Invalid` names those that are neither of the team nor in the settings."""
    if not addresses:
        return ()
    if len(addresses) > MAX_RECIPIENTS:
        raise Invalid.field("/email_to", f"At most {MAX_RECIPIENTS} addresses get one report.")
    recipients = allowed(ports, partner_id, addresses)
    Invalid.unless_none(
        [
            FieldError(f"/email_to/{place}", f"{item} is neither of the team nor a recipient that has confirmed.")
            for place, item in enumerate(addresses)
            if address_key(item) not in recipients
        ]
    )
    return tuple({address_key(address): address for address in addresses}.values())
