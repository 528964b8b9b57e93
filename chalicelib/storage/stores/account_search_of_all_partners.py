"""Searches the accounts of all partners by the beginnings of their words: one Query, then the accounts it names."""

from __future__ import annotations

from collections import defaultdict
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.search_words import WORD_STARTS
from chalicelib.domain.kernel.paging import Page
from chalicelib.storage.dynamo.query import HIGHEST, KeyQuery
from chalicelib.storage.stores.account_mapper import ACCOUNT
from chalicelib.storage.stores.account_search import first_word
from chalicelib.storage.stores.account_words import WORD, WORD_START, AccountWord, AccountWords

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.storage.dynamo.reader import Reader


def search_of_all_partners(reader: Reader, words: Sequence[str], after: str | None, limit: int) -> Page[Account]:
    """Return the accounts that have all these words; the first of them, which the Query goes by, is the longest."""
    word, *others = words
    selection = KeyQuery(
        table=AccountWords,
        partition=word[:WORD_START],
        index="of_all_partners",
        lower=word,
        upper=word + HIGHEST,
        filter=reduce(and_, (AccountWords.words.contains(WORD_STARTS + other) for other in others)) if others else None,
    )
    rows = reader.page(WORD, selection.after(after), limit)
    found = {account.account_id: account for account in _accounts(reader, rows.items)}
    once = (row.account_id for row in rows.items if row.word == first_word(word, row.words))
    return Page(tuple(found[account_id] for account_id in once if account_id in found), rows.next)


def _accounts(reader: Reader, rows: Sequence[AccountWord]) -> Iterator[Account]:
    by_partner: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        by_partner[row.partner_id].add(row.account_id)
    for partner_id, account_ids in by_partner.items():
        yield from reader.many_of_partition(ACCOUNT, partner_id, sorted(account_ids))
