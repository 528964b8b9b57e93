"""Counts accounts, as far as a read budget goes."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.query import AccountCount, AccountQuery
from chalicelib.domain.accounts.search_words import query_words
from chalicelib.storage.dynamo.query import KeyQuery
from chalicelib.storage.stores.account_filter import condition, key_query
from chalicelib.storage.stores.account_search import AccountSearch
from chalicelib.storage.stores.accounts_table import NARROWED_BY, Accounts

if TYPE_CHECKING:
    from chalicelib.storage.dynamo.reader import Reader

MAX_LOOKED_AT = 8_000
"""Accounts: 200 read units by an index that has the filters alone, 700 by one that has all of them."""


class AccountCounts:
    """Counts of one partner's accounts."""

    def __init__(self, reader: Reader, partner_id: str) -> None:
        self._reader = reader
        self._partner_id = partner_id

    def count(self, query: AccountQuery) -> AccountCount:
        """Count the accounts asked for: by the words searched for, by the narrowest index that has the filters, else
        by the list itself.
        """
        if query_words(query.q) and replace(query, q=None) == AccountQuery():
            return AccountSearch(self._reader, self._partner_id, query).count()
        rules = list(query.conditions())
        narrow = query.status is None and all(rule.path in NARROWED_BY for rule, _ in rules)
        selection = self._narrow(query) if narrow else key_query(self._partner_id, query)
        number, exact = self._reader.count_matching(selection, MAX_LOOKED_AT)
        return AccountCount(number, exact)

    def _narrow(self, query: AccountQuery) -> KeyQuery:
        conditions = [condition(rule, asked) for rule, asked in query.conditions()]
        selection = KeyQuery(table=Accounts, partition=self._partner_id, index="by_created")
        return replace(selection, filter=reduce(and_, conditions) if conditions else None)
