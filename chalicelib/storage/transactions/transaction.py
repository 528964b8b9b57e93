"""One change as the items of one TransactWriteItems."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.counters import SHARDS, StatusAndType
from chalicelib.domain.changes import Count
from chalicelib.storage.stores.counters import FIELD_OF, Counters
from chalicelib.storage.transactions.items import ItemOperation, TransactionItem, item_of
from chalicelib.storage.transactions.word_items import word_items

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from chalicelib.domain.changes import Write

MAX_ITEMS = 100


def any_shard() -> int:
    """Return one of the counter shards, at random, so that changes of one partner seldom meet."""
    return random.randrange(SHARDS)  # noqa: S311 no secret


def items_of(writes: Sequence[Write], shard: Callable[[], int] = any_shard) -> list[TransactionItem]:
    """Return the transaction's items in the order of PynamoDB's request; raises `ValueError` for what DynamoDB never
    takes.
    """
    items = [item for index, write in enumerate(writes) if (item := item_of(index, write))]
    items += word_items(writes)
    items += [_counting(partner, sums, shard()) for partner, sums in _summed(writes).items()]
    if len(items) > MAX_ITEMS:
        raise ValueError(f"A transaction holds at most {MAX_ITEMS} items, not {len(items)}.")
    if len({item.key for item in items}) < len(items):
        raise ValueError("A transaction holds no item twice.")
    return sorted(items, key=lambda item: item.act)


def _summed(writes: Iterable[Write]) -> dict[str, dict[StatusAndType, int]]:
    """Return one sum a partner, because two might meet in one shard."""
    sums: dict[str, dict[StatusAndType, int]] = defaultdict(lambda: defaultdict(int))
    for count in (write for write in writes if isinstance(write, Count)):
        for status_and_type, number in count.difference.items():
            sums[count.partner_id][status_and_type] += number
    return {partner: changed for partner, item in sums.items() if (changed := {k: n for k, n in item.items() if n})}


def _counting(partner_id: str, difference: Mapping[StatusAndType, int], shard: int) -> TransactionItem:
    attributes = Counters.get_attributes()
    actions = tuple(attributes[FIELD_OF[status_and_type]].add(number) for status_and_type, number in difference.items())
    return TransactionItem(ItemOperation.UPDATE, Counters(partner_id, str(shard)), actions=actions)
