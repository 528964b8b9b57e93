"""A partner's invite: the referral link, its slugs, and how often it was visited and signed up through."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.profiles import CONTROL, WEBSITE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

SLUG = re.compile(r"[a-z0-9-]{3,40}")
MAX_GREETING = 500
MAX_LOGO_ADDRESS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """What a client sees who follows the partner's link."""

    partner_id: str
    slug: str
    greeting: str = ""
    logo_url: str | None = None
    """Shown, never fetched by us."""
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
    Invalid.unless_none(list(_problems(slug, greeting, logo_url)))


def _problems(slug: str, greeting: str, logo_url: str | None) -> Iterator[FieldError]:
    if not SLUG.fullmatch(slug):
        yield FieldError("/slug", "A slug has 3 to 40 of the characters a-z 0-9 and -.")
    if len(greeting) > MAX_GREETING:
        yield FieldError("/greeting", f"A greeting has at most {MAX_GREETING} characters.")
    if CONTROL.search(greeting.replace("\n", "")):
        yield FieldError("/greeting", "The greeting holds a control character.")
    if logo_url and not (
        logo_url.startswith("https://") and len(logo_url) <= MAX_LOGO_ADDRESS and WEBSITE.fullmatch(logo_url)
    ):
        yield FieldError("/logo_url", "A logo address starts with https:// and has at most 300 characters.")


class InviteStore(Protocol):
    """Invites and slugs."""

    def of_partner(self, partner_id: str) -> Invite | None:
        """The partner's invite."""
        ...

    def claim(self, slug: str) -> SlugClaim | None:
        """Whose slug it is."""
        ...

    def counts(self, partner_id: str) -> InviteCounts:
        """How often it was visited and signed up through."""
        ...

    def visited(self, partner_id: str) -> None:
        """Count one visit."""
        ...
