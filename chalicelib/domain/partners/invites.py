"""A partner's invite: the referral link, its slugs, and how often it was visited and signed up through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.kernel import field_rules, text_rules
from chalicelib.domain.kernel.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from chalicelib.domain.kernel.text_rules import TextRule

RULES: Mapping[str, TextRule] = {
    "slug": field_rules.SLUG,
    "greeting": field_rules.GREETING,
    "logo_url": field_rules.LOGO_URL,
}


MAX_SLUGS = 10
"""Slugs of one partner, present and former; a slug stays its partner's for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """What a client sees who follows the partner's link."""

    partner_id: str
    slug: str
    greeting: str = ""
    logo_url: str | None = None
    """Shown, never fetched by us."""
    slug_count: int = 0
    """How many slugs are the partner's, present and former."""
    changed_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class SlugClaim:
    """One slug and whose it is, for ever: old links keep working."""

    slug: str
    partner_id: str


@dataclass(frozen=True, slots=True)
class InviteCounts:
    """How often the invite was visited and signed up through, under all its slugs."""

    visits: int = 0
    sign_ups: int = 0


def require_valid(slug: str, greeting: str, logo_url: str | None) -> None:
    """Raise `Invalid` with everything that is wrong."""
    values = {"slug": slug, "greeting": greeting, "logo_url": logo_url or ""}
    Invalid.unless_none(text_rules.problems(values, RULES))


class InviteStore(Protocol):
    """Invites and slugs."""

    def of_partner(self, partner_id: str) -> Invite | None:
        """Return the partner's invite."""
        ...

    def claim(self, slug: str) -> SlugClaim | None:
        """Return whose slug it is."""
        ...

    def counts(self, partner_id: str) -> InviteCounts:
        """Return how often it was visited and signed up through."""
        ...

    def visited(self, partner_id: str) -> None:
        """Count one visit."""
        ...
