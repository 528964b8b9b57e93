"""Deliveries: one e-mail to one recipient about one event, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.errors import Conflict

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.domain.paging import Page


class DeliveryKind(StrEnum):
    REPORT_READY = "report_ready"
    REPORT_FAILED = "report_failed"
    BONUSES_EARNED = "bonuses_earned"
    TEAM_INVITATION = "team_invitation"
    PERMISSION_REQUEST = "permission_request"


class DeliveryState(StrEnum):
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


RESENDABLE = frozenset(DeliveryState) - {DeliveryState.QUEUED, DeliveryState.SENDING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One e-mail. Its id is made of the event and the address, so that one event never mails an address twice."""

    partner_id: str
    delivery_id: str
    kind: DeliveryKind
    queued_at: datetime
    heard_at: datetime
    """The last sign of life, for the sweeper."""
    address: str | None = None
    """None where it goes to the client of `account_id`, whose address stands in the account alone."""
    account_id: str | None = None
    report_run_id: str | None = None
    subject: str | None = None
    """The member that it invites, as the identity provider names it."""
    recurring: bool = False
    """Whether it can be unsubscribed from."""
    state: DeliveryState = DeliveryState.QUEUED
    attempts: int = 0
    sent_at: datetime | None = None
    message_id: str | None = None
    """The mail service's."""
    reason: str | None = None
    version: int = 1


def delivery_id(event: str, address: str) -> str:
    """The id of what this event sends to this address; events sort by time."""
    return f"{event}-{sha256(address.casefold().encode()).hexdigest()[:16]}"


def sending(delivery: Delivery, at: datetime) -> Delivery:
    """Claimed by a worker that is about to send it."""
    return _next(delivery, state=DeliveryState.SENDING, heard_at=at, attempts=delivery.attempts + 1, reason=None)


def sent(delivery: Delivery, at: datetime, message_id: str) -> Delivery:
    """Taken by the mail service."""
    return _next(delivery, state=DeliveryState.SENT, sent_at=at, heard_at=at, message_id=message_id)


def waiting_again(delivery: Delivery, at: datetime) -> Delivery:
    """Surely not sent: to be tried again."""
    return _next(delivery, state=DeliveryState.QUEUED, heard_at=at)


def ended(delivery: Delivery, state: DeliveryState, at: datetime, reason: str) -> Delivery:
    """Failed, suppressed, bounced, complained or unsure, and why."""
    return _next(delivery, state=state, heard_at=at, reason=reason)


def resent(delivery: Delivery, at: datetime) -> Delivery:
    """Queued again because a person asked for it."""
    if delivery.state not in RESENDABLE:
        raise Conflict(f"The mail is {delivery.state.value} already.")
    return _next(delivery, state=DeliveryState.QUEUED, queued_at=at, heard_at=at, reason=None, message_id=None)


def _next(delivery: Delivery, **changes: object) -> Delivery:
    return replace(delivery, version=delivery.version + 1, **changes)  # type: ignore[arg-type]


class SuppressionReason(StrEnum):
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    UNSUBSCRIBED = "unsubscribed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """An address that gets no more mail: of anybody's after a bounce or a complaint, of one partner's recurring mail
    where it unsubscribed."""

    address: str
    """Casefolded; with `partner_id` and a space before it where it holds for one partner."""
    reason: SuppressionReason
    at: datetime


def suppression_key(address: str, partner_id: str | None = None) -> str:
    """The key of a suppression, everywhere or for one partner."""
    return f"{partner_id} {address.casefold()}" if partner_id else address.casefold()


class DeliveryStore(Protocol):
    """Deliveries; writing goes through the journal."""

    def get(self, partner_id: str, delivery_id: str) -> Delivery:
        """The delivery, read strongly consistent; raises `NotFound`, also for another partner's."""
        ...

    def page(self, partner_id: str, after: str | None, limit: int) -> Page[Delivery]:
        """The latest first."""
        ...

    def quiet(self, until: datetime, limit: int) -> list[Delivery]:
        """Deliveries of all partners queued or being sent and last heard of by then; from an index that may lag."""
        ...

    def by_message(self, message_id: str) -> Delivery | None:
        """The delivery that the mail service knows by this id."""
        ...


class SuppressionStore(Protocol):
    """Addresses that get no more mail."""

    def among(self, keys: tuple[str, ...]) -> tuple[Suppression, ...]:
        """Those suppressions of these that stand."""
        ...
