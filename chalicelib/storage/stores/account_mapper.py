"""Maps accounts to the rows of their table."""

from __future__ import annotations

from typing import Any

from chalicelib.domain.accounts.accounts import Account, Activity, Cancellation, Owner
from chalicelib.domain.accounts.query import list_sort_key
from chalicelib.domain.accounts.scheduled_changes import due_on
from chalicelib.domain.accounts.search_words import search_text
from chalicelib.storage.dynamo.mapper import Mapper, common_fields
from chalicelib.storage.stores.accounts_table import Accounts

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
