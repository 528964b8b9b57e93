"""An AccountQuery as DynamoDB is asked it; says the same as `AccountQuery.matches`."""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any

from chalicelib.domain.accounts.accounts import Status
from chalicelib.domain.accounts.plans import INCLUDED
from chalicelib.domain.kernel.text import search_key
from chalicelib.storage.dynamo.query import HIGHEST, LOWEST, KeyQuery
from chalicelib.storage.stores.accounts_table import Accounts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pynamodb.attributes import Attribute
    from pynamodb.expressions.condition import Condition

    from chalicelib.domain.accounts.add_ons import AddOn
    from chalicelib.domain.accounts.query import AccountQuery


def key_query(partner_id: str, query: AccountQuery) -> KeyQuery:
    """Return the accounts asked for, in the order of lists: status and type by the key, the rest by a filter."""
    first, last = _bounds(query)
    conditions = list(_conditions(query))
    return KeyQuery(
        table=Accounts,
        partition=partner_id,
        index="by_list_order",
        lower=first,
        upper=last,
        filter=reduce(and_, conditions) if conditions else None,
    )


def _bounds(query: AccountQuery) -> tuple[str, str]:
    if query.status is None:
        return LOWEST, HIGHEST
    prefix = f"{query.status}#{query.account_type}#" if query.account_type else f"{query.status}#"
    return prefix, prefix + HIGHEST


def _conditions(query: AccountQuery) -> Iterator[Condition]:
    yield from _choices(query)
    yield from _collections(query)
    yield from _ranges(query)


def _choices(query: AccountQuery) -> Iterator[Condition]:
    equal: tuple[tuple[Attribute[Any], Any], ...] = (
        (Accounts.account_type, None if query.status else query.account_type),
        (Accounts.billing_mode, query.billing_mode),
        (Accounts.plan, query.plan),
        (Accounts.bonus_status, query.nab_status),
        (Accounts.login_count, 0 if query.never_logged_in else None),
        (Accounts.campaigns_sent, 0 if query.never_sent_campaign else None),
    )
    for attribute, value in equal:
        if value is not None:
            yield attribute == value


def _collections(query: AccountQuery) -> Iterator[Condition]:
    if query.hold is not None:
        yield Accounts.holds.contains(query.hold)
    if query.add_on is not None:
        yield _entitled(query.add_on)
    if query.q and (key := search_key(query.q)):
        yield Accounts.search.contains(key)


def _entitled(add_on: AddOn) -> Condition:
    """Activated, or included in an open account's plan."""
    active: Condition = Accounts.add_ons.contains(add_on)
    plans = [plan for plan, included in INCLUDED.items() if add_on in included]
    if plans:
        active |= (Accounts.status == Status.OPEN) & Accounts.plan.is_in(*plans)
    return active


def _ranges(query: AccountQuery) -> Iterator[Condition]:
    ranges: tuple[tuple[Attribute[Any], Any, Any], ...] = (
        (Accounts.list_size, query.list_size_min, query.list_size_max),
        (Accounts.trial_ends_on, None, query.trial_ends_to),
        (Accounts.initial_upgrade_on, query.first_payment_from, query.first_payment_to),
    )
    for attribute, low, high in ranges:
        if low is not None:
            yield attribute >= low
        if high is not None:
            yield attribute <= high
