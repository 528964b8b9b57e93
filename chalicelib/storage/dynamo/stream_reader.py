"""Reads what reports stream by the page reader: accounts (their list too), departures and bonuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from chalicelib.domain.kernel.paging import Page
from chalicelib.storage.dynamo.connection import client
from chalicelib.storage.dynamo.errors import unavailable_if_transient
from chalicelib.storage.dynamo.mapper import row_type
from chalicelib.storage.dynamo.page_reader import PageReader
from chalicelib.storage.dynamo.pages import Answer, fill

if TYPE_CHECKING:
    from collections.abc import Iterator

    import msgspec

    from chalicelib.storage.dynamo.connection import Connection
    from chalicelib.storage.dynamo.mapper import Mapper
    from chalicelib.storage.dynamo.query import KeyQuery

T = TypeVar("T")


class StreamReader:
    """Reads tables of which a million rows are read at once; `Reader` reads all others."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._pages = PageReader(client(connection))

    def page(self, mapper: Mapper[T], key_query: KeyQuery, limit: int, budget: int | None = None) -> Page[T]:
        """Return what `Reader.page` does, of at most `budget` items looked at."""
        if key_query.empty:
            return Page((), None)
        request, kind = self._request(key_query), row_type(mapper.table)

        def ask(start: Any, size: int) -> Answer:
            page = self._pages.page(request, kind, start_key=start, limit=size)
            return Answer(page.rows, page.scanned, page.next_key)

        with unavailable_if_transient():
            rows, following = fill(ask, key_query.sort_key, limit, budget)
        return Page(tuple(map(mapper.from_row, rows)), following)

    def all(self, mapper: Mapper[T], key_query: KeyQuery) -> Iterator[T]:
        """Yield every thing asked for."""
        for rows in self.rows(key_query, row_type(mapper.table)):
            yield from map(mapper.from_row, rows)

    def rows(self, key_query: KeyQuery, kind: type[msgspec.Struct]) -> Iterator[list[Any]]:
        """Yield every row asked for, in batches, each with just the attributes of `kind`."""
        if key_query.empty:
            return
        with unavailable_if_transient():
            for page in self._pages.pages(self._request(key_query), kind):
                yield from page.batches()

    def _request(self, key_query: KeyQuery) -> dict[str, Any]:
        self._connection.bind(key_query.table)
        return key_query.request()
