"""Usernames: unique over the whole platform whatever their case, and how an account is found by one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

PATTERN = re.compile(r"[A-Za-z0-9_@.+-]{6,50}")
RULE = "A username has 6 to 50 of the characters A-Z a-z 0-9 _ @ . + -"


def valid(username: str) -> bool:
    """Tell whether it may be a username."""
    return PATTERN.fullmatch(username) is not None


@dataclass(frozen=True, slots=True)
class UsernameClaim:
    """One username and whose it is."""

    username: str
    """Casefolded."""
    partner_id: str
    account_id: str


def claim(username: str, partner_id: str, account_id: str) -> UsernameClaim:
    """Return the claim of this username, whatever its case."""
    return UsernameClaim(username.casefold(), partner_id, account_id)


class UsernameStore(Protocol):
    """All usernames of the platform."""

    def find(self, username: str) -> UsernameClaim | None:
        """Return whose it is, whatever its case."""
        ...

    def find_many(self, usernames: Iterable[str]) -> dict[str, UsernameClaim]:
        """Return those of these that are taken, by casefolded name."""
        ...

    def retired(self, usernames: Iterable[str]) -> frozenset[str]:
        """Return which of these were erased and are never given again, casefolded."""
        ...
