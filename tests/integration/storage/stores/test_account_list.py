"""The list of accounts: its order, its pages, its filters, and its rows for reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from chalicelib.bootstrap import Container, Ports
from chalicelib.domain.accounts.accounts import Account, AccountType, Activity, BillingMode, Cancellation, Hold, Status
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import BonusStatus, CancelReason
from chalicelib.domain.accounts.filters import plain as plain_filters
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.accounts.query import ROW_FIELDS, RULES, AccountQuery, AccountRow, list_sort_key
from chalicelib.domain.changes import Change, Insert, Remove, Replace
from chalicelib.domain.kernel import ids
from chalicelib.domain.kernel.paging import Page
from chalicelib.storage.dynamo import pages as pages_of_lists
from chalicelib.storage.stores.accounts import ACCOUNT
from tests.factories import a_trial, an_account
from tests.fakes.stores import plain
from tests.strategies import account_queries, accounts


def keep(ports: Ports, *kept: Account) -> None:
    """Write these accounts, some at a time: each has words that are written with it."""
    for start in range(0, len(kept), 8):
        ports.transaction_writer.write(Change(tuple(map(Insert, kept[start : start + 8])), None))


def pages(ports: Ports, partner_id: str, query: AccountQuery, limit: int) -> Iterator[Page[Account]]:
    """Every page of the list."""
    after = None
    while True:
        page = ports.accounts.page(partner_id, query, after, limit)
        yield page
        if page.next is None:
            return
        after = page.next


def test_accounts_come_by_status_type_and_organisation_whatever_its_case(ports: Ports, partner_id: str) -> None:
    wanted = [
        an_account(partner_id=partner_id, status=status, account_type=kind, organization=name)
        for status in (Status.CANCELLED, Status.EXPIRED_TRIAL, Status.OPEN, Status.TRIAL)
        for kind in AccountType
        for name in ("#1 shop", "apple", "Banana", "Banana 2", "Äpfel", "中文")
    ]
    keep(ports, *reversed(wanted))
    (page,) = pages(ports, partner_id, AccountQuery(), 200)
    assert list(page.items) == wanted


def test_pages_are_full_and_the_last_one_says_so(ports: Ports, partner_id: str) -> None:
    kept = sorted((an_account(partner_id=partner_id) for _ in range(6)), key=list_sort_key)
    keep(ports, *kept, an_account(partner_id=ids.random_id("prt")))
    for limit, sizes in ((2, [2, 2, 2]), (4, [4, 2]), (6, [6]), (7, [6])):
        read = list(pages(ports, partner_id, AccountQuery(), limit))
        assert [len(page.items) for page in read] == sizes
        assert [account for page in read for account in page.items] == kept
    (empty,) = pages(ports, ids.random_id("prt"), AccountQuery(status=Status.OPEN), 5)
    assert empty == Page((), None)


def test_a_page_goes_on_after_an_account_that_is_gone(ports: Ports, partner_id: str) -> None:
    kept = sorted((an_account(partner_id=partner_id) for _ in range(4)), key=list_sort_key)
    keep(ports, *kept)
    first = ports.accounts.page(partner_id, AccountQuery(), None, 2)
    ports.transaction_writer.write(Change((Remove(kept[1]),), None))
    assert ports.accounts.page(partner_id, AccountQuery(), first.next, 2).items == tuple(kept[2:])


def test_an_account_that_changes_standing_is_listed_there(ports: Ports, partner_id: str) -> None:
    current = an_account(partner_id=partner_id)
    keep(ports, current)
    gone = Cancellation(date(2026, 11, 5), CancelReason.POOR_RESULTS)
    now = replace(current, status=Status.CANCELLED, cancellation=gone, organization="Renamed", version=2)
    ports.transaction_writer.write(Change((Replace(current, now),), None))
    assert ports.accounts.page(partner_id, AccountQuery(status=Status.OPEN), None, 5).items == ()
    assert ports.accounts.page(partner_id, AccountQuery(status=Status.CANCELLED, q="RENAMED"), None, 5).items == (now,)


def test_filtered_pages_are_full_too(ports: Ports, partner_id: str) -> None:
    kept = [an_account(partner_id=partner_id, plan=Plan.LITE if n % 3 else Plan.PREMIUM) for n in range(20)]
    keep(ports, *kept)
    read = list(pages(ports, partner_id, AccountQuery(plan=Plan.PREMIUM), 3))
    assert [len(page.items) for page in read] == [3, 3, 1]
    assert all(account.plan is Plan.PREMIUM for page in read for account in page.items)


def test_a_filtered_page_ends_where_the_read_budget_does_and_the_next_goes_on_from_there(
    dynamo: Container, partner_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = sorted((an_account(partner_id=partner_id) for _ in range(20)), key=list_sort_key)
    kept[13] = replace(kept[13], plan=Plan.PREMIUM)
    keep(dynamo, *kept)
    monkeypatch.setattr(pages_of_lists, "READ_BUDGET", 8)
    read = list(pages(dynamo, partner_id, AccountQuery(plan=Plan.PREMIUM), 1))
    assert [len(page.items) for page in read] == [0, 1, 0]
    assert read[0].next == list_sort_key(kept[7])


SINGLE_FILTERS = [
    *(AccountQuery(status=status) for status in Status),
    *(AccountQuery(account_type=entry) for entry in AccountType),
    *(AccountQuery(add_on=entry) for entry in AddOn),
    *(AccountQuery(hold=entry) for entry in Hold),
    AccountQuery(status=Status.OPEN, account_type=AccountType.REFERRED),
    AccountQuery(billing_mode=BillingMode.DIRECT),
    AccountQuery(plan=Plan.PREMIUM),
    AccountQuery(nab_status=BonusStatus.NOT_STARTED),
    AccountQuery(never_logged_in=True),
    AccountQuery(never_sent_campaign=True),
    AccountQuery(list_size_max=0),
    AccountQuery(list_size_min=2, list_size_max=2),
    AccountQuery(trial_ends_to=date(2026, 12, 1)),
    AccountQuery(trial_ends_to=date(2026, 11, 30)),
    AccountQuery(first_payment_from=date(2026, 10, 1), first_payment_to=date(2026, 10, 1)),
    AccountQuery(first_payment_from=date(2026, 10, 2)),
    AccountQuery(q="STRASSE"),
]


def test_each_filter_alone_finds_what_it_should(dynamo: Container, partner_id: str) -> None:
    kept = [
        an_account(partner_id=partner_id, plan=Plan.PREMIUM),
        an_account(partner_id=partner_id, plan=Plan.PREMIUM, status=Status.CANCELLED, billing_mode=BillingMode.DIRECT),
        an_account(partner_id=partner_id, add_ons=frozenset({AddOn.SMS}), holds=frozenset({Hold.COMPLIANCE})),
        an_account(partner_id=partner_id, account_type=AccountType.REFERRED, organization="Straße"),
        an_account(partner_id=partner_id, activity=Activity(list_size=2, login_count=1, campaigns_sent=1)),
        an_account(partner_id=partner_id, initial_upgrade_on=date(2026, 10, 2), add_ons=frozenset(AddOn)),
        a_trial(partner_id=partner_id),
    ]
    keep(dynamo, *kept)
    assert {name for query in SINGLE_FILTERS for name in plain_filters(query)} == set(RULES)
    for query in SINGLE_FILTERS:
        (page,) = pages(dynamo, partner_id, query, 10)
        assert page.items == tuple(sorted(filter(query.matches, kept), key=list_sort_key)), query


def with_sorted_sets(row: AccountRow) -> AccountRow:
    """A set's texts come in any order."""
    return tuple(tuple(sorted(value)) if isinstance(value, tuple) else value for value in row)


