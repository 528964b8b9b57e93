"""Reads stored things: one by its key, a page of some, or all of them as they come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from chalicelib.domain.kernel.paging import Page
from chalicelib.storage.dynamo.batch import MOST_AT_ONCE, batch
from chalicelib.storage.dynamo.connection import client
from chalicelib.storage.dynamo.errors import busy_if_it_passes
from chalicelib.storage.dynamo.mapper import row_type
from chalicelib.storage.dynamo.page_reader import PageReader

if TYPE_CHECKING:
    from collections.abc import Iterator

    import msgspec

    from chalicelib.storage.dynamo.connection import Connection
    from chalicelib.storage.dynamo.mapper import Codec
    from chalicelib.storage.dynamo.query import Selection

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

    def get(self, codec: Codec[T], partition: Any, sort: str | None = None) -> T | None:
        """The thing with this key, read strongly consistent."""
        with busy_if_it_passes():
            self.connection.bind(codec.table)
            try:
                return codec.entity_of(codec.table.get(partition, sort, consistent_read=True))
            except codec.table.DoesNotExist:
                return None

    def all(self, codec: Codec[T], selection: Selection) -> Iterator[T]:
        """Every thing selected."""
        for rows in self.rows(selection, row_type(codec.table)):
            yield from map(codec.entity, rows)

    def rows(self, selection: Selection, kind: type[msgspec.Struct]) -> Iterator[list[Any]]:
        """Every row selected, in batches, each with just the attributes of `kind`."""
        if selection.empty:
            return
        with busy_if_it_passes():
            for page in self._pages.pages(self._query(selection), kind):
                yield from page.batches()

    def page(self, codec: Codec[T], selection: Selection, limit: int) -> Page[T]:
        """Things selected, `limit` of them unless they end or the read budget is used up; `next` is a sort key."""
        rows, following = self._some(selection, row_type(codec.table), limit)
        return Page(tuple(map(codec.entity, rows)), following)

    def first(self, codec: Codec[T], selection: Selection, limit: int) -> list[T]:
        """At most so many things, from the first one on; for selections without a filter."""
        with busy_if_it_passes():
            page = self._pages.page(self._query(selection), row_type(codec.table), limit=limit)
        return list(map(codec.entity, page.rows))

    def many(self, codec: Codec[T], hash_keys: list[str]) -> Iterator[T]:
        """The things with these keys, those that there are, in any order, read strongly consistent."""
        self.connection.bind(codec.table)
        with busy_if_it_passes():
            for start in range(0, len(hash_keys), MOST_AT_ONCE):
                for item in batch(client(self.connection), codec.table, hash_keys[start : start + MOST_AT_ONCE]):
                    yield codec.entity_of(codec.table.from_raw_data(item))

    def scan(self, codec: Codec[T]) -> Iterator[T]:
        """Everything in the table: only for the operations that are named in the design as scanning."""
        self.connection.bind(codec.table)
        with busy_if_it_passes():
            yield from map(codec.entity_of, codec.table.scan(consistent_read=True))

    def _query(self, selection: Selection) -> dict[str, Any]:
        self.connection.bind(selection.table)
        return selection.query()

    def _some(self, selection: Selection, kind: type[msgspec.Struct], limit: int) -> tuple[list[Any], str | None]:
        """One more than the page is read, so that `next` is only there if something follows."""
        rows: list[Any] = []
        looked_at, ask, start = 0, limit + 1, None
        while not selection.empty:
            with busy_if_it_passes():
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
