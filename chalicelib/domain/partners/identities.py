"""The port to the identity provider: who can sign in. What they may do is decided by our own members alone.

A person is known by the subject of the sign-in. Nothing here changes a sign-in that exists but `end_sessions`.
"""

from __future__ import annotations

from typing import Protocol


class SignIns(Protocol):
    """People who can sign in. Each method raises `Unavailable` where the identity provider cannot now."""

    def create(self, email: str, name: str, first_password: str) -> None:
        """Create a sign-in whose first password must be changed; one that exists stays as it is."""
        ...

    def verified_address(self, subject: str) -> str | None:
        """Return the address of the person, if it is verified."""
        ...

    def end_sessions(self, subject: str) -> None:
        """Sign the person out everywhere; nothing happens where there is no such person."""
        ...
