"""Records of requests that have had their effect, on DynamoDB."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.idempotency import AccountRef, RequestRecord
from chalicelib.storage.codec import flat
from chalicelib.storage.tables.requests import Requests

if TYPE_CHECKING:
    from chalicelib.storage.reader import Reader

GRACE = timedelta(days=1)
"""Between a record's end and its being cleared away."""

REQUEST = flat(
    RequestRecord,
    Requests,
    derive=lambda record: {"ttl": int((record.expires_at + GRACE).timestamp())},
    json={"about": AccountRef},
)


class DynamoRequests:
    """A RequestStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, request_hash: str) -> RequestRecord | None:
        """The record, read strongly consistent, expired or not."""
        return self._reader.get(REQUEST, request_hash)
