"""Accounts on DynamoDB."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Literal, cast

import msgspec

from chalicelib.domain.accounts.orders import OrderField
from chalicelib.domain.kernel.errors import NotFound
from chalicelib.storage.dynamo.attributes import ChoiceAttribute, ChoicesAttribute, value_type
from chalicelib.storage.dynamo.item_decoder import PlainRow, StringSet
from chalicelib.storage.dynamo.query import HIGHEST, KeyQuery
from chalicelib.storage.dynamo.single_update import update_one
from chalicelib.storage.stores.account_counts import AccountCounts
from chalicelib.storage.stores.account_filter import key_query
from chalicelib.storage.stores.account_mapper import ACCOUNT as ACCOUNT
from chalicelib.storage.stores.account_mapper import ACTIVITY
from chalicelib.storage.stores.account_names import AccountsByOrganization
from chalicelib.storage.stores.account_orders import AccountsByValue
from chalicelib.storage.stores.account_search import AccountSearch
from chalicelib.storage.stores.account_search_of_all_partners import search_of_all_partners
from chalicelib.storage.stores.accounts_table import Accounts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from enum import StrEnum

    from chalicelib.domain.accounts.accounts import Account, Activity
    from chalicelib.domain.accounts.orders import AccountOrder
    from chalicelib.domain.accounts.query import AccountCount, AccountQuery, AccountRow
    from chalicelib.domain.kernel.paging import Page
    from chalicelib.storage.dynamo.reader import Reader


class DynamoAccounts:
    """An AccountStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, partner_id: str, account_id: str) -> Account:
        """Return the account, read strongly consistent; `NotFound` also for another partner's."""
        account = self._reader.get(ACCOUNT, partner_id, account_id)
        if account is None:
            raise NotFound("There is no such account.")
        return account

    def find_many(self, partner_id: str, account_ids: Sequence[str]) -> dict[str, Account]:
        """Return those of these that are the partner's, by id; they may be a moment out of date."""
        found = self._reader.many_of_partition(ACCOUNT, partner_id, list(account_ids))
        return {account.account_id: account for account in found}

    def page(self, partner_id: str, query: AccountQuery, after: str | None, limit: int) -> Page[Account]:
        """Accounts in the order of `list_sort_key`, after that key."""
        return self._reader.stream.page(ACCOUNT, key_query(partner_id, query).after(after), limit)

    def search(self, partner_id: str, query: AccountQuery, after: str | None, limit: int) -> Page[Account]:
        """Accounts by the words they are found by, after that place."""
        return AccountSearch(self._reader, partner_id, query).page(after, limit)

    def search_of_all_partners(self, words: Sequence[str], after: str | None, limit: int) -> Page[Account]:
        """Accounts of all partners that have all these words, the longest word first, after that place."""
        return search_of_all_partners(self._reader, words, after, limit)

    def ordered(
        self, partner_id: str, query: AccountQuery, order: AccountOrder, after: str | None, limit: int
    ) -> Page[Account]:
        """Accounts in this order, after that place."""
        kind = AccountsByOrganization if order.field is OrderField.ORGANIZATION else AccountsByValue
        return kind(self._reader, partner_id, query, order).page(after, limit)

    def count(self, partner_id: str, query: AccountQuery) -> AccountCount:
        """Count the accounts asked for, as far as the read budget goes."""
        return AccountCounts(self._reader, partner_id).count(query)

    def rows(self, partner_id: str, query: AccountQuery, fields: tuple[str, ...]) -> Iterator[list[AccountRow]]:
        """Yield all accounts asked for, in batches of plain tuples."""
        return self._reader.stream.rows(key_query(partner_id, query), plain_row(fields))

    def created_days(self, partner_id: str, first: date, last: date, limit: int) -> list[date]:
        """Return the day of each account that was created on these days, both included, at most so many."""
        created = KeyQuery(
            table=Accounts,
            partition=partner_id,
            index="by_created",
            lower=first.isoformat(),
            upper=last.isoformat(),
        )
        rows: Any = self._reader.rows(created, limit)
        return [row.created_on for row in rows]

    def note_activity(self, partner_id: str, account_id: str, activity: Activity) -> bool:
        """Write the activity, unless one as late or later is there or the account is gone; say whether it did."""
        values = {**{name: getattr(activity, name) for name in ACTIVITY}, "activity_as_of": activity.as_of}
        existing, as_of = Accounts.get_attributes(), Accounts.activity_as_of
        return update_one(
            self._reader.connection,
            Accounts(partner_id, account_id),
            [existing[name].remove() if value is None else existing[name].set(value) for name, value in values.items()],
            Accounts.account_id.exists() & (as_of.does_not_exist() | (as_of < activity.as_of)),
        )

    def due(self, partner_id: str, until: date) -> Iterator[Account]:
        """Yield accounts with a change due on or before that day, the longest due first, read as they are taken."""
        due = KeyQuery(table=Accounts, partition=partner_id, index="by_due", upper=f"{until.isoformat()}#{HIGHEST}")
        return self._reader.all(ACCOUNT, due)


@cache
def plain_row(names: tuple[str, ...]) -> type[PlainRow]:
    """Return a row of these attributes as they are stored: text, whole numbers, sets of text."""
    existing = Accounts.get_attributes()
    plain = [(name, *_plain_type(existing[name])) for name in names]
    made = msgspec.defstruct("PlainAccountRow", plain, bases=(PlainRow,), frozen=True, gc=False)
    return cast("type[PlainRow]", made)


def _plain_type(attribute: Any) -> tuple[Any, Any]:
    if isinstance(attribute, ChoicesAttribute):
        return StringSet, ()
    if isinstance(attribute, ChoiceAttribute):
        return _one_of(attribute.choices) | None, None
    return (int if value_type(attribute) is int else str) | None, None


def _one_of(choices: type[StrEnum]) -> Any:
    """Text that is one of these, which is then the same object wherever it stands."""
    return Literal[tuple(choice.value for choice in choices)]
