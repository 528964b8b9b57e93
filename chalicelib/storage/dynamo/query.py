"""Which rows of a partition are asked for, and the Query that asks for them: PynamoDB's, or botocore's to stream."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pynamodb.attributes import Attribute
    from pynamodb.expressions.condition import Condition
    from pynamodb.models import Model
    from pynamodb.pagination import ResultIterator

LOWEST, HIGHEST = "\0", "\U0010ffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyQuery:
    """Rows of one partition of a table or index, in the order of its sort key."""

    table: type[Model]
    partition: Any
    index: str | None = None
    lower: str = LOWEST
    upper: str = HIGHEST
    """Sort keys between which the rows are, both included."""
    filter: Condition | None = None
    descending: bool = False
    consistent: bool = False

    def after(self, key: str | None) -> KeyQuery:
        """Return what comes after this sort key."""
        if key is None:
            return self
        if self.descending:
            return replace(self, upper=min(self.upper, _just_below(key)))
        return replace(self, lower=max(self.lower, key + LOWEST))

    @property
    def sort_key(self) -> str:
        """The name of the sort key."""
        sort = keys(self.table, self.index)[1]
        return sort.attr_name if sort else ""

    @property
    def empty(self) -> bool:
        """Whether no key can be in it; DynamoDB refuses to look."""
        return self.lower > self.upper

    def query(self, **options: Any) -> ResultIterator[Model]:
        """Return PynamoDB's query of them; the options are its `limit`, `page_size` and `last_evaluated_key`."""
        return self.table.query(
            self.partition,
            self._sort_condition(),
            self.filter,
            consistent_read=self.consistent,
            index_name=self.index,
            scan_index_forward=not self.descending,
            **options,
        )

    def count(self, limit: int) -> int:
        """Return how many there are, up to the limit."""
        return self.table.count(
            self.partition,
            self._sort_condition(),
            consistent_read=self.consistent,
            index_name=self.index,
            limit=limit,
        )

    def request(self) -> dict[str, Any]:
        """Return what botocore's `query` takes."""
        names: dict[str, str] = {}
        values: dict[str, Any] = {}
        arguments: dict[str, Any] = {
            "TableName": self.table.Meta.table_name,
            "KeyConditionExpression": self._key_condition().serialize(names, values),
            "ScanIndexForward": not self.descending,
            "ConsistentRead": self.consistent,
        }
        if self.index:
            arguments["IndexName"] = self.index
        if self.filter is not None:
            arguments["FilterExpression"] = self.filter.serialize(names, values)
        arguments["ExpressionAttributeNames"] = {placeholder: name for name, placeholder in names.items()}
        return {**arguments, "ExpressionAttributeValues": values}

    def _key_condition(self) -> Condition:
        here: Condition = keys(self.table, self.index)[0] == self.partition
        sort = self._sort_condition()
        return here if sort is None else here & sort

    def _sort_condition(self) -> Condition | None:
        _, sort = keys(self.table, self.index)
        if sort is None or (self.lower, self.upper) == (LOWEST, HIGHEST):
            return None
        return sort.between(self.lower, self.upper)


def _just_below(key: str) -> str:
    """Return the highest text below an ASCII key, as far as keys go."""
    if key[-1] == LOWEST:
        return key[:-1]
    return key[:-1] + chr(ord(key[-1]) - 1) + HIGHEST


@cache
def keys(table: type[Model], index: str | None) -> tuple[Attribute[Any], Attribute[Any] | None]:
    """Return the partition key and the sort key of a table or of one of its indexes."""
    attributes = (getattr(table, index).Meta.attributes if index else table.get_attributes()).values()
    partition = next(attribute for attribute in attributes if attribute.is_hash_key)
    return partition, next((attribute for attribute in attributes if attribute.is_range_key), None)
