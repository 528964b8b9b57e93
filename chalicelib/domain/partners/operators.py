"""Operators and machine callers of the platform: a record of its own, which no deployed function may write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.domain.access import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """One of the platform's staff, or the platform itself; it names the partner with each request."""

    subject: str
    """The identity provider's subject."""
    role: Role
    email: str
    name: str
    since: datetime
    version: int = 1


class OperatorStore(Protocol):
    """Operators, read strongly consistent on every request."""

    def get(self, subject: str) -> Operator | None:
        """Return the operator with this subject."""
        ...

    def all(self) -> list[Operator]:
        """Return every operator; for the command that keeps them."""
        ...
