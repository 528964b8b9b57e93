"""Reads stored things by PynamoDB: one by its key, a page of some, or all of them as they come."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from chalicelib.domain.kernel.paging import BoundedCount, Page, bounded
from chalicelib.storage.dynamo.batch import MOST_AT_ONCE, batch
from chalicelib.storage.dynamo.connection import client
from chalicelib.storage.dynamo.errors import unavailable_if_transient
from chalicelib.storage.dynamo.pages import Answer, fill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pynamodb.models import Model

    from chalicelib.storage.dynamo.connection import Connection
    from chalicelib.storage.dynamo.mapper import Mapper
    from chalicelib.storage.dynamo.query import KeyQuery
    from chalicelib.storage.dynamo.stream_reader import StreamReader

T = TypeVar("T")


class Reader:
    """Reads the tables through one connection."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @cached_property
    def stream(self) -> StreamReader:
        """What reads accounts, departures and bonuses, of which reports read a million rows."""
        from chalicelib.storage.dynamo.stream_reader import StreamReader

        return StreamReader(self.connection)

    def get(self, mapper: Mapper[T], partition: Any, sort: str | None = None) -> T | None:
        """Return the thing with this key, read strongly consistent."""
        with unavailable_if_transient():
            self.connection.bind(mapper.table)
            try:
                return mapper.entity_of(mapper.table.get(partition, sort, consistent_read=True))
            except mapper.table.DoesNotExist:
                return None

    def all(self, mapper: Mapper[T], key_query: KeyQuery) -> Iterator[T]:
        """Yield every thing asked for, read as they are taken."""
        return map(mapper.entity_of, self.rows(key_query))

    def rows(self, key_query: KeyQuery, limit: int | None = None) -> Iterator[Model]:
        """Yield what is asked for as PynamoDB's models, read as they are taken."""
        if key_query.empty:
            return
        self.connection.bind(key_query.table)
        with unavailable_if_transient():
            yield from key_query.query(limit=limit)

    def first(self, mapper: Mapper[T], key_query: KeyQuery, limit: int) -> list[T]:
        """Return at most so many things, from the first one on; for queries without a filter."""
        return list(map(mapper.entity_of, self.rows(key_query, limit)))

    def count(self, key_query: KeyQuery, limit: int) -> BoundedCount:
        """Count what is asked for, looking at one more than the limit at most; for queries without a filter."""
        if key_query.empty:
            return BoundedCount(0)
        self.connection.bind(key_query.table)
        with unavailable_if_transient():
            return bounded(key_query.count(limit + 1), limit)

    def page(self, mapper: Mapper[T], key_query: KeyQuery, limit: int) -> Page[T]:
        """Return `limit` things, or fewer where they end or the read budget is used up; `next` is a sort key.

        PynamoDB's own `limit` would go on until a filter has let so many through, however much is read.
        """
        if key_query.empty:
            return Page((), None)

        def ask(start: Any, size: int) -> Answer:
            answer = self.raw_page(key_query, start, size)
            return answer._replace(rows=list(map(key_query.table.from_raw_data, answer.rows)))

        with unavailable_if_transient():
            rows, following = fill(ask, key_query.sort_key, limit)
        return Page(tuple(map(mapper.entity_of, rows)), following)

    def raw_page(self, key_query: KeyQuery, start: Any, size: int) -> Answer:
        """Return one Query from a key on, of so many items looked at, its rows in DynamoDB's JSON."""
        self.connection.bind(key_query.table)
        with unavailable_if_transient():
            pages = key_query.query(page_size=size, last_evaluated_key=start).page_iter
            rows = next(pages)["Items"]
            return Answer(rows, pages.total_scanned_count, pages.last_evaluated_key)

    def count_matching(self, key_query: KeyQuery, budget: int) -> tuple[int, bool]:
        """Count what is asked for among so many items looked at; tell whether that is all."""
        self.connection.bind(key_query.table)
        request = {**key_query.request(), "Select": "COUNT"}
        number = looked_at = 0
        with unavailable_if_transient():
            while True:
                answer = client(self.connection).query(**request, Limit=budget - looked_at)
                number, looked_at = number + answer["Count"], looked_at + answer["ScannedCount"]
                if "LastEvaluatedKey" not in answer or looked_at >= budget:
                    return number, "LastEvaluatedKey" not in answer
                request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def many(self, mapper: Mapper[T], hash_keys: list[str]) -> Iterator[T]:
        """Yield the things with these keys, those that there are, in any order, read strongly consistent."""
        self.connection.bind(mapper.table)
        with unavailable_if_transient():
            for start in range(0, len(hash_keys), MOST_AT_ONCE):
                some = [(key,) for key in hash_keys[start : start + MOST_AT_ONCE]]
                for item in batch(client(self.connection), mapper.table, some):
                    yield mapper.entity_of(mapper.table.from_raw_data(item))

    def many_of_partition(self, mapper: Mapper[T], partition: str, sort_keys: list[str]) -> Iterator[T]:
        """Yield the things with these keys, those that there are, in any order; they may be a moment out of date."""
        self.connection.bind(mapper.table)
        with unavailable_if_transient():
            for start in range(0, len(sort_keys), MOST_AT_ONCE):
                some = [(partition, key) for key in sort_keys[start : start + MOST_AT_ONCE]]
                for item in batch(client(self.connection), mapper.table, some, consistent=False):
                    yield mapper.entity_of(mapper.table.from_raw_data(item))

    def scan(self, mapper: Mapper[T]) -> Iterator[T]:
        """Yield everything in the table: only for the operations that are named in the design as scanning."""
        self.connection.bind(mapper.table)
        with unavailable_if_transient():
            yield from map(mapper.entity_of, mapper.table.scan(consistent_read=True))
