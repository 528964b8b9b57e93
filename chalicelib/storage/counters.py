"""Counters on DynamoDB: a partner's eight shards are one small Query."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from chalicelib.domain.counters import STANDINGS, Standing, Summary
from chalicelib.storage.codec import row_type
from chalicelib.storage.selection import Selection
from chalicelib.storage.tables.counters import Counters

if TYPE_CHECKING:
    from chalicelib.storage.reader import Reader

_FIELDS: dict[str, str] = {each.attr_name: name for name, each in Counters.get_attributes().items()}
FIELD_OF: dict[Standing, str] = {(status, kind): _FIELDS[f"{status}#{kind}"] for status, kind in STANDINGS}
"""The name that a standing's number has in the model."""


class DynamoCounters:
    """A CounterStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def summary(self, partner_id: str) -> Summary:
        """The exact counts, one read."""
        shards = Selection(table=Counters, partition=partner_id, consistent=True)
        counts: Counter[Standing] = Counter()
        for rows in self._reader.rows(shards, row_type(Counters)):
            for row in rows:
                counts.update(_numbers(row))
        return Summary(counts)


def _numbers(row: Any) -> dict[Standing, int]:
    return {standing: getattr(row, name) or 0 for standing, name in FIELD_OF.items()}
