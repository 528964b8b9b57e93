"""Accounts on DynamoDB."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Literal, cast

import msgspec

from chalicelib.domain.accounts.accounts import Account, Activity, Cancellation, Owner
from chalicelib.domain.accounts.query import AccountRow, list_sort_key
from chalicelib.domain.accounts.scheduled_changes import due_on
from chalicelib.domain.accounts.search_words import search_text
from chalicelib.domain.kernel.errors import NotFound
from chalicelib.storage.dynamo.attributes import ChoiceAttribute, ChoicesAttribute, value_type
from chalicelib.storage.dynamo.item_decoder import PlainRow, StringSet
from chalicelib.storage.dynamo.mapper import Mapper, common_fields
from chalicelib.storage.dynamo.query import HIGHEST, KeyQuery
from chalicelib.storage.dynamo.single_update import update_one
from chalicelib.storage.stores.account_filter import key_query
from chalicelib.storage.stores.account_search import AccountSearch
from chalicelib.storage.stores.accounts_table import Accounts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from enum import StrEnum

    from chalicelib.domain.accounts.query import AccountQuery
    from chalicelib.domain.kernel.paging import Page
    from chalicelib.storage.dynamo.reader import Reader

SAME = common_fields(Account, Accounts, apart=("erased",))
"""Fields that are stored as they are."""
ACTIVITY = common_fields(Activity, Accounts)


def _attributes(account: Account) -> dict[str, Any]:
    owner, activity, cancellation, due = account.owner, account.activity, account.cancellation, due_on(account)
    return {
        **{name: getattr(account, name) for name in SAME},
        **{name: getattr(activity, name) for name in ACTIVITY},
        "activity_as_of": activity.as_of,
        "owner_first_name": owner.first_name or None,
        "owner_last_name": owner.last_name or None,
        "owner_email": owner.email or None,
        "owner_phone": owner.phone or None,
        "cancelled_on": cancellation and cancellation.effective_on,
        "cancel_reason": cancellation and cancellation.reason,
        "erased": account.erased or None,
        "search": search_text(account),
        "list_sort_key": list_sort_key(account),
        "due": due and f"{due.isoformat()}#{account.account_id}",
    }


def _account(row: Accounts) -> Account:
    return Account(
        **{name: getattr(row, name) for name in SAME},
        owner=Owner(
            first_name=row.owner_first_name or "",
            last_name=row.owner_last_name or "",
            email=row.owner_email or "",
            phone=row.owner_phone or "",
        ),
        cancellation=Cancellation(row.cancelled_on, row.cancel_reason) if row.cancelled_on else None,
        erased=bool(row.erased),
        activity=Activity(**{name: getattr(row, name) for name in ACTIVITY}, as_of=row.activity_as_of),
    )


ACCOUNT = Mapper(
    entity_type=Account,
    table=Accounts,
    attributes=_attributes,
    from_row=_account,
    unversioned=frozenset(("activity_as_of",)),
)


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

        def read(account_ids: list[str]) -> Iterator[Account]:
            return self._reader.many_of_partition(ACCOUNT, partner_id, account_ids)

        return AccountSearch(self._reader, read, partner_id, query).page(after, limit)

    def rows(self, partner_id: str, query: AccountQuery, fields: tuple[str, ...]) -> Iterator[list[AccountRow]]:
        """Yield all accounts asked for, in batches of plain tuples."""
        return self._reader.stream.rows(key_query(partner_id, query), plain_row(fields))

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
