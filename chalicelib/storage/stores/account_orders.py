"""Lists accounts in the order of an index whose rows name them; those without a value follow in the order of lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any

from chalicelib.domain.accounts.bonuses import DAYS_TO_EARN
from chalicelib.domain.accounts.codes import BonusStatus
from chalicelib.domain.accounts.orders import OrderField
from chalicelib.domain.kernel.paging import Page
from chalicelib.storage.dynamo.query import KeyQuery
from chalicelib.storage.stores.account_filter import condition, key_query
from chalicelib.storage.stores.account_mapper import ACCOUNT
from chalicelib.storage.stores.accounts_table import NARROWED_BY, Accounts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pynamodb.attributes import Attribute
    from pynamodb.expressions.condition import Condition

    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.accounts.orders import AccountOrder
    from chalicelib.domain.accounts.query import AccountQuery
    from chalicelib.storage.dynamo.reader import Reader

ROWS = 8_000
"""Rows of an index, of some 200 bytes, that one page may look at: 200 read units."""
MAX_CANDIDATES = 400
"""Accounts that one page may read where filters leave most of them out: 200 read units."""
WIDER = 4
CHUNK = 100
REST = "r"
"""Begins a place among the accounts without a value."""
WITHOUT_REST = (OrderField.CREATED_ON, OrderField.LIST_SIZE)
Item = Mapping[str, Any]
"""A row or a key in DynamoDB's JSON."""


class AccountsByValue:
    """A list in one of the orders that have an index."""

    def __init__(self, reader: Reader, partner_id: str, query: AccountQuery, order: AccountOrder) -> None:
        self._reader = reader
        self._partner_id = partner_id
        self._query = query
        self._order = order

    def page(self, after: str | None, limit: int) -> Page[Account]:
        """Return the accounts after that place; shorter than `limit` where filters leave most out."""
        if after is not None and after.startswith(REST):
            return self._without_value(after.removeprefix(REST), limit)
        found = self._with_value(after, limit)
        if found.next or self._order.field in WITHOUT_REST:
            return found
        if len(found.items) == limit:
            return replace(found, next=REST)
        rest = self._without_value("", limit - len(found.items))
        return replace(rest, items=found.items + rest.items)

    def _without_value(self, after: str, limit: int) -> Page[Account]:
        page = self._reader.stream.page(ACCOUNT, self._rest().after(after or None), limit)
        return replace(page, next=page.next and REST + page.next)

    def _rest(self) -> KeyQuery:
        selection = key_query(self._partner_id, self._query)
        without = self._has_none()
        return replace(selection, filter=without if selection.filter is None else selection.filter & without)

    def _has_none(self) -> Condition:
        if self._order.field is not OrderField.DAYS_TO_BONUS:
            attribute: Attribute[Any] = getattr(Accounts, self._order.attribute)
            return attribute.does_not_exist()
        first_payment = Accounts.initial_upgrade_on
        earliest = self._order.today - timedelta(days=DAYS_TO_EARN - 1)
        earlier: Condition = first_payment.does_not_exist() | (first_payment < earliest)
        untracked: Condition = Accounts.bonus_status != BonusStatus.TRACKING
        either: Condition = earlier | untracked
        return either

    def _with_value(self, after: str | None, limit: int) -> Page[Account]:
        """Read rows, and the accounts they name some at a time, until there are enough or the budget is used up."""
        found: list[tuple[str, Account]] = []
        looked_at = candidates = 0
        for rows, scanned, end in self._pages(after, limit):
            looked_at += scanned
            for chunk in _chunks(rows):
                found += self._accounts(chunk)
                candidates += len(chunk)
                last = end is None and chunk[-1] is rows[-1]
                if len(found) >= limit or (candidates >= max(limit, MAX_CANDIDATES) and not last):
                    return self._cut(found, limit, None if last else chunk[-1])
            if end is None or looked_at >= ROWS:
                return self._cut(found, limit, end)
        return Page(())

    def _pages(self, after: str | None, limit: int) -> Iterator[tuple[list[Item], int, Item | None]]:
        """Yield pages of the index, each larger than the one before: rows, how many were looked at, where it ended."""
        selection, size = self._selection(), limit
        start = self._start_key(after)
        if start and selection.lower > self._value(start):
            start = None
            if selection.descending:
                return
        while True:
            answer = self._reader.raw_page(selection, start, size)
            yield answer.rows, answer.scanned, answer.next_key
            start, size = answer.next_key, size * WIDER

    def _cut(self, found: list[tuple[str, Account]], limit: int, end: Item | None) -> Page[Account]:
        items = tuple(account for _, account in found[:limit])
        if len(found) > limit:
            return Page(items, found[limit - 1][0])
        return Page(items, self._place(end) if end else None)

    def _accounts(self, rows: list[Item]) -> list[tuple[str, Account]]:
        """Return the accounts of these rows that are asked for and still have a value, with their places."""
        places = {row["account_id"]["S"]: self._place(row) for row in rows}
        read = self._reader.many_of_partition(ACCOUNT, self._partner_id, list(places))
        wanted = {
            account.account_id: account
            for account in read
            if self._query.matches(account) and self._order.value(account) is not None
        }
        return [(place, wanted[account_id]) for account_id, place in places.items() if account_id in wanted]

    def _value(self, item: Item) -> str:
        return str(next(iter(item[self._order.attribute].values())))

    def _place(self, item: Item) -> str:
        return f"{self._value(item)}#{item['account_id']['S']}"

    def _start_key(self, after: str | None) -> Item | None:
        """Return the key of a place; none of one that nobody was given."""
        value, _, account_id = (after or "").partition("#")
        kind = "N" if self._order.field is OrderField.LIST_SIZE else "S"
        if not account_id or (kind == "N" and not value.isdecimal()):
            return None
        key = {"partner_id": self._partner_id, "account_id": account_id}
        return {**{name: {"S": text} for name, text in key.items()}, self._order.attribute: {kind: value}}

    def _selection(self) -> KeyQuery:
        partner = self._partner_id
        selection = {
            OrderField.CREATED_ON: KeyQuery(table=Accounts, partition=partner, index="by_created"),
            OrderField.LIST_SIZE: KeyQuery(table=Accounts, partition=partner, index="by_list_size"),
            OrderField.LAST_LOGIN_ON: KeyQuery(table=Accounts, partition=partner, index="by_last_login"),
            OrderField.TRIAL_ENDS_ON: KeyQuery(table=Accounts, partition=partner, index="by_trial_end"),
            OrderField.INITIAL_UPGRADE_ON: KeyQuery(table=Accounts, partition=partner, index="by_first_payment"),
            OrderField.DAYS_TO_BONUS: KeyQuery(
                table=Accounts, partition=partner, index="by_first_payment", lower=self._earliest()
            ),
        }[self._order.field]
        narrowed = [condition(rule, asked) for rule, asked in self._query.conditions() if rule.path in NARROWED_BY]
        return replace(
            selection, filter=reduce(and_, narrowed) if narrowed else None, descending=self._order.descending
        )

    def _earliest(self) -> str:
        """Return the first payment of the accounts that have the fewest days left."""
        return (self._order.today - timedelta(days=DAYS_TO_EARN - 1)).isoformat()


def _chunks(rows: list[Item]) -> Iterator[list[Item]]:
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]