@settings(
    max_examples=10, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@pytest.mark.slow
@given(data=st.data())
def test_the_filter_in_dynamodb_says_the_same_as_the_query_itself(dynamo: Container, data: st.DataObject) -> None:
    partner_id = ids.random_id("prt")
    kept = data.draw(st.lists(accounts(partner_id), min_size=4, max_size=9))
    keep(dynamo, *kept)
    for query in data.draw(st.lists(account_queries(), min_size=4, max_size=8)):
        wanted = sorted(filter(query.matches, kept), key=list_sort_key)
        limit = data.draw(st.sampled_from((2, 9)))
        assert [account for page in pages(dynamo, partner_id, query, limit) for account in page.items] == wanted
        rows = [row for batch in dynamo.accounts.rows(partner_id, query, ROW_FIELDS) for row in batch]
        assert list(map(with_sorted_sets, rows)) == [
            tuple(plain(account, name) for name in ROW_FIELDS) for account in wanted
        ]


def test_rows_hold_just_the_fields_asked_for_in_their_plain_form(ports: Ports, partner_id: str) -> None:
    keep(
        ports,
        an_account(
            partner_id=partner_id,
            add_ons=frozenset({AddOn.SMS, AddOn.SEO}),
            holds=frozenset({Hold.COMPLIANCE, Hold.BALANCE_DUE}),
            cancellation=Cancellation(date(2026, 12, 1), CancelReason.COST_TOO_HIGH),
        ),
    )
    fields = ("add_ons", "holds", "list_size", "created_on", "status", "cancel_reason", "trial_ends_on", "owner_email")
    (batch,) = ports.accounts.rows(partner_id, AccountQuery(), fields)
    assert list(map(with_sorted_sets, batch)) == [
        (
            ("seo", "sms"),
            ("balance_due", "compliance"),
            0,
            "2026-10-01",
            "O",
            "cost_too_high",
            None,
            "ada@bakery.example",
        )
    ]
    assert [row for batch in ports.accounts.rows(partner_id, AccountQuery(q="nobody"), fields) for row in batch] == []


def test_an_account_in_latin_letters_takes_at_most_a_kilobyte(dynamo: Container, partner_id: str) -> None:
    account = an_account(
        partner_id=partner_id,
        username="u" * 50,
        organization="o" * 60,
        partner_account_id="p" * 20,
        website="https://www.bakery.example",
        add_ons=frozenset(AddOn),
        holds=frozenset(Hold),
    )
    item = ACCOUNT.table(**ACCOUNT.stored(account)).serialize()
    size = sum(len(name) + sum(len(str(v)) for v in value.values()) for name, value in item.items())
    assert size <= 1024
