"""Deliveries: one e-mail to one recipient about one event, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Protocol

from chalicelib.domain.kernel.email_addresses import address_key
from chalicelib.domain.kernel.errors import Conflict
from chalicelib.domain.kernel.ids import random_id, ulid
from chalicelib.domain.kernel.leases import LeasePolicy

if TYPE_CHECKING:
    from chalicelib.domain.kernel.paging import BoundedCount, Page

LEASE = LeasePolicy(duration=timedelta(minutes=2), requeue_after=timedelta(minutes=5))
"""No worker lives longer than one minute. One that died may have sent the mail, so that no other tries."""
NEVER_SENT = "The mail service would not take it for a whole day."
PERHAPS_SENT = "It was being sent when something went wrong, so it may have arrived. Send it again if it has not."


class DeliveryKind(StrEnum):
    """What a mail is about."""

    REPORT_READY = "report_ready"
    REPORT_FAILED = "report_failed"
    BONUSES_EARNED = "bonuses_earned"
    TEAM_INVITATION = "team_invitation"
    PERMISSION_REQUEST = "permission_request"
    RECIPIENT_CONFIRMATION = "recipient_confirmation"


class DeliveryStatus(StrEnum):
    """How far a mail is."""

    QUEUED = "queued"
    SENDING = "sending"
    """Noted before it is sent, so that a crash leaves it here."""
    SENT = "sent"
    UNSURE = "unsure"
    """A crash came between sending and noting it: it may have arrived; only a person sends it again."""
    FAILED = "failed"
    SUPPRESSED = "suppressed"
    """Not sent: the address bounced, complained or unsubscribed."""
    BOUNCED = "bounced"
    COMPLAINED = "complained"


OPEN = frozenset({DeliveryStatus.QUEUED, DeliveryStatus.SENDING})
"""States that end by themselves or by the sweeper."""
FAILED = frozenset({DeliveryStatus.FAILED, DeliveryStatus.UNSURE})
"""States in which a mail did not arrive, or perhaps not, without the recipient's doing."""
RESENDABLE = frozenset(DeliveryStatus) - OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One e-mail. Its id is made of the event and the address, so that one event never mails an address twice."""

    partner_id: str
    delivery_id: str
    kind: DeliveryKind
    queued_at: datetime
    last_heartbeat_at: datetime
    """When it last made progress, for recovery."""
    address: str | None = None
    """None where it goes to the client of `account_id`, whose address stands in the account alone."""
    account_id: str | None = None
    report_run_id: str | None = None
    invitation_id: str | None = None
    """The invitation to the team that it carries."""
    requested_by: str | None = None
    """The subject of who invites."""
    recurring: bool = False
    """Whether it can be unsubscribed from."""
    status: DeliveryStatus = DeliveryStatus.QUEUED
    attempts: int = 0
    worker: str | None = None
    """A mark that only the worker of the last attempt can have made."""
    sent_at: datetime | None = None
    message_id: str | None = None
    """The mail service's."""
    reason: str | None = None
    version: int = 1

    @property
    def resendable(self) -> bool:
        """Whether a person can have it sent again."""
        return self.status in RESENDABLE


def delivery_id(event: str, address: str) -> str:
    """Return the id of what this event, a ULID, sends to this address: one event mails an address once."""
    return f"mail_{event}_{sha256(address_key(address).encode()).hexdigest()[:16]}"


def queued(
    kind: DeliveryKind,
    partner_id: str,
    at: datetime,
    *,
    event: str = "",
    address: str | None = None,
    account_id: str | None = None,
    **about: Any,
) -> Delivery:
    """Return a mail that waits to be sent to this address, or to the account's client; it takes its place in lists
    and its id from the event, a ULID, which is a new one unless it is named.
    """
    return Delivery(
        partner_id=partner_id,
        delivery_id=delivery_id(event or ulid(at), address or account_id or ""),
        kind=kind,
        queued_at=at,
        last_heartbeat_at=at,
        address=address,
        account_id=account_id,
        **about,
    )


def sending(delivery: Delivery, at: datetime) -> Delivery:
    """Claimed by a worker that is about to send it."""
    claimed = {"attempts": delivery.attempts + 1, "worker": random_id("wrk"), "reason": None}
    return _next(delivery, status=DeliveryStatus.SENDING, last_heartbeat_at=at, **claimed)


def sent(delivery: Delivery, at: datetime, message_id: str) -> Delivery:
    """Taken by the mail service."""
    return _next(
        delivery, status=DeliveryStatus.SENT, sent_at=at, last_heartbeat_at=at, message_id=message_id, reason=None
    )


def waiting_again(delivery: Delivery, at: datetime) -> Delivery:
    """Surely not sent: to be tried again."""
    return _next(delivery, status=DeliveryStatus.QUEUED, last_heartbeat_at=at)


def ended(delivery: Delivery, status: DeliveryStatus, at: datetime, reason: str) -> Delivery:
    """Failed, suppressed, bounced, complained or unsure, and why."""
    return _next(delivery, status=status, last_heartbeat_at=at, reason=reason)


def recovered(delivery: Delivery, now: datetime) -> Delivery:
    """Return a stale delivery enqueued again, marked unsure, or given up; else itself."""
    if delivery.status is DeliveryStatus.SENDING and LEASE.is_expired(delivery.last_heartbeat_at, now):
        return ended(delivery, DeliveryStatus.UNSURE, now, PERHAPS_SENT)
    if delivery.status is DeliveryStatus.QUEUED and LEASE.is_forgotten(delivery.last_heartbeat_at, now):
        overdue = LEASE.is_overdue(delivery.queued_at, now)
        return ended(delivery, DeliveryStatus.FAILED, now, NEVER_SENT) if overdue else waiting_again(delivery, now)
    return delivery


def resent(delivery: Delivery, at: datetime) -> Delivery:
    """Queued again because a person asked for it."""
    if not delivery.resendable:
        raise Conflict(f"The mail is {delivery.status.value} already.")
    return _next(delivery, status=DeliveryStatus.QUEUED, queued_at=at, last_heartbeat_at=at, reason=None)


def _next(delivery: Delivery, **changes: object) -> Delivery:
    return replace(delivery, version=delivery.version + 1, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryQuery:
    """Which deliveries are asked for."""

    status: DeliveryStatus | None = None
    kind: DeliveryKind | None = None
    report_run_id: str | None = None


class DeliveryStore(Protocol):
    """Deliveries; writes go through a `TransactionWriter`."""

    def get(self, partner_id: str, delivery_id: str) -> Delivery:
        """Return the delivery, read strongly consistent; raises `NotFound`, also for another partner's."""
        ...

    def page(self, partner_id: str, query: DeliveryQuery, after: str | None, limit: int) -> Page[Delivery]:
        """Return the latest first."""
        ...

    def stale(self, until: datetime, limit: int) -> list[Delivery]:
        """Deliveries of all partners queued or being sent with a last heartbeat by then, the longest first; from an
        index that may lag."""
        ...

    def count_failed(self, partner_id: str, since: datetime, limit: int) -> BoundedCount:
        """Count the partner's deliveries that have failed since then, up to the limit. Eventually consistent."""
        ...

    def by_message(self, message_id: str) -> Delivery | None:
        """Return the delivery that the mail service knows by this id; from an index that may lag."""
        ...
