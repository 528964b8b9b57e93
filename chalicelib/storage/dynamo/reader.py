"""Reads stored things: one by its key, a page of some, or all of them as they come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from chalicelib.domain.kernel.paging import Page
from chalicelib.storage.dynamo.batch import MOST_AT_ONCE, batch
from chalicelib.storage.dynamo.connection import client
from chalicelib.storage.dynamo.errors import unavailable_if_transient
from chalicelib.storage.dynamo.mapper import row_type
from chalicelib.storage.dynamo.page_reader import PageReader

if TYPE_CHECKING:
    from collections.abc import Iterator

    import msgspec

    from chalicelib.storage.dynamo.connection import Connection
    from chalicelib.storage.dynamo.mapper import Mapper
    from chalicelib.storage.dynamo.query import KeyQuery

T = TypeVar("T")
READ_BUDGET = 2_000
"""Items of at most 1 KB that one page of a filtered list may look at: 2 MB."""
WIDER = 4
"""How many times more a filtered page looks at with each further Query."""


class Reader:
    """Reads the tables through one connection."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._page_reader: PageReader | None = None

    @property
    def _pages(self) -> PageReader:
        if self._page_reader is None:
            self._page_reader = PageReader(client(self.connection))
        return self._page_reader

    def get(self, mapper: Mapper[T], partition: Any, sort: str | None = None) -> T | None:
        """Return the thing with this key, read strongly consistent."""
        with unavailable_if_transient():
            self.connection.bind(mapper.table)
            try:
                return mapper.entity_of(mapper.table.get(partition, sort, consistent_read=True))
            except mapper.table.DoesNotExist:
                return None

    def all(self, mapper: Mapper[T], selection: KeyQuery) -> Iterator[T]:
        """Yield every thing selected."""
        for rows in self.rows(selection, row_type(mapper.table)):
            yield from map(mapper.from_row, rows)

    def rows(self, selection: KeyQuery, kind: type[msgspec.Struct]) -> Iterator[list[Any]]:
        """Yield every row selected, in batches, each with just the attributes of `kind`."""
        if selection.empty:
            return
        with unavailable_if_transient():
            for page in self._pages.pages(self._query(selection), kind):
                yield from page.batches()

    def page(self, mapper: Mapper[T], selection: KeyQuery, limit: int) -> Page[T]:
        """Return `limit` things, or fewer where they end or the read budget is used up; `next` is a sort key."""
        rows, following = self._some(selection, row_type(mapper.table), limit)
        return Page(tuple(map(mapper.from_row, rows)), following)

    def first(self, mapper: Mapper[T], selection: KeyQuery, limit: int) -> list[T]:
        """At most so many things, from the first one on; for selections without a filter."""
        with unavailable_if_transient():
            page = self._pages.page(self._query(selection), row_type(mapper.table), limit=limit)
        return list(map(mapper.from_row, page.rows))

    def many(self, mapper: Mapper[T], hash_keys: list[str]) -> Iterator[T]:
        """Yield the things with these keys, those that there are, in any order, read strongly consistent."""
        self.connection.bind(mapper.table)
        with unavailable_if_transient():
            for start in range(0, len(hash_keys), MOST_AT_ONCE):
                for item in batch(client(self.connection), mapper.table, hash_keys[start : start + MOST_AT_ONCE]):
                    yield mapper.entity_of(mapper.table.from_raw_data(item))

    def scan(self, mapper: Mapper[T]) -> Iterator[T]:
        """Yield everything in the table: only for the operations that are named in the design as scanning."""
        self.connection.bind(mapper.table)
        with unavailable_if_transient():
            yield from map(mapper.entity_of, mapper.table.scan(consistent_read=True))

    def _query(self, selection: KeyQuery) -> dict[str, Any]:
        self.connection.bind(selection.table)
        return selection.query()

    def _some(self, selection: KeyQuery, kind: type[msgspec.Struct], limit: int) -> tuple[list[Any], str | None]:
        """Read one more than the page, so that `next` is only there if something follows."""
        rows: list[Any] = []
        looked_at, ask, start = 0, limit + 1, None
        while not selection.empty:
            with unavailable_if_transient():
                page = self._pages.page(self._query(selection), kind, start_key=start, limit=ask)
            rows += page.rows
            looked_at, start = looked_at + page.scanned, page.next_key
            if len(rows) > limit:
                return rows[:limit], getattr(rows[limit - 1], selection.sort_key)
            if start is None:
                break
            if looked_at >= READ_BUDGET:
                return rows, str(start[selection.sort_key]["S"])
            ask = min(ask * WIDER, READ_BUDGET - looked_at)
        return rows, None
