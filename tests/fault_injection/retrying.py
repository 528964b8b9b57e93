"""What may be answered to a request that met a fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.api_client import Reply


def require_retryable(reply: Reply | None) -> None:
    """Refuse every answer to a fault but none at all, 429 and 503, which say when to ask again."""
    if reply is not None and (reply.status not in (429, 503) or "Retry-After" not in reply.headers):
        raise AssertionError(f"A fault was answered by {reply.status}, not by 503 with Retry-After: {reply.text}")
