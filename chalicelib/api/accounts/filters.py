"""The filters of accounts: one schema for query strings and bodies."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from chalicelib.api.http.cursors import Cursor, Limit
from chalicelib.api.http.operation import Body
from chalicelib.api.http.text_fields import SearchText
from chalicelib.domain.accounts.accounts import AccountType, BillingMode, Hold, Status
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import BonusStatus
from chalicelib.domain.accounts.filters import FILTERS
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.accounts.query import RANGES, AccountQuery
from chalicelib.domain.kernel.errors import FieldError, Invalid
from chalicelib.domain.kernel.paging import DEFAULT_LIMIT

Size = Annotated[int, Meta(ge=0, le=1_000_000_000)]


class AccountFilters(Body):
    """Each narrows which accounts are meant; which of them a report takes is said where one is refused."""

    status: Status | UnsetType = UNSET
    """Only accounts with this status."""
    account_type: AccountType | UnsetType = UNSET
    """Only managed or only referred accounts."""
    billing_mode: BillingMode | UnsetType = UNSET
    """Only accounts with this billing mode."""
    plan: Plan | UnsetType = UNSET
    """Only accounts with this plan."""
    add_on: AddOn | UnsetType = UNSET
    """Only accounts that have this add-on, paid or included."""
    hold: Hold | UnsetType = UNSET
    """Only accounts with this hold."""
    q: SearchText | UnsetType = UNSET
    list_size_min: Size | UnsetType = UNSET
    list_size_max: Size | UnsetType = UNSET
    never_logged_in: bool | UnsetType = UNSET
    never_sent_campaign: bool | UnsetType = UNSET
    trial_ends_to: date | UnsetType = UNSET
    nab_status: BonusStatus | UnsetType = UNSET
    first_payment_from: date | UnsetType = UNSET
    first_payment_to: date | UnsetType = UNSET


class AccountListQuery(AccountFilters):
    """A page of the accounts list; each filter narrows it."""

    limit: Limit = DEFAULT_LIMIT
    cursor: Cursor = UNSET


def account_query(filters: AccountFilters | UnsetType) -> AccountQuery:
    """Return the filters as an account query; raises `Invalid` where two contradict each other."""
    values = {} if filters is UNSET else {name: getattr(filters, name) for name in FILTERS}
    query = AccountQuery(**{name: value for name, value in values.items() if value is not UNSET})
    Invalid.unless_none(
        [
            FieldError(high, f"{high} is less than {low}: no account can be in between.")
            for low, high in RANGES
            if (least := getattr(query, low)) is not None
            and (most := getattr(query, high)) is not None
            and most < least
        ]
    )
    return query
