"""Where failed things stand in the index of what is not done: with their own partner, apart from what goes on."""

from __future__ import annotations


def failed_of(partner_id: str) -> str:
    """Return the bucket of a partner's failed things."""
    return f"failed#{partner_id}"
