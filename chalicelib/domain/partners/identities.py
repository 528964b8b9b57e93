"""The port to the identity provider: who can sign in. What they may do is decided by our own members alone.

A person is known by the subject of the sign-in. Nothing here changes a sign-in that exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """What a refresh token is exchanged for."""

    subject: str
    """Whose they are."""
    access_token: str
    expires_in: int
    """Seconds that the access token lasts."""
    refresh_token: str
    """The next one; the one that was given is soon of no use."""


class SignIns(Protocol):
    """People who can sign in. Each method raises `Unavailable` where the identity provider cannot now."""

    def create(self, email: str, name: str, first_password: str) -> None:
        """Create a sign-in whose first password must be changed; one that exists stays as it is."""
        ...

    def verified_address(self, subject: str) -> str | None:
        """Return the address of the person, if it is verified."""
        ...

    def renew(self, refresh_token: str) -> Tokens:
        """Exchange a refresh token; raises `Unauthenticated` where it is not, or no longer, good."""
        ...

    def revoke(self, refresh_token: str) -> None:
        """Make a refresh token and all that came of the same sign-in useless; one that is so already stays so."""
        ...

    def end_sessions(self, subject: str) -> None:
        """Sign the person out everywhere; nothing happens where there is no such person."""
        ...
