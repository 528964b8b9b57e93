"""Asking recipients outside the team to confirm, and what their answer changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chalicelib.domain.access import Actor, Role
from chalicelib.domain.audit import AuditKind, entry
from chalicelib.domain.changes import Change, Insert, Remove, Replace
from chalicelib.domain.kernel.email_addresses import address_key
from chalicelib.domain.kernel.errors import Conflict, Gone, NotFound
from chalicelib.domain.mail.deliveries import DeliveryKind, queued
from chalicelib.domain.mail.recipient_confirmations import RecipientStatus, hashed, recipient_of
from chalicelib.domain.mail.suppressions import SuppressionReason, suppression_key
from chalicelib.services.mail import deliveries, recipients
from chalicelib.services.usage_limits import count_mail

if TYPE_CHECKING:
    from chalicelib.domain.changes import Write
    from chalicelib.domain.mail.deliveries import Delivery
    from chalicelib.domain.mail.recipient_confirmations import ConfirmationLink
    from chalicelib.domain.mail.suppressions import Suppression
    from chalicelib.domain.partners.partners import Partner
    from chalicelib.domain.ports import HasMail, HasQueues
    from chalicelib.services.ports import MailPorts

NO_RECIPIENT = "This address is no longer a recipient of the partner's mail. Ask the partner to add it again."


@dataclass(frozen=True, slots=True)
class RecipientState:
    """A recipient of the settings, whether mail goes to it, and why not."""

    address: str
    status: RecipientStatus
    reason: SuppressionReason | None = None


def states(ports: MailPorts, partner: Partner) -> tuple[RecipientState, ...]:
    """Return the state of each recipient in the settings."""
    allowed = recipients.allowed(ports, partner.partner_id, partner.settings.recipients)
    keys = {recipient: _suppression_keys(partner, recipient) for recipient in partner.settings.recipients}
    found = ports.suppressions.among(tuple(key for both in keys.values() for key in both))
    reasons = {item.address: item.reason for item in found}
    return tuple(
        _state(address, next((reasons[key] for key in both if key in reasons), None), allowed)
        for address, both in keys.items()
    )


def _state(address: str, suppressed: SuppressionReason | None, allowed: frozenset[str]) -> RecipientState:
    if suppressed:
        return RecipientState(address, RecipientStatus.SUPPRESSED, suppressed)
    status = RecipientStatus.ACTIVE if address_key(address) in allowed else RecipientStatus.PENDING
    return RecipientState(address, status)


def _suppression_keys(partner: Partner, address: str) -> tuple[str, str]:
    """Return what suppresses mail to this address, everywhere and of this partner."""
    return suppression_key(address), suppression_key(address, partner.partner_id)


def request(ports: HasQueues, actor: Actor, partner: Partner, address: str) -> tuple[Delivery, Write]:
    """Return the mail that asks an address to confirm, and the write that counts it."""
    kind = DeliveryKind.RECIPIENT_CONFIRMATION
    mail = queued(kind, partner.partner_id, ports.clock(), address=address, requested_by=actor.subject)
    return mail, count_mail(ports, partner, kind, address)


def request_again(ports: MailPorts, actor: Actor, address: str) -> Change[Delivery]:
    """Ask a recipient once more, also one whose address bounced or who unsubscribed; never one who complained."""
    partner = ports.partners.get(actor.partner_id)
    found = next((s for s in states(ports, partner) if address_key(s.address) == address_key(address)), None)
    if found is None:
        raise NotFound("This address is no recipient in the settings.")
    if found.status is RecipientStatus.ACTIVE:
        raise Conflict("This recipient gets the partner's mail already.")
    if found.reason is SuppressionReason.COMPLAINED:
        raise Conflict("This recipient complained about such mail and is not asked again.")
    mail, counted = request(ports, actor, partner, found.address)
    audited = entry(actor, ports.clock(), AuditKind.RECIPIENT_ASKED_AGAIN)
    return Change((Insert(mail), counted, Insert(audited)), mail, (lambda: deliveries.enqueue(ports, mail),))


def sender(ports: MailPorts, token: str) -> Partner:
    """Return the partner whose mail the link confirms; looking changes nothing."""
    return _open(ports, token)[0]


def confirm(ports: MailPorts, token: str) -> Change[Partner]:
    """Let the partner's mail go to the recipient that the link was mailed to; confirming again changes nothing."""
    partner, address = _open(ports, token)
    key = address_key(address)
    lifted = tuple(
        Remove(item) for item in ports.suppressions.among(_suppression_keys(partner, address)) if _is_lifted(item)
    )
    if key in partner.confirmed_recipients and not lifted:
        return Change((), partner)
    confirmed = tuple(sorted({*partner.confirmed_recipients, key}))
    updated = replace(partner, confirmed_recipients=confirmed, version=partner.version + 1)
    audited = entry(_recipient(partner), ports.clock(), AuditKind.RECIPIENT_CONFIRMED)
    return Change((Replace(partner, updated), *lifted, Insert(audited)), updated)


def _is_lifted(suppression: Suppression) -> bool:
    return suppression.reason is not SuppressionReason.COMPLAINED


def _recipient(partner: Partner) -> Actor:
    """Return who acts where a recipient follows its link: nobody who could sign in."""
    return Actor("recipient", Role.SYSTEM, partner.partner_id)


def _open(ports: MailPorts, token: str) -> tuple[Partner, str]:
    link = _link(ports, token)
    partner = ports.partners.get(link.partner_id)
    address = recipient_of(partner, link)
    if address is None:
        raise Gone(NO_RECIPIENT)
    return partner, address


def _link(ports: HasMail, token: str) -> ConfirmationLink:
    link = ports.confirmation_links.get(hashed(token))
    if link is None:
        raise NotFound("There is no such link. Check that it was copied whole.")
    if ports.clock() >= link.expires_at:
        raise Gone("This link has expired. Ask the partner to send another.")
    return link
