"""Counters on DynamoDB: a partner's eight shards are one small Query."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.accounts.counters import STATUSES_AND_TYPES, StatusAndType, Summary
from chalicelib.storage.dynamo.query import KeyQuery

if TYPE_CHECKING:
    from chalicelib.storage.dynamo.reader import Reader


class Counters(Model):
    """How many accounts a partner has, in eight shards: one number a status and type, absent while never touched."""

    class Meta:
        table_name = "counters"

    partner_id = UnicodeAttribute(hash_key=True)
    shard = UnicodeAttribute(range_key=True)
    open_managed = NumberAttribute(null=True, attr_name="O#managed")
    open_referred = NumberAttribute(null=True, attr_name="O#referred")
    trial_managed = NumberAttribute(null=True, attr_name="T#managed")
    trial_referred = NumberAttribute(null=True, attr_name="T#referred")
    expired_managed = NumberAttribute(null=True, attr_name="E#managed")
    expired_referred = NumberAttribute(null=True, attr_name="E#referred")
    cancelled_managed = NumberAttribute(null=True, attr_name="C#managed")
    cancelled_referred = NumberAttribute(null=True, attr_name="C#referred")


_FIELDS: dict[str, str] = {item.attr_name: name for name, item in Counters.get_attributes().items()}
FIELD_OF: dict[StatusAndType, str] = {
    (status, kind): _FIELDS[f"{status}#{kind}"] for status, kind in STATUSES_AND_TYPES
}
"""Return the attribute of a status and type."""


class DynamoCounters:
    """A CounterStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def summary(self, partner_id: str) -> Summary:
        """Return the exact counts, one read."""
        shards = KeyQuery(table=Counters, partition=partner_id, consistent=True)
        counts: Counter[StatusAndType] = Counter()
        for row in self._reader.rows(shards):
            counts.update(_numbers(row))
        return Summary(counts)


def _numbers(row: Any) -> dict[StatusAndType, int]:
    return {status_and_type: getattr(row, name) or 0 for status_and_type, name in FIELD_OF.items()}
