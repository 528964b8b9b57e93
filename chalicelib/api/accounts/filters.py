"""The filters of accounts: one schema for query strings and bodies."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from chalicelib.api.http.cursors import Cursor
from chalicelib.api.http.operation import Body
from chalicelib.api.http.text_fields import SearchText
from chalicelib.api.http.text_values import RULE
from chalicelib.domain.accounts.accounts import AccountType, BillingMode, Hold, Status
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import BonusStatus
from chalicelib.domain.accounts.filters import FILTERS
from chalicelib.domain.accounts.orders import AccountOrder, OrderField
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.accounts.query import RANGES, AccountQuery
from chalicelib.domain.kernel.errors import FieldError, Invalid
from chalicelib.domain.kernel.paging import DEFAULT_LIMIT
from chalicelib.domain.kernel.text_rules import Reference

MAX_ACCOUNTS = 1_000
"""Of one page: some 1.5 MB before it is compressed."""
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


class Sort(StrEnum):
    """What accounts can be ordered by: the fields by which a page costs the same however many there are."""

    ORGANIZATION = "organization"
    ORGANIZATION_DESCENDING = "-organization"
    CREATED_ON = "created_on"
    CREATED_ON_DESCENDING = "-created_on"
    LIST_SIZE = "list_size"
    LIST_SIZE_DESCENDING = "-list_size"
    LAST_LOGIN_ON = "last_login_on"
    LAST_LOGIN_ON_DESCENDING = "-last_login_on"
    TRIAL_ENDS_ON = "trial_ends_on"
    TRIAL_ENDS_ON_DESCENDING = "-trial_ends_on"
    INITIAL_UPGRADE_ON = "initial_upgrade_on"
    INITIAL_UPGRADE_ON_DESCENDING = "-initial_upgrade_on"
    DAYS_TO_BONUS = "days_to_bonus"
    DAYS_TO_BONUS_DESCENDING = "-days_to_bonus"


class AccountListQuery(AccountFilters):
    """A page of the accounts list; each filter narrows it."""

    sort: (
        Annotated[
            Sort,
            Meta(
                description="What to order by; `-` for the highest or latest first. Accounts without the value come "
                "last. There is no other order, and none beside `q`."
            ),
        ]
        | UnsetType
    ) = UNSET
    fields: (
        Annotated[
            str,
            Meta(
                min_length=1,
                max_length=500,
                description="The fields of each account to give, with commas between them; `account_id` always comes.",
                extra={RULE: Reference()},
            ),
        ]
        | UnsetType
    ) = UNSET
    limit: Annotated[int, Meta(ge=1, le=MAX_ACCOUNTS, description="How many accounts at most.")] = DEFAULT_LIMIT
    cursor: Cursor = UNSET


def account_order(query: AccountListQuery, today: date) -> AccountOrder | None:
    """Return the order asked for; raises `Invalid` for one of a search, which has an order of its own."""
    if query.sort is UNSET:
        return None
    if query.q is not UNSET:
        raise Invalid.field("sort", "A search has an order of its own. Leave out either sort or q.")
    field = query.sort.removeprefix("-")
    return AccountOrder(OrderField(field), today, descending=field != query.sort)


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
