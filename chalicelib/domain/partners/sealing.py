"""Keeps a text that only the holder of a key can read: AES-256-GCM, with a random nonce for each sealing."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

NONCE_BYTES = 12
"""NIST SP 800-38D, section 8.2.2; a key seals one session's tokens, some hundred at most."""


def seal(text: str, key: str) -> str:
    """Return the text as only this key reads it."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(NONCE_BYTES)
    return urlsafe_b64encode(nonce + AESGCM(_derived(key)).encrypt(nonce, text.encode(), None)).decode()


def unseal(sealed: str, key: str) -> str | None:
    """Return the text, or None where it was sealed by another key."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    raw = urlsafe_b64decode(sealed)
    try:
        return AESGCM(_derived(key)).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None).decode()
    except InvalidTag:
        return None


def _derived(key: str) -> bytes:
    """Return 256 bits of a key that is random itself, so that a plain hash does."""
    return sha256(f"session {key}".encode()).digest()
