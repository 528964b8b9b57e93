"""Recipients outside the team, who get a partner's mail only once they have confirmed by the link mailed to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.kernel.email_addresses import address_key
from chalicelib.domain.kernel.ids import new_token
from chalicelib.domain.mail.deliveries import DeliveryKind
from chalicelib.domain.mail.suppressions import SuppressionReason, suppression_key

if TYPE_CHECKING:
    from chalicelib.domain.partners.partners import Partner

CONFIRMATION_DAYS = 7
"""How long a confirmation link works."""


class RecipientStatus(StrEnum):
    """Whether mail goes to a recipient of the settings."""

    ACTIVE = "active"
    """It has confirmed, or is a member of the team."""
    PENDING = "pending"
    """It has been asked to confirm and gets no other mail until it has."""
    SUPPRESSED = "suppressed"
    """Its address bounced, complained, or unsubscribed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationLink:
    """What one mailed token confirms: that this address wants this partner's mail."""

    token_hash: str
    partner_id: str
    address: str
    """A hash that stands for the address, as `suppression_key` makes it for this partner."""
    issued_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class IssuedConfirmation:
    """A fresh link and its token, which is told once."""

    link: ConfirmationLink
    token: str


def issue(partner_id: str, address: str, at: datetime) -> IssuedConfirmation:
    """Make a confirmation link for an address."""
    token = new_token()
    link = ConfirmationLink(
        token_hash=hashed(token),
        partner_id=partner_id,
        address=suppression_key(address, partner_id),
        issued_at=at,
        expires_at=at + timedelta(days=CONFIRMATION_DAYS),
    )
    return IssuedConfirmation(link, token)


def hashed(token: str) -> str:
    """Return what is kept of a token; it is no other link's hash, so that none opens what another does."""
    return sha256(f"confirm {token}".encode()).hexdigest()


def recipient_of(partner: Partner, link: ConfirmationLink) -> str | None:
    """Return the recipient in the partner's settings that the link was mailed to; None if it is none any more."""
    return next(
        (r for r in partner.settings.recipients if suppression_key(r, partner.partner_id) == link.address), None
    )


def confirmed_among(partner: Partner, recipients: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of these recipients that have confirmed, by `address_key`."""
    return tuple(key for key in map(address_key, recipients) if key in partner.confirmed_recipients)


def asks_again(kind: DeliveryKind, reason: SuppressionReason) -> bool:
    """Tell whether a mail may go to a suppressed address because it asks just that: whether to lift the suppression.

    A complaint stands: who called such mail spam is not mailed again.
    """
    return kind is DeliveryKind.RECIPIENT_CONFIRMATION and reason is not SuppressionReason.COMPLAINED


class ConfirmationLinkStore(Protocol):
    """Confirmation links in mails; writes go through a `TransactionWriter`."""

    def get(self, token_hash: str) -> ConfirmationLink | None:
        """Return what this token confirms."""
        ...
