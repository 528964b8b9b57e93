"""The rows of the search index that a change of accounts writes: in its own transaction, so that they are never wrong.

They are written and removed without a condition: the account's own item has one, and both stand or fall together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.accounts.accounts import Account
from chalicelib.domain.changes import Insert, Put, Remove, Replace
from chalicelib.storage.transactions.items import ItemOperation, TransactionItem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chalicelib.domain.changes import Write


def word_items(writes: Iterable[Write]) -> list[TransactionItem]:
    """Return the items that keep the words of the accounts written; none where no word changes."""
    pairs = [_before_and_after(write) for write in writes]
    return [item for before, after in pairs if before or after for item in _items(before, after)]


def _before_and_after(write: Write) -> tuple[Account | None, Account | None]:
    """Return the account as it was and as it becomes; None and None for what is no account."""
    before = write.current if isinstance(write, (Replace, Remove)) else None
    after = write.updated if isinstance(write, Replace) else None
    if isinstance(write, (Insert, Put)):
        after = write.entity
    return before if isinstance(before, Account) else None, after if isinstance(after, Account) else None


def _items(before: Account | None, after: Account | None) -> Iterator[TransactionItem]:
    from chalicelib.storage.stores.account_words import WORD, words_of_account

    former, present = words_of_account(before), words_of_account(after)
    kept = {(row.partner_letter, row.word_account) for row in present}
    for row in sorted(former - present, key=lambda row: row.word_account):
        if (row.partner_letter, row.word_account) not in kept:
            yield TransactionItem(ItemOperation.DELETE, WORD.table(row.partner_letter, row.word_account))
    for row in sorted(present - former, key=lambda row: row.word_account):
        yield TransactionItem(ItemOperation.PUT, WORD.table(**WORD.stored(row)))
