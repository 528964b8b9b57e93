"""The table of usage counters."""

from __future__ import annotations

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.storage.tables.attributes import InstantAttribute


class Usage(Model):
    """How often something was done in a period; items go by their TTL once the period is over."""

    class Meta:
        table_name = "usage"

    partner_id = UnicodeAttribute(hash_key=True)
    counter_id = UnicodeAttribute(range_key=True)
    used = NumberAttribute()
    version = NumberAttribute(null=True)
    expires_at = InstantAttribute()
    ttl = NumberAttribute()
