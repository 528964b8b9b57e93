"""Permission to manage: a partner asks a referred client, who approves or declines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.kernel.errors import Conflict

if TYPE_CHECKING:
    from datetime import datetime

VALID_DAYS = 30
DAYS_TO_ASK_AGAIN = 7
"""How long a client is left in peace after it declined, or after the partner took its request back."""


class ManagementRequestStatus(StrEnum):
    """How far a request for permission to manage is."""

    PENDING = "pending"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagementRequest:
    """One asking; the account keeps the day on which a pending one expires."""

    permission_request_id: str
    partner_id: str
    account_id: str
    requested_by: str
    requested_at: datetime
    expires_on: date
    """From this day on, that day included, it can no longer be answered."""
    status: ManagementRequestStatus = ManagementRequestStatus.PENDING
    ended_at: datetime | None = None
    ended_by: str | None = None
    version: int = 1


def expiry(requested_on: date, days: int = VALID_DAYS) -> date:
    """Return the day on which a request made on `requested_on` expires."""
    return requested_on + timedelta(days=days)


def ended(request: ManagementRequest, status: ManagementRequestStatus, at: datetime, by: str) -> ManagementRequest:
    """Return the request answered, withdrawn or expired; one that has ended stays as it is."""
    if request.status is not ManagementRequestStatus.PENDING:
        raise Conflict(f"The request is {request.status.value}; a new one can be made.")
    return replace(request, status=status, ended_at=at, ended_by=by, version=request.version + 1)


def ask_again_at(request: ManagementRequest) -> datetime | None:
    """Return when the client may be asked again after this request; None where that is now."""
    if (
        request.status not in (ManagementRequestStatus.DECLINED, ManagementRequestStatus.WITHDRAWN)
        or request.ended_at is None
    ):
        return None
    return request.ended_at + timedelta(days=DAYS_TO_ASK_AGAIN)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a request closed without approval."""

    status: ManagementRequestStatus
    ended_on: date


def closed_without_approval(request: ManagementRequest, today: date) -> Outcome | None:
    """Return how the request ended, if it has ended and the client did not approve.

    It expires on its day, whenever that is written.
    """
    if request.status is ManagementRequestStatus.APPROVED:
        return None
    if request.ended_at is not None and request.status is not ManagementRequestStatus.EXPIRED:
        return Outcome(request.status, request.ended_at.date())
    return Outcome(ManagementRequestStatus.EXPIRED, request.expires_on) if request.expires_on <= today else None


class ManagementRequestStore(Protocol):
    """Requests for permission to manage."""

    def latest(self, partner_id: str, account_id: str) -> ManagementRequest | None:
        """Return the account's last request, read strongly consistent."""
        ...
