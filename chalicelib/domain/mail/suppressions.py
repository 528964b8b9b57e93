"""Suppressions: addresses that get no more mail, and the links in mails by which a recipient ends them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.kernel.email_addresses import address_key
from chalicelib.domain.kernel.ids import new_token

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.domain.mail.deliveries import Delivery


class SuppressionReason(StrEnum):
    """Why an address gets no mail."""

    BOUNCED = "bounced"
    COMPLAINED = "complained"
    UNSUBSCRIBED = "unsubscribed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """An address that gets no more mail: of anybody's after a bounce or a complaint, of one partner's recurring mail
    where it unsubscribed."""

    address: str
    """A hash that stands for it, so that an erased person's address is not kept here."""
    reason: SuppressionReason
    at: datetime


def suppression_key(address: str, partner_id: str | None = None) -> str:
    """Return what stands for an address, everywhere or for one partner."""
    return sha256(f"{partner_id or ''} {address_key(address)}".encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsubscribing:
    """What one token in a recurring mail ends: such mail of this partner to the mail's recipient."""

    token_hash: str
    partner_id: str
    address: str | None
    """A hash that stands for the recipient's address, as `suppression_key` makes it for this partner."""
    delivery_id: str
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class IssuedUnsubscribing:
    """A fresh unsubscribe link and its token, which is given once."""

    unsubscribing: Unsubscribing
    token: str


def issue(delivery: Delivery, at: datetime) -> IssuedUnsubscribing:
    """Return an unsubscribe link for mail such as this delivery."""
    token = new_token()
    unsubscribing = Unsubscribing(
        token_hash=hashed(token),
        partner_id=delivery.partner_id,
        address=suppression_key(delivery.address or "", delivery.partner_id),
        delivery_id=delivery.delivery_id,
        issued_at=at,
    )
    return IssuedUnsubscribing(unsubscribing, token)


def hashed(token: str) -> str:
    """Return what is kept of a token; never the hash of a download's, so that neither opens what the other does."""
    return sha256(f"unsubscribe {token}".encode()).hexdigest()


class SuppressionStore(Protocol):
    """Addresses that get no more mail; writes go through a `TransactionWriter`."""

    def among(self, keys: tuple[str, ...]) -> tuple[Suppression, ...]:
        """Return those suppressions of these that stand, read strongly consistent."""
        ...

    def unsubscribing(self, token_hash: str) -> Unsubscribing | None:
        """Return what this token ends."""
        ...
