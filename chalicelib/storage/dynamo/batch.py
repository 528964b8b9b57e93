"""Many items by their keys: BatchGetItem, asked again for what it left out."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from chalicelib.domain.kernel.errors import Unavailable
from chalicelib.storage.dynamo.query import keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pynamodb.models import Model

MOST_AT_ONCE = 100
ATTEMPTS = 6
FIRST_WAIT = 0.05


def batch(
    client: Any, table: type[Model], hash_keys: list[str], sleep: Callable[[float], None] = time.sleep
) -> Iterator[dict[str, Any]]:
    """Yield the items with these keys, at most a hundred, in DynamoDB's JSON; `Unavailable` if some are never given."""
    name, key = table.Meta.table_name, keys(table, None)[0].attr_name
    asked: Any = {name: {"Keys": [{key: {"S": hash_key}} for hash_key in hash_keys], "ConsistentRead": True}}
    for attempt in range(ATTEMPTS):
        if attempt:
            sleep(FIRST_WAIT * 2**attempt)
        answer = client.batch_get_item(RequestItems=asked)
        yield from answer["Responses"].get(name, [])
        asked = answer.get("UnprocessedKeys")
        if not asked:
            return
    raise Unavailable
