"""DynamoDB Query pages read straight into typed rows, the next page under way while one is worked on.

Signing, retries and errors stay botocore's; only the decoding of a good answer is ours: botocore offers the raw answer
(`before-parse`), the rows are taken from it, and botocore parses the few fields that are left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from chalicelib.storage.raw_answer import BYTES, ROWS, answer_as, take_rows
from chalicelib.storage.wire import layout

T = TypeVar("T", bound=msgspec.Struct)
Query = Mapping[str, Any]
"""What botocore's `query` takes, without the projection, which the row type makes."""
Key = Mapping[str, Any]
"""A key in DynamoDB's JSON, as `LastEvaluatedKey` gives it."""


class IncompleteAnswerError(Exception):
    """An answer does not hold as many rows as it says it does, or was not offered to be decoded."""


class QueryClient(Protocol):
    """The part of a botocore DynamoDB client that is used."""

    @property
    def meta(self) -> Any:
        """Where its events are."""
        ...

    def query(self, **kwargs: Any) -> dict[str, Any]:
        """One Query."""
        ...


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One answer: its rows, and what it took to read them."""

    rows: list[T]
    scanned: int
    """Items read, those included that a filter left out."""
    next_key: Key | None
    capacity: float | None
    """Read units, where the service tells them."""
    body_bytes: int
    """Size of the answer on the wire."""


class PageReader:
    """Reads Query pages with one botocore client."""

    def __init__(self, client: QueryClient) -> None:
        self._client = client
        client.meta.events.register("before-parse.dynamodb.Query", take_rows, unique_id="typed-rows")

    def page(
        self, query: Query, row_type: type[T], *, start_key: Key | None = None, limit: int | None = None
    ) -> Page[T]:
        """One page, at most 1 MB of items; `limit` counts the items read, before any filter."""
        asked = _projected(query, layout(row_type).names)
        if start_key:
            asked["ExclusiveStartKey"] = start_key
        if limit:
            asked["Limit"] = limit
        with answer_as(row_type):
            return _page(self._client.query(**asked))

    def pages(self, query: Query, row_type: type[T]) -> Iterator[Page[T]]:
        """All pages; never more than the one worked on and the one after it are held."""
        with ThreadPoolExecutor(1, thread_name_prefix="next-page") as ahead:
            coming: Future[Page[T]] | None = ahead.submit(self.page, query, row_type)
            while coming:
                page = coming.result()
                coming = ahead.submit(self.page, query, row_type, start_key=page.next_key) if page.next_key else None
                yield page


def _projected(query: Query, names: tuple[str, ...]) -> dict[str, Any]:
    """The query, asking for just these attributes and for what it costs."""
    places = {f"#column{number}": name for number, name in enumerate(names)}
    return {
        "ReturnConsumedCapacity": "TOTAL",
        **query,
        "ProjectionExpression": ", ".join(places),
        "ExpressionAttributeNames": {**query.get("ExpressionAttributeNames", {}), **places},
    }


def _page(answer: dict[str, Any]) -> Page[Any]:
    rows = answer.get(ROWS)
    if rows is None or len(rows) != answer["Count"]:
        raise IncompleteAnswerError("The answer does not hold the rows it counts.")
    return Page(
        rows=rows,
        scanned=answer["ScannedCount"],
        next_key=answer.get("LastEvaluatedKey"),
        capacity=answer.get("ConsumedCapacity", {}).get("CapacityUnits"),
        body_bytes=answer[BYTES],
    )
