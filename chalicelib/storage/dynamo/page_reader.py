"""DynamoDB Query pages read straight into typed rows, the next page under way while one is worked on.

Signing, retries and errors stay botocore's; only the decoding of a good answer's items is ours: botocore offers the raw
answer (`before-parse`), the items are taken from it as they are, and botocore parses the few fields that are left. The
items become rows some at a time, as they are worked on, so that these stay in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from chalicelib.storage.dynamo.item_decoder import RowDecoder, row_decoder
from chalicelib.storage.dynamo.raw_response import ITEMS, capture_raw_items, keep_raw_items

T = TypeVar("T", bound=msgspec.Struct)
Query = Mapping[str, Any]
"""What botocore's `query` takes, without the projection, which the row type makes."""
Key = Mapping[str, Any]
"""A key in DynamoDB's JSON, as `LastEvaluatedKey` gives it."""
BATCH_SIZE = 256
"""Rows made together."""


class IncompleteAnswerError(Exception):
    """An answer does not hold as many rows as it says it does, or was not offered to be decoded."""


class QueryClient(Protocol):
    """The part of a botocore DynamoDB client that is used."""

    @property
    def meta(self) -> Any:
        """Where its events are."""
        ...

    def query(self, **kwargs: Any) -> dict[str, Any]:
        """Return one Query."""
        ...


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One answer: its items, which become rows as they are asked for, and where to go on."""

    items: list[msgspec.Raw]
    row_decoder: RowDecoder[T]
    scanned: int
    """Items read, those included that a filter left out."""
    next_key: Key | None

    @property
    def rows(self) -> list[T]:
        """All of them; `msgspec.ValidationError` if an item is not what the row type says."""
        return self.row_decoder.read(self.items)

    def batches(self, size: int = BATCH_SIZE) -> Iterator[list[T]]:
        """Yield all of them, some at a time."""
        for start in range(0, len(self.items), size):
            yield self.row_decoder.read(self.items[start : start + size])


class PageReader:
    """Reads Query pages with one botocore client."""

    def __init__(self, client: QueryClient) -> None:
        self._client = client
        client.meta.events.register("before-parse.dynamodb.Query", keep_raw_items, unique_id="raw-items")

    def page(
        self, query: Query, row_type: type[T], *, start_key: Key | None = None, limit: int | None = None
    ) -> Page[T]:
        """Return one page, at most 1 MB of items; `limit` counts the items read, before any filter."""
        asked = _projected(query, row_decoder(row_type).names)
        if start_key:
            asked["ExclusiveStartKey"] = start_key
        if limit:
            asked["Limit"] = limit
        with capture_raw_items():
            return _page(self._client.query(**asked), row_decoder(row_type))

    def pages(self, query: Query, row_type: type[T]) -> Iterator[Page[T]]:
        """Yield all pages; never more than the one worked on and the one after it are held."""
        with ThreadPoolExecutor(1, thread_name_prefix="next-page") as ahead:
            coming: Future[Page[T]] | None = ahead.submit(self.page, query, row_type)
            while coming:
                page = coming.result()
                coming = ahead.submit(self.page, query, row_type, start_key=page.next_key) if page.next_key else None
                yield page


def _projected(query: Query, names: tuple[str, ...]) -> dict[str, Any]:
    """Return the query, asking for just these attributes."""
    places = {f"#column{number}": name for number, name in enumerate(names)}
    return {
        **query,
        "ProjectionExpression": ", ".join(places),
        "ExpressionAttributeNames": {**query.get("ExpressionAttributeNames", {}), **places},
    }


def _page(answer: dict[str, Any], rows: RowDecoder[T]) -> Page[T]:
    items = answer.get(ITEMS)
    if items is None or len(items) != answer["Count"]:
        raise IncompleteAnswerError("The answer does not hold the rows it counts.")
    return Page(
        items=items,
        row_decoder=rows,
        scanned=answer["ScannedCount"],
        next_key=answer.get("LastEvaluatedKey"),
    )
