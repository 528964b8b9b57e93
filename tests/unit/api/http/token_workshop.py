"""Makes access tokens, good ones and forged ones, with keys of its own."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256, SHA512
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ISSUER = "https://issuer.example/pool"
CLIENT = "console"
NOW = 1_800_000_000
KID = "key-1"
HEADER = {"kid": KID, "alg": "RS256"}
CLAIMS = {
    "sub": "8d1f2f5e-ann",
    "iss": ISSUER,
    "client_id": CLIENT,
    "token_use": "access",
    "iat": NOW - 60,
    "exp": NOW + 840,
}


@lru_cache
def private_key(name: str = "issuer", bits: int = 2048) -> rsa.RSAPrivateKey:
    """One key a name, made once."""
    return rsa.generate_private_key(65537, bits)


def part(value: Any) -> str:
    """A part of a token: base64url without padding."""
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def signed(header: Any, claims: Any, key: rsa.RSAPrivateKey | None = None, digest: Any = SHA256) -> str:
    """A token signed by PKCS #1 v1.5, whatever it says of itself."""
    text = f"{part(header)}.{part(claims)}"
    return f"{text}.{part((key or private_key()).sign(text.encode(), padding.PKCS1v15(), digest()))}"


def token(header: dict[str, Any] | None = None, **claims: Any) -> str:
    """A token of the issuer, with other header values and claims; a claim that is `...` is left out."""
    reported = {name: value for name, value in {**CLAIMS, **claims}.items() if value is not ...}
    return signed({**HEADER, **(header or {})}, reported)


def signed_by_secret(header: dict[str, Any], secret: bytes) -> str:
    """A token signed by HMAC, such as with the public key as the secret."""
    text = f"{part(header)}.{part(CLAIMS)}"
    return f"{text}.{part(hmac.new(secret, text.encode(), hashlib.sha256).digest())}"


def public_pem() -> bytes:
    """The issuer's public key as text."""
    return private_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def signed_by_pss() -> str:
    """A token signed with the right key by another scheme (PS256)."""
    text = f"{part(HEADER)}.{part(CLAIMS)}"
    scheme = padding.PSS(padding.MGF1(SHA256()), 32)
    return f"{text}.{part(private_key().sign(text.encode(), scheme, SHA256()))}"


def signed_by_rs512() -> str:
    """A token signed with the right key and another digest."""
    return signed(HEADER, CLAIMS, digest=SHA512)


def jwk(kid: str = KID, key: rsa.RSAPrivateKey | None = None, **other: Any) -> dict[str, Any]:
    """A public key as a key set has it."""
    numbers = (key or private_key()).public_key().public_numbers()
    length = (numbers.n.bit_length() + 7) // 8
    made = {"kid": kid, "kty": "RSA", "use": "sig", "alg": "RS256"}
    return {**made, "n": part(numbers.n.to_bytes(length, "big")), "e": part(numbers.e.to_bytes(3, "big")), **other}


def key_set(*keys: dict[str, Any]) -> bytes:
    """A key set as an issuer publishes it."""
    return json.dumps({"keys": list(keys)}).encode()
