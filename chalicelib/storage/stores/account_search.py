"""Searches accounts by the beginnings of their words: reads the rows of one word, then the accounts they name."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.query import AccountCount, AccountQuery
from chalicelib.domain.accounts.search_words import SEARCH_PLACE, WORD_STARTS, query_words
from chalicelib.domain.kernel.paging import Page
from chalicelib.storage.dynamo.query import HIGHEST, KeyQuery
from chalicelib.storage.stores.account_mapper import ACCOUNT
from chalicelib.storage.stores.account_words import WORD, AccountWord, AccountWords, partition

if TYPE_CHECKING:
    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.storage.dynamo.reader import Reader

PROBED_ROWS = 250
"""Rows of each of several words that are looked at to find the rarest: some 60 KB, 8 read units."""
MAX_COUNTED = 1_000
"""Rows that are counted at most: 250 KB, 31 read units."""
MAX_CANDIDATES = 400
"""Accounts that one page may look at where filters leave most of them out: 200 read units."""


class AccountSearch:
    """One search: of several words, the rows of the rarest are read, and the others are looked for in them."""

    def __init__(self, reader: Reader, partner_id: str, query: AccountQuery) -> None:
        self._reader = reader
        self._partner_id = partner_id
        self._query = query
        self._words = query_words(query.q)

    def page(self, after: str | None, limit: int) -> Page[Account]:
        """Return the accounts found, after that place; shorter than `limit` where filters leave most out."""
        word, place = self._start(after)
        found: list[tuple[str, Account]] = []
        looked_at = 0
        while True:
            rows = self._rows(word, place, limit if self._filtered else limit - len(found))
            found += self._accounts(word, rows.items)
            looked_at, place = looked_at + len(rows.items), rows.next
            if len(found) > limit:
                place, found = found[limit - 1][0], found[:limit]
            if place is None or len(found) == limit or looked_at >= max(limit, MAX_CANDIDATES):
                following = place and f"{SEARCH_PLACE}{self._words.index(word)}#{place}"
                return Page(tuple(account for _, account in found), following)

    def count(self) -> AccountCount:
        """Count the accounts found by their words alone, as far as the read budget goes."""
        word = self._rarest()
        rows = self._rows(word, None, MAX_COUNTED, MAX_COUNTED)
        return AccountCount(sum(row.word == first_word(word, row.words) for row in rows.items), rows.next is None)

    @property
    def _filtered(self) -> bool:
        return replace(self._query, q=None) != AccountQuery()

    def _start(self, after: str | None) -> tuple[str, str | None]:
        return (self._rarest(), None) if after is None else self._going_on(after)

    def _going_on(self, after: str) -> tuple[str, str]:
        number, _, key = after.removeprefix(SEARCH_PLACE).partition("#")
        place = int(number) if number.isdecimal() else 0
        return self._words[min(place, len(self._words) - 1)], key

    def _rarest(self) -> str:
        """Return the word of which all rows are soon read, else the longest."""
        if len(self._words) > 1:
            for word in self._words:
                if self._rows(word, None, PROBED_ROWS, PROBED_ROWS).next is None:
                    return word
        return self._words[0]

    def _rows(self, word: str, after: str | None, limit: int, budget: int | None = None) -> Page[AccountWord]:
        others = [AccountWords.words.contains(WORD_STARTS + other) for other in self._words if other != word]
        selection = KeyQuery(
            table=AccountWords,
            partition=partition(self._partner_id, word),
            lower=word,
            upper=word + HIGHEST,
            filter=reduce(and_, others) if others else None,
        )
        return self._reader.stream.page(WORD, selection.after(after), limit, budget)

    def _accounts(self, word: str, rows: tuple[AccountWord, ...]) -> list[tuple[str, Account]]:
        """Return the accounts of these rows with their places, each account once: with its first word that is found."""
        places = {row.account_id: row.word_account for row in rows if row.word == first_word(word, row.words)}
        read = self._reader.many_of_partition(ACCOUNT, self._partner_id, list(places))
        matching = {account.account_id: account for account in read if self._query.matches(account)}
        return [(key, matching[account_id]) for account_id, key in places.items() if account_id in matching]


def first_word(word: str, words: str) -> str:
    """Return which of the words of an account is the first that begins so: by that one it is found, once."""
    return min(item for item in words.split(WORD_STARTS) if item.startswith(word))
