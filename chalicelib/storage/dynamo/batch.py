"""Many items by their keys: BatchGetItem, asked again for what it left out."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from chalicelib.domain.kernel.errors import Unavailable
from chalicelib.storage.dynamo.query import keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pynamodb.models import Model

MOST_AT_ONCE = 100
ATTEMPTS = 6
FIRST_WAIT = 0.05


def batch(
    client: Any,
    table: type[Model],
    wanted: Sequence[tuple[str, ...]],
    sleep: Callable[[float], None] = time.sleep,
    *,
    consistent: bool = True,
) -> Iterator[dict[str, Any]]:
    """Yield the items with these keys, at most a hundred, in DynamoDB's JSON; `Unavailable` if some are never given."""
    name, names = table.Meta.table_name, [key.attr_name for key in keys(table, None) if key is not None]
    items = [{key: {"S": value} for key, value in zip(names, values, strict=True)} for values in wanted]
    asked: Any = {name: {"Keys": items, "ConsistentRead": consistent}}
    for attempt in range(ATTEMPTS):
        if attempt:
            sleep(FIRST_WAIT * 2**attempt)
        answer = client.batch_get_item(RequestItems=asked)
        yield from answer["Responses"].get(name, [])
        asked = answer.get("UnprocessedKeys")
        if not asked:
            return
    raise Unavailable
