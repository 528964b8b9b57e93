"""Lists accounts by organization across all statuses: their lists, each in that order, merged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.accounts import AccountType, Status
from chalicelib.domain.accounts.query import list_sort_key
from chalicelib.domain.kernel.paging import Page
from chalicelib.storage.dynamo.pages import READ_BUDGET
from chalicelib.storage.stores.account_filter import key_query
from chalicelib.storage.stores.account_mapper import ACCOUNT

if TYPE_CHECKING:
    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.accounts.orders import AccountOrder
    from chalicelib.domain.accounts.query import AccountQuery
    from chalicelib.storage.dynamo.query import KeyQuery
    from chalicelib.storage.dynamo.reader import Reader

PART = 4
"""Each list is read by a fourth of the page at a time: the eight of them are seldom needed alike."""


class AccountsByOrganization:
    """A list in the order of the organizations' names."""

    def __init__(self, reader: Reader, partner_id: str, query: AccountQuery, order: AccountOrder) -> None:
        self._reader = reader
        self._partner_id = partner_id
        self._query = query
        self._descending = order.descending

    def page(self, after: str | None, limit: int) -> Page[Account]:
        """Return the accounts after that name; shorter than `limit` where filters leave most out."""
        lists = [_List(self, prefix, after) for prefix in self._prefixes()]
        size, budget = max(limit // PART, 25), READ_BUDGET + 2 * limit
        while budget > 0 and (behind := self._behind(lists, limit)):
            budget -= behind.read_more(size, READ_BUDGET // len(lists))
        read_up_to = self._read_up_to(lists)
        found = [item for item in self._merged(lists) if read_up_to is None or self._reached(item[0], read_up_to)]
        if len(found) > limit:
            return Page(tuple(account for _, account in found[:limit]), found[limit - 1][0])
        return Page(tuple(account for _, account in found), read_up_to)

    def _prefixes(self) -> list[tuple[Status, AccountType]]:
        statuses = [self._query.status] if self._query.status else list(Status)
        types = [self._query.account_type] if self._query.account_type else list(AccountType)
        return [(status, kind) for status in statuses for kind in types]

    def _behind(self, lists: list[_List], limit: int) -> _List | None:
        """Return the list to read on in: the one of which least is read, while that is less than a page."""
        read_up_to = self._read_up_to(lists)
        if read_up_to is None or sum(self._reached(key, read_up_to) for key, _ in self._merged(lists)) > limit:
            return None
        return next(item for item in lists if not item.ended and item.place == read_up_to)

    def _read_up_to(self, lists: list[_List]) -> str | None:
        """Return the name up to which all lists are read; None if they are read to their ends."""
        places = [item.place for item in lists if not item.ended]
        return (max(places) if self._descending else min(places)) if places else None

    def _reached(self, key: str, read_up_to: str) -> bool:
        return key >= read_up_to if self._descending else key <= read_up_to

    def _merged(self, lists: list[_List]) -> list[tuple[str, Account]]:
        every = (found for item in lists for found in item.found)
        return sorted(every, key=lambda found: found[0], reverse=self._descending)

    def read(self, prefix: tuple[Status, AccountType], place: str, size: int, budget: int) -> Page[Account]:
        """Read on in one of the lists."""
        status, kind = prefix
        selection: KeyQuery = key_query(self._partner_id, replace(self._query, status=status, account_type=kind))
        following = replace(selection, descending=self._descending)
        key = f"{status}#{kind}#{place}" if place not in ("", HIGHEST_NAME) else None
        return self._reader.stream.page(ACCOUNT, following.after(key), size, budget)

    @property
    def start(self) -> str:
        """The place before all names."""
        return HIGHEST_NAME if self._descending else ""


HIGHEST_NAME = "\U0010ffff"


class _List:
    """One status and type: what is read of it, and how far."""

    def __init__(self, order: AccountsByOrganization, prefix: tuple[Status, AccountType], after: str | None) -> None:
        self._order = order
        self._prefix = prefix
        self.place = after or order.start
        self.found: list[tuple[str, Account]] = []
        self.ended = False

    def read_more(self, size: int, budget: int) -> int:
        """Read some more; return how many it may have looked at at most."""
        page = self._order.read(self._prefix, self.place, size, budget)
        self.found += [(_name(list_sort_key(account)), account) for account in page.items]
        self.ended = page.next is None
        self.place = _name(page.next) if page.next else self.place
        return max(size, 1) if len(page.items) == size else budget


def _name(key: str) -> str:
    """Return what follows status and type in a key of the order of lists."""
    return key.split("#", 2)[2]
