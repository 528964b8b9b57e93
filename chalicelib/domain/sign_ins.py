"""The port to the identity provider: who can sign in. What they may do is decided by our own members alone."""

from __future__ import annotations

from typing import Protocol


class SignIns(Protocol):
    """People who can sign in."""

    def ensure(self, email: str, name: str) -> str:
        """The subject of the person with this address; one that is new is created and sent an invitation."""
        ...

    def invite_again(self, email: str) -> None:
        """Send the invitation again, with a new temporary password; nothing for one who has signed in already."""
        ...

    def end(self, email: str) -> None:
        """Disable the person's sign-in and sign it out everywhere."""
        ...
