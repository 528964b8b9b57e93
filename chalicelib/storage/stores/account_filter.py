"""An AccountQuery as DynamoDB is asked it: a condition for each rule, which says the same as `AccountQuery.matches`."""

from __future__ import annotations

import operator
from functools import reduce
from typing import TYPE_CHECKING, Any

from pynamodb.attributes import Attribute

from chalicelib.domain.accounts.accounts import Status
from chalicelib.domain.accounts.plans import INCLUDED
from chalicelib.domain.accounts.query import ENTITLED_ADD_ONS, Comparison
from chalicelib.storage.dynamo.query import HIGHEST, LOWEST, KeyQuery
from chalicelib.storage.stores.accounts_table import Accounts

if TYPE_CHECKING:
    from collections.abc import Callable

    from pynamodb.expressions.condition import Condition

    from chalicelib.domain.accounts.add_ons import AddOn
    from chalicelib.domain.accounts.query import AccountQuery, Rule


def _contains_all(attribute: Attribute[Any], asked: tuple[str, ...]) -> Condition:
    return reduce(operator.and_, map(attribute.contains, asked))


_COMPARED: dict[Comparison, Callable[[Attribute[Any], Any], Condition]] = {
    Comparison.EQUAL: operator.eq,
    Comparison.AT_LEAST: operator.ge,
    Comparison.AT_MOST: operator.le,
    Comparison.CONTAINS: Attribute.contains,
    Comparison.CONTAINS_ALL: _contains_all,
}


def key_query(partner_id: str, query: AccountQuery) -> KeyQuery:
    """Return the accounts asked for, in the order of lists: status and type by the key, the rest by a filter."""
    first, last = _bounds(query)
    by_key = ("status", "account_type") if query.status else ()
    conditions = [condition(rule, asked) for rule, asked in query.conditions() if rule.path not in by_key]
    return KeyQuery(
        table=Accounts,
        partition=partner_id,
        index="by_list_order",
        lower=first,
        upper=last,
        filter=reduce(operator.and_, conditions) if conditions else None,
    )


def _bounds(query: AccountQuery) -> tuple[str, str]:
    if query.status is None:
        return LOWEST, HIGHEST
    prefix = f"{query.status}#{query.account_type}#" if query.account_type else f"{query.status}#"
    return prefix, prefix + HIGHEST


def condition(rule: Rule, asked: Any) -> Condition:
    """Return what DynamoDB compares for one filter."""
    if rule.path == ENTITLED_ADD_ONS:
        return _entitled(asked)
    return _COMPARED[rule.comparison](getattr(Accounts, rule.path.rpartition(".")[2]), asked)


def _entitled(add_on: AddOn) -> Condition:
    """Activated, or included in an open account's plan."""
    active: Condition = Accounts.add_ons.contains(add_on)
    plans = [plan for plan, included in INCLUDED.items() if add_on in included]
    if plans:
        active |= (Accounts.status == Status.OPEN) & Accounts.plan.is_in(*plans)
    return active
