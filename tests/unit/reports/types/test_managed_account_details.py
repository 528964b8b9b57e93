"""Managed Account Details, and the contact list beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chalicelib.domain.accounts.accounts import AccountType, Activity, Hold, Owner, Status
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import RegistrationStatus
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.accounts.query import AccountQuery
from chalicelib.reports.report import ReportContext
from chalicelib.reports.table import ColumnType
from chalicelib.reports.types.managed_account_details import FIELDS, REPORT
from tests.unit.reports.portfolio_of import ACME, TODAY, account, as_dicts, ports_with, rows_of

FULL = account(
    7,
    partner_account_id="P-7",
    plan=Plan.PREMIUM,
    holds=frozenset({Hold.COMPLIANCE, Hold.BALANCE_DUE}),
    trial_ends_on=date(2026, 3, 3),
    add_ons=frozenset({AddOn.SMS, AddOn.SEO}),
    sms_registration=RegistrationStatus.IN_REVIEW,
    activity=Activity(
        list_size=1200,
        login_count=31,
        last_login_on=date(2026, 10, 30),
        campaigns_sent=4,
        last_campaign_on=date(2026, 10, 1),
    ),
)


def test_a_row_says_everything_about_an_account() -> None:
    (row,) = as_dicts(ports_with(FULL), REPORT, account_status=Status.OPEN)
    assert row == {
        "Account ID": FULL.account_id,
        "Partner account ID": "P-7",
        "Username": "account.7",
        "Organization": "Organization 00007",
        "Owner": "Ada Lovelace",
        "E-mail": "ada7@example.com",
        "Status": "O",
        "Plan": "Premium",
        "Billing mode": "Single bill",
        "Holds": "Balance due, Compliance",
        "Created": "2026-01-02",
        "Trial ends": "2026-03-03",
        "First payment date": "2026-01-02",
        "List size": 1200,
        "Logins": 31,
        "Last login": "2026-10-30",
        "Campaigns sent": 4,
        "Last campaign": "2026-10-01",
        "Add-ons": "SMS, SEO, Newsletter Archive (included)",
        "SMS registration": "In review",
    }


def test_values_have_the_types_that_their_columns_promise() -> None:
    bare = account(8, owner=Owner(), initial_upgrade_on=None)
    for row in rows_of(ports_with(FULL, bare), REPORT, account_status=Status.OPEN):
        for value, column in zip(row, REPORT.sheet.columns, strict=True):
            assert value is None or isinstance(value, int if column.type is ColumnType.INTEGER else str), column


@pytest.mark.parametrize("status", Status)
def test_invariant_02_managed_account_details_never_holds_a_referred_account(status: Status) -> None:
    ports = ports_with(
        *(account(number, status=item) for number, item in enumerate(Status)),
        *(account(10 + n, status=item, account_type=AccountType.REFERRED) for n, item in enumerate(Status)),
    )
    assert [row["Status"] for row in as_dicts(ports, REPORT, account_status=status)] == [status.value]


def test_what_a_plan_includes_ends_with_the_cancellation() -> None:
    left = account(1, plan=Plan.PREMIUM, status=Status.CANCELLED)
    (row,) = as_dicts(ports_with(left), REPORT, account_status=Status.CANCELLED)
    assert row["Add-ons"] == ""


def test_an_sms_registration_is_shown_where_there_is_sms() -> None:
    ports = ports_with(account(1, add_ons=frozenset({AddOn.SMS})), account(2))
    assert [row["SMS registration"] for row in as_dicts(ports, REPORT, account_status=Status.OPEN)] == [
        "Not started",
        "",
    ]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"list_size_max": 0}, {1}),
        ({"list_size_min": 1, "list_size_max": 500}, {2}),
        ({"never_logged_in": True}, {1, 3}),
        ({"never_sent_campaign": True}, {1, 2}),
        ({"plan": Plan.LITE}, {2}),
        ({"add_on": AddOn.SEO}, {3}),
        ({"first_payment_from": date(2026, 6, 1)}, {3}),
        ({"first_payment_to": date(2026, 5, 31)}, {1, 2}),
    ],
)
def test_filters_narrow_the_list(filters: dict[str, Any], found: set[int]) -> None:
    ports = ports_with(
        account(1),
        account(2, plan=Plan.LITE, activity=Activity(list_size=500, login_count=1)),
        account(
            3,
            add_ons=frozenset({AddOn.SEO}),
            initial_upgrade_on=date(2026, 6, 1),
            activity=Activity(list_size=501, campaigns_sent=2),
        ),
    )
    rows = as_dicts(ports, REPORT, account_status=Status.OPEN, filters=AccountQuery(**filters))
    assert {row["Username"] for row in rows} == {f"account.{number}" for number in found}


def test_contacts_are_the_same_accounts_without_those_whose_owner_was_erased() -> None:
    erased = replace(FULL, account_id="acct_erased", owner=Owner(), status=Status.CANCELLED, erased=True)
    context = ReportContext(partner_id=ACME, today=TODAY, account_status=Status.OPEN)
    batch = next(iter(ports_with(FULL, erased).accounts.rows(ACME, AccountQuery(), FIELDS)))
    assert REPORT.contacts is not None
    assert REPORT.contacts.rows(batch, context) == [("ada7@example.com", "Ada", "Lovelace", "Organization 00007")]


def test_without_accounts_there_are_no_rows() -> None:
    assert REPORT.sheet.rows([], ReportContext(partner_id=ACME, today=TODAY, account_status=Status.OPEN)) == []
