"""Records of requests that have had their effect, on DynamoDB."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pynamodb.attributes import BinaryAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.kernel.idempotency import AccountRef, RequestRecord
from chalicelib.storage.dynamo.attributes import InstantAttribute
from chalicelib.storage.dynamo.mapper import dataclass_mapper

if TYPE_CHECKING:
    from chalicelib.storage.dynamo.reader import Reader


class Requests(Model):
    """Requests that have had their effect, and what was answered."""

    class Meta:
        table_name = "requests"

    request_hash = UnicodeAttribute(hash_key=True)
    fingerprint = UnicodeAttribute()
    status = NumberAttribute()
    location = UnicodeAttribute(null=True)
    body = BinaryAttribute(legacy_encoding=False)
    at = InstantAttribute()
    expires_at = InstantAttribute()
    about = UnicodeAttribute(null=True)
    searched_in = UnicodeAttribute(null=True)
    ttl = NumberAttribute()


GRACE = timedelta(days=1)
"""Between a record's end and its being cleared away."""

REQUEST = dataclass_mapper(
    RequestRecord,
    Requests,
    derive=lambda record: {"ttl": int((record.expires_at + GRACE).timestamp())},
    json={"about": AccountRef},
)


class DynamoIdempotencyRecords:
    """A IdempotencyStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, request_hash: str) -> RequestRecord | None:
        """Return the record, read strongly consistent, expired or not."""
        return self._reader.get(REQUEST, request_hash)
