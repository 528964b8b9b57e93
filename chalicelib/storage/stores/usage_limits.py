"""Usage counters on DynamoDB."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.kernel.usage_limits import UsageCounter
from chalicelib.storage.dynamo.attributes import InstantAttribute
from chalicelib.storage.dynamo.mapper import dataclass_mapper
from chalicelib.storage.dynamo.single_update import update_one

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.storage.dynamo.reader import Reader


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


GRACE = timedelta(days=1)
"""How long a counter is kept after its period."""


def _ttl(expires_at: datetime) -> int:
    return int((expires_at + GRACE).timestamp())


USAGE = dataclass_mapper(UsageCounter, Usage, derive=lambda counter: {"ttl": _ttl(counter.expires_at)})


class DynamoUsage:
    """A UsageStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, partner_id: str, counter_id: str) -> UsageCounter | None:
        """Return the counter, read strongly consistent."""
        return self._reader.get(USAGE, partner_id, counter_id)

    def take(self, partner_id: str, counter_id: str, maximum: int, expires_at: datetime) -> bool:
        """Count once more unless that is more than the maximum; say whether it was counted."""
        actions = [Usage.used.add(1), Usage.expires_at.set(expires_at), Usage.ttl.set(_ttl(expires_at))]
        below = Usage.counter_id.does_not_exist() | (Usage.used < maximum)
        return update_one(self._reader.connection, Usage(partner_id, counter_id), actions, below)
