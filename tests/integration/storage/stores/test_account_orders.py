"""Orders of lists, and counts: every account once, by its value, with those without one last."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib.bootstrap import Container, Ports
from chalicelib.domain.accounts.accounts import Account, AccountType, Activity, BillingMode, Status
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import BonusStatus
from chalicelib.domain.accounts.orders import AccountOrder, OrderField
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.accounts.query import AccountCount, AccountQuery, list_sort_key
from chalicelib.domain.changes import Change, Insert
from chalicelib.storage.stores import account_counts, account_names, account_orders
from tests.factories import an_account

TODAY = date(2026, 11, 29)
STATUSES = (Status.OPEN, Status.TRIAL, Status.CANCELLED, Status.EXPIRED_TRIAL)


def keep(ports: Ports, *kept: Account) -> None:
    for start in range(0, len(kept), 6):
        ports.transaction_writer.write(Change(tuple(map(Insert, kept[start : start + 6])), None))


def book(partner_id: str, number: int = 18) -> list[Account]:
    """Accounts of every status and type, of which some lack each value."""
    return [
        an_account(
            partner_id=partner_id,
            status=STATUSES[n % 4],
            account_type=list(AccountType)[n % 2],
            plan=Plan.LITE if n % 3 else Plan.PREMIUM,
            billing_mode=BillingMode.SINGLE_BILL if n % 5 else BillingMode.DIRECT,
            organization=f"Firm {n * 7 % number:02}",
            created_on=TODAY - timedelta(days=n * 5 % 17),
            trial_ends_on=TODAY + timedelta(days=n % 4) if n % 3 == 0 else None,
            initial_upgrade_on=TODAY - timedelta(days=n * 10) if n % 4 else None,
            bonus_status=BonusStatus.TRACKING if n % 4 and n % 6 else BonusStatus.NOT_ELIGIBLE,
            activity=Activity(list_size=n * 11 % 13, last_login_on=TODAY - timedelta(days=n % 9) if n % 5 else None),
            add_ons=frozenset({AddOn.SEO}) if n % 6 == 1 else frozenset(),
        )
        for n in range(number)
    ]


def pages(ports: Ports, partner_id: str, query: AccountQuery, order: AccountOrder, limit: int) -> list[Account]:
    found: list[Account] = []
    after = None
    for _ in range(100):
        page = ports.accounts.ordered(partner_id, query, order, after, limit)
        assert len(page.items) <= limit
        found += page.items
        after = page.next
        if after is None:
            return found
    raise AssertionError("The pages have no end.")


def values(order: AccountOrder, accounts: list[Account]) -> list[Any]:
    if order.field is OrderField.ORGANIZATION:
        return [list_sort_key(account).split("#", 2)[2] for account in accounts]
    return [order.value(account) for account in accounts]


QUERIES = (
    AccountQuery(),
    AccountQuery(status=Status.OPEN),
    AccountQuery(account_type=AccountType.REFERRED, plan=Plan.LITE),
    AccountQuery(add_on=AddOn.SEO),
)


def test_every_account_comes_once_in_its_order_whatever_the_page(ports: Ports, partner_id: str) -> None:
    kept = book(partner_id)
    keep(ports, *kept)
    for order in (AccountOrder(field, TODAY, down) for field in OrderField for down in (False, True)):
        for query, limit in zip(QUERIES, (5, 7, 3, 50), strict=True):
            wanted = [account for account in kept if query.matches(account)]
            found = pages(ports, partner_id, query, order, limit)
            assert sorted(item.account_id for item in found) == sorted(item.account_id for item in wanted)
            ordered = values(order, found)
            valued = [value for value in ordered if value is not None]
            assert valued == sorted(valued, reverse=order.descending)
            assert ordered[len(valued) :] == [None] * (len(ordered) - len(valued))


def test_the_fewest_days_to_the_bonus_come_first(ports: Ports, partner_id: str) -> None:
    order = AccountOrder(OrderField.DAYS_TO_BONUS, TODAY)
    kept = [
        an_account(partner_id=partner_id, initial_upgrade_on=TODAY - timedelta(days=days), bonus_status=status)
        for days, status in (
            (3, BonusStatus.TRACKING),
            (94, BonusStatus.TRACKING),
            (50, BonusStatus.TRACKING),
            (95, BonusStatus.EARNED),
            (20, BonusStatus.DISQUALIFIED),
        )
    ]
    keep(ports, *kept)
    found = pages(ports, partner_id, AccountQuery(), order, 2)
    assert found[:3] == [kept[1], kept[2], kept[0]]
    assert len(found) == 5


def test_pages_end_where_their_budget_does_and_go_on_from_there(
    dynamo: Container, partner_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = book(partner_id)
    keep(dynamo, *kept)
    monkeypatch.setattr(account_orders, "MAX_CANDIDATES", 3)
    monkeypatch.setattr(account_orders, "CHUNK", 2)
    monkeypatch.setattr(account_names, "READ_BUDGET", 8)
    query = AccountQuery(add_on=AddOn.SEO)
    for field in (OrderField.CREATED_ON, OrderField.ORGANIZATION, OrderField.LAST_LOGIN_ON):
        order = AccountOrder(field, TODAY)
        found = pages(dynamo, partner_id, query, order, 2)
        assert sorted(map(list_sort_key, found)) == sorted(list_sort_key(item) for item in kept if query.matches(item))


def test_a_forged_place_is_read_from_somewhere_and_never_fails(dynamo: Container, partner_id: str) -> None:
    keep(dynamo, an_account(partner_id=partner_id))
    for place in ("", "#", "x#acct_1", "5#", "r", "rZ", "9999-01-01#acct_x", "-1#acct_x", "\x00"):
        for order in (AccountOrder(field, TODAY, down) for field in OrderField for down in (False, True)):
            assert len(dynamo.accounts.ordered(partner_id, AccountQuery(), order, place, 5).items) <= 1


COUNTED = (
    *QUERIES,
    AccountQuery(plan=Plan.PREMIUM),
    AccountQuery(billing_mode=BillingMode.DIRECT),
    AccountQuery(status=Status.OPEN, plan=Plan.LITE),
    AccountQuery(q="firm 1"),
    AccountQuery(q="fir"),
    AccountQuery(q="fir", status=Status.TRIAL),
    AccountQuery(never_logged_in=True, list_size_min=5),
)


def test_counts_are_exact_within_the_budget(ports: Ports, partner_id: str) -> None:
    kept = book(partner_id)
    keep(ports, *kept)
    for query in COUNTED:
        assert ports.accounts.count(partner_id, query) == AccountCount(sum(map(query.matches, kept)))


def test_past_the_budget_a_count_says_that_there_may_be_more(
    dynamo: Container, partner_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(dynamo, *(replace(account, plan=Plan.LITE) for account in book(partner_id)))
    monkeypatch.setattr(account_counts, "MAX_LOOKED_AT", 10)
    assert dynamo.accounts.count(partner_id, AccountQuery(plan=Plan.LITE)) == AccountCount(10, exact=False)
