"""Sessions that are to be ended at the identity provider, because their person is on no team any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEnding:
    """One person to be signed out everywhere; it is written with the removal and stays until that is done."""

    subject: str
    requested_at: datetime


class SessionEndingStore(Protocol):
    """Sessions to be ended; writes go through a `TransactionWriter`."""

    def waiting(self, limit: int) -> list[SessionEnding]:
        """So many of them, read strongly consistent."""
        ...
