"""The record of a request: written with the request's effect, so that the same request again has one effect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

WINDOW_HOURS = 72
MAX_BODY = 32 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRecord:
    """The answer to a request, kept for 72 hours; it holds no secrets."""

    request_hash: str
    """Of partner, subject, method, path and key."""
    fingerprint: str
    """Of the body: the same key with another body is refused."""
    status: int
    location: str | None
    body: bytes
    at: datetime
    expires_at: datetime
    about: AccountRef | None = None
    """The account that the answer tells of, where it tells of one."""
    searched_in: str | None = None
    """The partner, where the answer holds a search text: that may name a person."""


@dataclass(frozen=True, slots=True)
class AccountRef:
    """One account, and the partner whose it was when the answer was made."""

    partner_id: str
    account_id: str


class IdempotencyStore(Protocol):
    """Requests that have had their effect."""

    def get(self, request_hash: str) -> RequestRecord | None:
        """Return the record, read strongly consistent, expired or not."""
        ...
