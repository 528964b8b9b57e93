"""Counts what requests to DynamoDB cost, by its published rules, from the requests and answers themselves.

A read is charged by whole items, whatever is filtered or projected away: a unit for 4 KB, half of one where it may be
out of date; a Query or Scan by the sum of what it looked at. A write is charged for each KB of the item, the larger of
before and after, twice in a transaction; an index once more where the item is in it and has changed, twice where it
moves there.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Item = dict[str, Any]
"""In DynamoDB's JSON."""
COUNTED = 700
"""The bytes that an item is taken to have of which only the number is asked."""
READ_UNIT, WRITE_UNIT = 4096, 1024


@dataclass
class MeterCounts:
    """What was asked, and what it costs."""

    calls: Counter[str] = field(default_factory=Counter)
    """By operation and table, such as `Query accounts`."""
    items: int = 0
    """Items read."""
    read_units: float = 0
    write_units: float = 0

    @property
    def reads(self) -> int:
        """Calls that read."""
        return sum(number for call, number in self.calls.items() if not call.startswith("TransactWrite"))


@dataclass(frozen=True)
class Index:
    """What has to be known of an index."""

    keys: tuple[str, ...]
    attributes: tuple[str, ...] | None = None
    """What it has beside its keys; None for all."""

    def entry(self, item: Item | None) -> Item | None:
        """The item as the index has it; None where it is not in it."""
        if item is None or any(key not in item for key in self.keys):
            return None
        if self.attributes is None:
            return item
        kept = {*self.keys, *self.attributes}
        return {name: value for name, value in item.items() if name in kept}


@dataclass(frozen=True)
class Table:
    """What has to be known of a table to charge for it."""

    name: str
    """Without its prefix."""
    indexes: tuple[Index, ...]
    get: Callable[[Item], Item | None]
    """The item with this key as it is now."""


class Meter:
    """Listens to a client's calls."""

    def __init__(self, client: Any, table: Callable[[str], Table]) -> None:
        self._table = table
        self._tallies: list[MeterCounts] = []
        client.meta.events.register("before-parameter-build.dynamodb", self._asked)
        client.meta.events.register("after-call.dynamodb", self._answered)

    @contextmanager
    def counting(self) -> Iterator[MeterCounts]:
        """What is asked within the block; within another block's, it counts here alone."""
        tally = MeterCounts()
        self._tallies.append(tally)
        yield tally
        self._tallies.remove(tally)

    def _asked(self, params: Item, model: Any, context: Item, **_: Any) -> None:
        context["asked"] = params
        context["before"] = [table.get(key) for _, table, key in self._writes(model.name, params)]

    def _answered(self, http_response: Any, model: Any, context: Item, **_: Any) -> None:
        if not self._tallies or http_response.status_code != 200:
            return
        params, tally = context["asked"], self._tallies[-1]
        writes = self._writes(model.name, params)
        tally.calls[f"{model.name} {self._names(params)}".strip()] += 1
        for (times, table, key), before in zip(writes, context["before"], strict=True):
            tally.write_units += written(table, before, table.get(key), times)
        if not writes:
            found, units = read(model.name, params, json.loads(http_response.content))
            tally.items += found
            tally.read_units += units

    def _names(self, params: Item) -> str:
        named = [params["TableName"]] if "TableName" in params else params.get("RequestItems", ())
        return " ".join(self._table(item).name for item in named)

    def _writes(self, operation: str, params: Item) -> list[tuple[int, Table, Item]]:
        """Each item that is written: what a KB of it counts, its table, and its key among what is given."""
        if operation == "TransactWriteItems":
            acts = [act for param in params["TransactItems"] for act in param.values()]
            return [(2, self._table(act["TableName"]), act.get("Key") or act["Item"]) for act in acts]
        if operation in ("PutItem", "UpdateItem", "DeleteItem"):
            return [(1, self._table(params["TableName"]), params.get("Key") or params["Item"])]
        return []


def read(operation: str, params: Item, answer: Item) -> tuple[int, float]:
    """How many items a read found, and its units."""
    if operation == "BatchGetItem":
        found = [(table, item) for table, items in answer["Responses"].items() for item in items]
        consistent_in = {table: asked.get("ConsistentRead", False) for table, asked in params["RequestItems"].items()}
        return len(found), sum(read_units(size(item), consistent_in[table]) for table, item in found)
    consistent = params.get("ConsistentRead", False)
    if operation == "GetItem":
        item = answer.get("Item")
        return int(item is not None), read_units(size(item or {}), consistent)
    looked_at, items = answer["ScannedCount"], answer.get("Items", [])
    # Those that a filter kept back are taken to be as large as the others, those that are only counted as an account.
    average = sum(map(size, items)) / len(items) if items else COUNTED if "Items" not in answer else 0
    return looked_at, read_units(average * looked_at, consistent)


def read_units(length: float, consistent: bool) -> float:
    """The units of one read of so many bytes; finding nothing is charged too."""
    return max(ceil(length / READ_UNIT), 1) * (1 if consistent else 0.5)


def written(table: Table, before: Item | None, after: Item | None, times: int) -> float:
    """The units of one item's write."""
    larger = max(_write_units(before), _write_units(after), 1)
    return times * larger + sum(_in_index(index, before, after) for index in table.indexes)


def _in_index(index: Index, before: Item | None, after: Item | None) -> int:
    """Nothing where the entry stays as it is, one write where it changes, two where it moves."""
    current, now = index.entry(before), index.entry(after)
    if current == now:
        return 0
    if current and now and all(current[key] == now[key] for key in index.keys):
        return max(_write_units(current), _write_units(now))
    return _write_units(current) + _write_units(now)


def _write_units(item: Item | None) -> int:
    return ceil(size(item) / WRITE_UNIT) if item else 0


def size(item: Item) -> int:
    """An item's size in bytes: names and values."""
    return sum(len(name.encode()) + _value_size(value) for name, value in item.items())


def _value_size(value: Item) -> int:
    ((kind, content),) = value.items()
    if kind == "S":
        return len(content.encode())
    if kind == "N":
        return ceil(len(content.strip("-").replace(".", "").strip("0")) / 2) + 1
    if kind == "B":
        return len(content) * 3 // 4
    if kind in ("SS", "NS", "BS"):
        return sum(len(item.encode()) for item in content)
    if kind in ("L", "M"):
        inside = content.values() if kind == "M" else content
        return (
            3
            + sum(1 + _value_size(item) for item in inside)
            + sum(len(item.encode()) for item in content if kind == "M")
        )
    return 1
