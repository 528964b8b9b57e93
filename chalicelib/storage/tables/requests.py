"""The table of requests that have had their effect."""

from __future__ import annotations

from pynamodb.attributes import BinaryAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.storage.tables.attributes import InstantAttribute


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
