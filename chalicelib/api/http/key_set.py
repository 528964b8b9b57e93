"""The issuer's public keys: fetched seldom, and still good while the issuer cannot be reached."""

from __future__ import annotations

import time
from base64 import urlsafe_b64decode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable

    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

FRESH_SECONDS = 60 * 60
PAUSE_SECONDS = 60
"""How long to wait between two fetches, whatever unknown keys are named meanwhile."""
FIRST_PAUSE_SECONDS = 5
"""The same while there are no keys at all."""
TIMEOUT_SECONDS = 3
LARGEST = 256 * 1024
SMALLEST_BITS = 2048


class KeysUnavailable(Exception):
    """There are no keys, and they cannot be had now."""


class _Key(msgspec.Struct):
    kid: str = ""
    kty: str = ""
    use: str = "sig"
    alg: str = "RS256"
    n: str = ""
    e: str = ""


class _KeySet(msgspec.Struct):
    keys: list[_Key]


def fetch(url: str) -> bytes:
    """Return the key set as the issuer publishes it."""
    from urllib.request import Request, urlopen

    if not url.startswith(("https://", "http://127.0.0.1:")):
        raise KeysUnavailable("A key set is fetched by https, or from this machine.")
    asked = Request(url, headers={"Accept": "application/json"})  # noqa: S310 the scheme is checked above
    with urlopen(asked, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
        content: bytes = answer.read(LARGEST + 1)
    return content


@dataclass(slots=True)
class KeySet:
    """Keys by id, kept for an hour, and longer while they cannot be fetched."""

    get: Callable[[], bytes]
    now: Callable[[], float] = time.monotonic
    _keys: dict[str, RSAPublicKey] = field(default_factory=dict)
    _fetched_at: float | None = None
    _tried_at: float | None = None

    def find(self, kid: str) -> RSAPublicKey | None:
        """Return the key of this id; raises `KeysUnavailable` only if there never were any keys."""
        if (self._stale() or kid not in self._keys) and self._may_fetch():
            self._refresh()
        if not self._keys:
            raise KeysUnavailable("The issuer's keys cannot be fetched.")
        return self._keys.get(kid)

    def _stale(self) -> bool:
        return self._fetched_at is None or self.now() - self._fetched_at >= FRESH_SECONDS

    def _may_fetch(self) -> bool:
        pause = PAUSE_SECONDS if self._keys else FIRST_PAUSE_SECONDS
        return self._tried_at is None or self.now() - self._tried_at >= pause

    def _refresh(self) -> None:
        self._tried_at = self.now()
        try:
            keys = read(self.get())
        except (OSError, ValueError, KeysUnavailable):
            return
        if keys:
            self._keys, self._fetched_at = keys, self._tried_at


def read(content: bytes) -> dict[str, RSAPublicKey]:
    """Return the keys that may sign access tokens; raises `ValueError` if this is no key set."""
    keys = {key.kid: _public_key(key) for key in msgspec.json.decode(content, type=_KeySet).keys if _signs(key)}
    return {kid: key for kid, key in keys.items() if key is not None}


def _signs(key: _Key) -> bool:
    return bool(key.kid) and (key.kty, key.use, key.alg) == ("RSA", "sig", "RS256")


def _public_key(key: _Key) -> RSAPublicKey | None:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

    try:
        made: Any = RSAPublicNumbers(_number(key.e), _number(key.n)).public_key()
    except ValueError:
        return None
    return made if made.key_size >= SMALLEST_BITS else None


def _number(text: str) -> int:
    return int.from_bytes(urlsafe_b64decode(text + "=" * (-len(text) % 4)), "big")
