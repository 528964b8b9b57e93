"""Which accounts a query asks for, and in which order they come."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chalicelib.domain.accounts.accounts import Account, AccountType, Activity, BillingMode, Hold, Owner, Status
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import BonusStatus
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.accounts.query import RANGES, RULES, AccountQuery, list_sort_key, sort_text
from tests.factories import a_trial, an_account

ACCOUNT = an_account(
    username="Ada-Bakes",
    organization="Äpfel & Straße",
    owner=Owner(first_name="Ada", last_name="Byron", email="hidden@example.com", phone="555"),
    partner_account_id="A-17",
    holds=frozenset({Hold.COMPLIANCE}),
    add_ons=frozenset({AddOn.SEO}),
    activity=Activity(list_size=100, login_count=1, campaigns_sent=2),
)


CASES: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"status": Status.OPEN}, {"status": Status.TRIAL}),
    ({"account_type": AccountType.MANAGED}, {"account_type": AccountType.REFERRED}),
    ({"billing_mode": BillingMode.SINGLE_BILL}, {"billing_mode": BillingMode.DIRECT}),
    ({"plan": Plan.STANDARD}, {"plan": Plan.LITE}),
    ({"add_on": AddOn.SEO}, {"add_on": AddOn.SMS}),
    ({"hold": Hold.COMPLIANCE}, {"hold": Hold.SUSPENDED}),
    ({"list_size_min": 100, "list_size_max": 100}, {"list_size_min": 101}),
    ({"list_size_min": 0}, {"list_size_max": 99}),
    ({"never_logged_in": False}, {"never_logged_in": True}),
    ({"never_sent_campaign": False}, {"never_sent_campaign": True}),
    ({"nab_status": BonusStatus.TRACKING}, {"nab_status": BonusStatus.EARNED}),
    ({"first_payment_from": date(2026, 10, 1)}, {"first_payment_from": date(2026, 10, 2)}),
    ({"first_payment_to": date(2026, 10, 1)}, {"first_payment_to": date(2026, 9, 30)}),
    ({"q": "BAKES"}, {"q": "bakers"}),
    ({"q": "äpfel & STRASSE"}, {"q": "apfel"}),
    ({"q": "byron"}, {"q": "den@example.com"}),
    ({"q": "a-17"}, {"q": "555"}),
    ({"q": ""}, {"q": "bakesäpfel"}),
    ({}, {"trial_ends_to": date(2099, 1, 1)}),
]
"""Asks for the account, and does not."""


@pytest.mark.parametrize(("asked", "not_asked"), CASES)
def test_each_filter_narrows(asked: dict[str, Any], not_asked: dict[str, Any]) -> None:
    assert AccountQuery(**asked).matches(ACCOUNT)
    assert not AccountQuery(**not_asked).matches(ACCOUNT)
    assert not AccountQuery(**{**asked, **not_asked}).matches(ACCOUNT)


def test_no_filter_is_left_out() -> None:
    assert {name for case in CASES for asked in case for name in asked} == set(RULES)


def test_a_value_that_an_account_does_not_have_fits_no_range() -> None:
    assert not AccountQuery(trial_ends_to=date.max).matches(an_account())
    assert not AccountQuery(first_payment_from=date.min).matches(a_trial())


def test_the_ends_of_a_range_are_two_filters_of_one_value() -> None:
    assert RANGES == (("list_size_min", "list_size_max"), ("first_payment_from", "first_payment_to"))


def test_accounts_without_a_list_are_those_with_a_size_of_zero() -> None:
    nobody = AccountQuery(list_size_max=0)
    assert nobody.matches(an_account())
    assert not nobody.matches(ACCOUNT)


def test_what_a_plan_includes_counts_as_having_the_add_on() -> None:
    archive = AccountQuery(add_on=AddOn.NEWSLETTER_ARCHIVE)
    assert archive.matches(an_account(plan=Plan.PREMIUM))
    assert not archive.matches(an_account(plan=Plan.PREMIUM, status=Status.CANCELLED))


def test_trials_that_end_by_a_day_include_that_day() -> None:
    trial = a_trial(trial_ends_on=date(2026, 12, 1))
    assert AccountQuery(trial_ends_to=date(2026, 12, 1)).matches(trial)
    assert not AccountQuery(trial_ends_to=date(2026, 11, 30)).matches(trial)


def listed(**changed: Any) -> Account:
    """An account of which only its place in the list matters."""
    return an_account(account_id="acct_1", **changed)


def test_lists_are_ordered_by_status_type_and_organisation() -> None:
    ordered = [
        listed(status=Status.CANCELLED, organization="z"),
        listed(organization="#1 Shop"),
        listed(organization="apple"),
        listed(organization="Banana"),
        listed(organization="banana 2"),
        listed(account_type=AccountType.REFERRED, organization="a"),
        listed(status=Status.TRIAL, organization="a"),
    ]
    keys = [list_sort_key(account) for account in ordered]
    assert keys == sorted(keys)


def test_an_organisation_cannot_forge_its_place() -> None:
    assert sort_text("a#b%23") == "a%23b%2523"
    assert list_sort_key(listed(organization="x#y")).count("#") == 3
    assert len(sort_text("ß" * 120)) == 64
