"""Is this access token the issuer's, for us, now? RS256 with the issuer's keys, and nothing else, ever.

What a token says of its own key or of its kind is never believed: a header that brings a key, asks for an extension or
names another algorithm is refused before any signature is looked at. Of a good token its subject lets in; when the
person signed in is passed on for the access log.
"""

from __future__ import annotations

import binascii
import json
import re
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

LONGEST = 8 * 1024
LEEWAY = 30
"""Seconds that the issuer's clock and ours may differ."""
LONGEST_LIFE = 24 * 60 * 60
ACCESS_TYPES = frozenset({"at+jwt", "application/at+jwt"})
"""The types of an access token that says so in its header (RFC 9068); Cognito says it in `token_use`."""
TYPES = frozenset({None, "JWT"}) | ACCESS_TYPES
UNBELIEVED = frozenset({"crit", "b64", "zip", "enc", "jwk", "jku", "x5c", "x5u"})
PART = re.compile(r"[A-Za-z0-9_-]+")
SUBJECT = re.compile(r"[\x21-\x7e]{1,128}")


class InvalidToken(Exception):
    """The token is not good; the reason is for the log, not for the caller."""


class Keys(Protocol):
    """The issuer's public keys."""

    def find(self, kid: str) -> RSAPublicKey | None: ...


@dataclass(frozen=True, slots=True)
class Rules:
    """Which tokens are taken."""

    issuer: str
    client_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Accepted:
    """What is used of a good token."""

    subject: str
    signed_in_at: int | None
    """When the person signed in, by the issuer's `auth_time`; for the trail, and no reason to let anybody in."""


def accepted(token: str, keys: Keys, rules: Rules, now: float) -> Accepted:
    """Check a token; raises `InvalidToken` unless it is good."""
    if len(token) > LONGEST:
        raise InvalidToken("too long")
    parts = token.split(".")
    if len(parts) != 3:
        raise InvalidToken("not three parts")
    header, claims, signature = _object(parts[0]), _object(parts[1]), _bytes(parts[2])
    _require_signed(_key(header, keys), signature, f"{parts[0]}.{parts[1]}".encode())
    _require_access(header, claims)
    _require_ours(claims, rules)
    _require_current(claims, now)
    return Accepted(_subject(claims), _signed_in_at(claims))


def bearer(header: str) -> str:
    """Return the token of an Authorization header."""
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer":
        raise InvalidToken("not a bearer token")
    return token.strip(" ")


def _bytes(part: str) -> bytes:
    if not PART.fullmatch(part):
        raise InvalidToken("not base64url")
    try:
        return urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except binascii.Error:
        raise InvalidToken("not base64url") from None


def _object(part: str) -> dict[str, Any]:
    try:
        read = json.loads(_bytes(part).decode(), object_pairs_hook=_without_doubles, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise InvalidToken("not JSON") from None
    if not isinstance(read, dict):
        raise InvalidToken("not an object")
    return read


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise InvalidToken("a name twice")
    return read


def _no_constant(name: str) -> None:
    raise InvalidToken(f"{name} is no JSON")


def _key(header: dict[str, Any], keys: Keys) -> RSAPublicKey:
    if header.get("alg") != "RS256" or header.get("typ") not in TYPES:
        raise InvalidToken("another algorithm or type")
    if UNBELIEVED & header.keys():
        raise InvalidToken("a header that is not believed")
    kid = header.get("kid")
    key = keys.find(kid) if isinstance(kid, str) and 0 < len(kid) <= 256 else None
    if key is None:
        raise InvalidToken("no such key")
    return key


def _require_signed(key: RSAPublicKey, signature: bytes, signed: bytes) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.hashes import SHA256

    try:
        key.verify(signature, signed, PKCS1v15(), SHA256())
    except InvalidSignature:
        raise InvalidToken("not signed by the issuer") from None


def _require_access(header: dict[str, Any], claims: dict[str, Any]) -> None:
    """Refuse ID tokens and others: an access token says that it is one, and nothing else besides."""
    use = claims.get("token_use", "access" if header.get("typ") in ACCESS_TYPES else None)
    if use != "access":
        raise InvalidToken("no access token")


def _require_ours(claims: dict[str, Any], rules: Rules) -> None:
    if not rules.issuer or claims.get("iss") != rules.issuer:
        raise InvalidToken("another issuer")
    if claims.get("client_id") not in rules.client_ids:
        raise InvalidToken("another client")


def _require_current(claims: dict[str, Any], now: float) -> None:
    issued, expires = _instant(claims, "iat"), _instant(claims, "exp")
    starts = _instant(claims, "nbf") if "nbf" in claims else issued
    if now >= expires + LEEWAY:
        raise InvalidToken("expired")
    if max(issued, starts) > now + LEEWAY:
        raise InvalidToken("not yet")
    if not 0 < expires - issued <= LONGEST_LIFE:
        raise InvalidToken("an odd life")


def _instant(claims: dict[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < 2**40:
        raise InvalidToken(f"no proper {name}")
    return value


def _subject(claims: dict[str, Any]) -> str:
    if not isinstance(value := claims.get("sub"), str) or not SUBJECT.fullmatch(value):
        raise InvalidToken("no subject")
    return value


def _signed_in_at(claims: dict[str, Any]) -> int | None:
    value = claims.get("auth_time")
    return value if type(value) is int and 0 < value < 2**40 else None
