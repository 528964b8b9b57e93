"""Pages of lists: `?limit=` and an opaque `&cursor=` that fits one partner and one query.

A cursor holds a digest of the partner and the query, so that one used elsewhere is refused by name. There is no secret
in it: a forged one can reveal nothing, because the store reads only the partition of the caller's own partner, wherever
in it the cursor says to start.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated, Any, Protocol

import msgspec

from chalicelib.api.http.operation import Query
from chalicelib.api.http.text_values import RULE
from chalicelib.domain.kernel.errors import Invalid
from chalicelib.domain.kernel.paging import DEFAULT_LIMIT, MAX_LIMIT
from chalicelib.domain.kernel.text_rules import Reference

DIGEST = 8
MAX_KEY = 1024
"""DynamoDB's longest sort key, in bytes."""

Next = Annotated[str, msgspec.Meta(description="The cursor of the next page.")] | msgspec.UnsetType
"""In a list's answer; left out at its end."""


Limit = Annotated[int, msgspec.Meta(ge=1, le=MAX_LIMIT, description="How many items at most.")]
Cursor = (
    Annotated[
        str,
        msgspec.Meta(
            min_length=1, max_length=2048, description="`next` of the page before.", extra={RULE: Reference()}
        ),
    ]
    | msgspec.UnsetType
)


class PageQuery(Query):
    """The parameters of every list."""

    limit: Limit = DEFAULT_LIMIT
    cursor: Cursor = msgspec.UNSET


class Paged(Protocol):
    """A query string with the parameters of every list: structs with fields cannot be combined by inheritance."""

    limit: int
    cursor: str | msgspec.UnsetType


def start_after(query: Paged, partner_id: str) -> str | None:
    """Return the sort key that the query's cursor names; raises `Invalid` for one that is not of this list."""
    if query.cursor is msgspec.UNSET:
        return None
    try:
        read = urlsafe_b64decode(query.cursor + "=" * (-len(query.cursor) % 4))
        digest, key = read[:DIGEST], read[DIGEST:].decode()
    except ValueError:
        raise _refused() from None
    if digest != _digest(query, partner_id) or not 0 < len(read) - DIGEST <= MAX_KEY:
        raise _refused()
    return key


def next_cursor(query: Paged, partner_id: str, key: str | None) -> str | msgspec.UnsetType:
    """Return the cursor of the next page; unset at the end."""
    if key is None:
        return msgspec.UNSET
    return urlsafe_b64encode(_digest(query, partner_id) + key.encode()).rstrip(b"=").decode()


def _digest(query: Any, partner_id: str) -> bytes:
    asked = msgspec.structs.replace(query, cursor=msgspec.UNSET, limit=DEFAULT_LIMIT)
    seen = msgspec.json.encode([type(query).__name__, partner_id, asked])
    return hashlib.sha256(seen).digest()[:DIGEST]


def _refused() -> Invalid:
    return Invalid.field(
        "cursor", "This cursor is not of this list. Send `next` of the page before with the same filters, or no cursor."
    )
