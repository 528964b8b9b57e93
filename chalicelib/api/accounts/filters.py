"""The filters of the accounts list as a query string."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from chalicelib.api.http.cursors import PageQuery
from chalicelib.api.http.text_fields import SearchText
from chalicelib.domain.accounts.accounts import AccountType, BillingMode, Hold, Status
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import BonusStatus
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.accounts.query import AccountQuery
from chalicelib.domain.kernel.errors import FieldError, Invalid

Size = Annotated[int, Meta(ge=0, le=1_000_000_000)]


class AccountListQuery(PageQuery):
    """A page of the accounts list; each filter narrows it."""

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


def account_query(filters: Struct) -> AccountQuery:
    """Return the filters as an account query; raises `Invalid` where two contradict each other."""
    values = {name: getattr(filters, name) for name in _NAMES}
    query = AccountQuery(**{name: value for name, value in values.items() if value is not UNSET})
    Invalid.unless_none(
        [
            FieldError(high, f"{high} is less than {low}: no account can be in between.")
            for low, high in _RANGES
            if (least := getattr(query, low)) is not None
            and (most := getattr(query, high)) is not None
            and most < least
        ]
    )
    return query


_NAMES = tuple(field.name for field in fields(AccountQuery))
_RANGES = (("list_size_min", "list_size_max"), ("first_payment_from", "first_payment_to"))
