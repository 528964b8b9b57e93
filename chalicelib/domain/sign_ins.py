"""The port to the identity provider: who can sign in. What they may do is decided by our own members alone."""

from __future__ import annotations

from typing import Protocol


class SignIns(Protocol):
    """People who can sign in."""

    def ensure(self, email: str, name: str) -> str:
        """The subject of the person with this address, who is created if new and let in again if shut out."""
        ...

    def first_password(self, email: str) -> str | None:
        """A password for the person's first sign-in, in place of any former one; None for one who has chosen their
        own. Raises `Busy` where the identity provider cannot now."""
        ...

    def end(self, email: str) -> None:
        """Disable the person's sign-in and sign it out everywhere."""
        ...
