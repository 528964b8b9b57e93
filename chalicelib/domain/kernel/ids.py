"""Identifiers: a kind and 26 Crockford characters; random for accounts, ordered by time elsewhere."""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 26
RANDOM_BITS = 80
STEP_BITS = 40
"""How far apart, at most, two of one millisecond are: enough that nobody guesses the next one."""


def _crockford(number: int) -> str:
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(5 * (LENGTH - 1), -1, -5))


class _Ulids:
    """Makes ULIDs of which this process's own go up within a millisecond too."""

    def __init__(self) -> None:
        self._last = 0

    def next(self, milliseconds: int) -> int:
        made = milliseconds << RANDOM_BITS | secrets.randbits(RANDOM_BITS - 1)
        if made <= self._last and self._last >> RANDOM_BITS == milliseconds:
            made = self._last + 1 + secrets.randbits(STEP_BITS)
        self._last = made
        return made


_ulids = _Ulids()


def ulid(at: datetime) -> str:
    """26 characters that sort by when they were made: across processes by the millisecond, within one always."""
    return _crockford(_ulids.next(int(at.timestamp() * 1000)))


def random_id(kind: str) -> str:
    """`acct_…`: not ordered by time, so that DynamoDB can spread a busy partition."""
    return f"{kind}_{_crockford(secrets.randbits(128))}"


def ordered_id(kind: str, at: datetime) -> str:
    """`run_…`: sorts by the time it was made."""
    return f"{kind}_{ulid(at)}"


def new_token() -> str:
    """Return a secret for a link: 256 random bits, safe in a URL."""
    return secrets.token_urlsafe(32)


def hashed_token(token: str) -> str:
    """Return what is kept of a secret in a link."""
    return sha256(token.encode()).hexdigest()
