"""Members: our own record of who may act for which partner in which role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.domain.access import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person of a partner's team."""

    subject: str
    """The identity provider's subject."""
    partner_id: str
    role: Role
    email: str
    name: str
    since: datetime
    version: int = 1


class MemberStore(Protocol):
    """Members, read strongly consistent on every request."""

    def get(self, subject: str, partner_id: str) -> Member | None:
        """Return the person's membership of this partner's team."""
        ...

    def of_subject(self, subject: str) -> list[Member]:
        """Return the person's memberships: one person may be on several teams."""
        ...

    def of_partner(self, partner_id: str) -> list[Member]:
        """Return the partner's team."""
        ...
