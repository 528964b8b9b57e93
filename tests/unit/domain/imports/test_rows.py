"""Every rule that a row of a portfolio can break is told by column; what only looks odd is taken."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.accounts.accounts import Status
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.imports.cells import Problem
from chalicelib.domain.imports.columns import PORTFOLIO_COLUMNS
from chalicelib.domain.imports.portfolio_row import PortfolioRow
from chalicelib.domain.imports.rows import read_portfolio_row
from tests.unit.domain.imports.portfolio_rows import CANCELLED, EXPIRED, OPEN, TODAY, TRIAL, problems, read

OVERSIZE = "x" * 300


@pytest.mark.parametrize("row", [OPEN, TRIAL, EXPIRED, CANCELLED], ids=["open", "trial", "expired", "cancelled"])
def test_a_right_row_has_no_problem(row: dict[str, str]) -> None:
    assert problems(row) == []


@pytest.mark.parametrize(
    ("row", "changed", "column", "reported"),
    [
        # Cells that are wrong by themselves.
        (OPEN, {"username": "short"}, "username", "6 to 50"),
        (OPEN, {"username": ""}, "username", "6 to 50"),
        (OPEN, {"username": "acme bakery"}, "username", "6 to 50"),
        (OPEN, {"username": "äcme-bakery"}, "username", "6 to 50"),
        (OPEN, {"username": "x" * 51}, "username", "6 to 50"),
        (OPEN, {"username": "acme-bakery\n"}, "username", "6 to 50"),
        (OPEN, {"organization": ""}, "organization", "must not be empty"),
        (OPEN, {"organization": "  "}, "organization", "must not be empty"),
        (OPEN, {"organization": OVERSIZE}, "organization", "300 characters"),
        (OPEN, {"organization": "Acme\x00Bakery"}, "organization", "control character"),
        (OPEN, {"organization": "Acme\nBakery"}, "organization", "control character"),
        (OPEN, {"owner_first_name": OVERSIZE}, "owner_first_name", "300 characters"),
        (OPEN, {"owner_last_name": "a\tb"}, "owner_last_name", "control character"),
        (OPEN, {"owner_email": "ada.example.com"}, "owner_email", "ada@example.com"),
        (OPEN, {"owner_email": ""}, "owner_email", "ada@example.com"),
        (OPEN, {"owner_email": "ada@example.com, bob@example.com"}, "owner_email", "ada@example.com"),
        (OPEN, {"partner_account_id": "x" * 81}, "partner_account_id", "81 characters"),
        (OPEN, {"account_type": "Managed"}, "account_type", "managed, referred"),
        (OPEN, {"account_type": ""}, "account_type", "managed, referred"),
        (OPEN, {"billing_mode": "single bill"}, "billing_mode", "single_bill, direct"),
        (OPEN, {"billing_mode": ""}, "billing_mode", "single_bill, direct"),
        (OPEN, {"plan": "gold"}, "plan", "trial, lite, standard, premium"),
        (OPEN, {"status": "o"}, "status", "O, T, E, C"),
        (OPEN, {"status": " O"}, "status", "O, T, E, C"),
        (OPEN, {"status": "OT"}, "status", "O, T, E, C"),
        (OPEN, {"status": ""}, "status", "O, T, E, C"),
        (OPEN, {"created_on": ""}, "created_on", "date is needed"),
        (OPEN, {"created_on": "10/01/2026"}, "created_on", "no date"),
        (OPEN, {"created_on": "20260110"}, "created_on", "no date"),
        (OPEN, {"created_on": "2026-W02-6"}, "created_on", "no date"),
        (OPEN, {"created_on": "2026-02-30"}, "created_on", "no date"),
        (OPEN, {"created_on": "11/05/2026"}, "created_on", "written as 2026-11-05 (YYYY-MM-DD)"),
        (OPEN, {"created_on": "26-01-10"}, "created_on", "no date"),
        (OPEN, {"created_on": "2026-01/10"}, "created_on", "no date"),
        (OPEN, {"created_on": "0202-01-10"}, "created_on", "no date"),
        (OPEN, {"trial_ends_on": "soon"}, "trial_ends_on", "no date"),
        (OPEN, {"list_size": "-1"}, "list_size", "whole number"),
        (OPEN, {"list_size": "1.5"}, "list_size", "whole number"),
        (OPEN, {"list_size": "1,000"}, "list_size", "whole number"),
        (OPEN, {"list_size": "٣"}, "list_size", "whole number"),
        (OPEN, {"list_size": "1000000000001"}, "list_size", "whole number"),
        (OPEN, {"login_count": "many"}, "login_count", "whole number"),
        (OPEN, {"add_ons": "sms|fax"}, "add_ons", "“fax”"),
        (OPEN, {"add_ons": "sms,seo"}, "add_ons", "“sms,seo”"),
        (OPEN, {"add_ons": "sms|"}, "add_ons", "not one of"),
        (CANCELLED, {"cancel_reason": "bored"}, "cancel_reason", "cost_too_high"),
        # Cells that do not fit together.
        (OPEN, {"plan": "trial"}, "plan", "open account"),
        (OPEN, {"initial_upgrade_on": ""}, "initial_upgrade_on", "first payment date"),
        (TRIAL, {"plan": "lite"}, "plan", "plan trial"),
        (EXPIRED, {"plan": "premium"}, "plan", "plan trial"),
        (TRIAL, {"initial_upgrade_on": "2026-10-02"}, "initial_upgrade_on", "trial never comes back"),
        (TRIAL, {"trial_ends_on": ""}, "trial_ends_on", "trial ends"),
        (EXPIRED, {"trial_ends_on": ""}, "trial_ends_on", "trial ends"),
        (EXPIRED, {"trial_ends_on": "2026-11-06"}, "trial_ends_on", "not expired (E) yet"),
        (CANCELLED, {"cancelled_on": ""}, "cancelled_on", "a day"),
        (CANCELLED, {"cancel_reason": ""}, "cancel_reason", "a reason"),
        (CANCELLED, {"cancelled_on": "2026-11-06"}, "cancelled_on", "does not fit the status C"),
        (CANCELLED, {"initial_upgrade_on": "2026-10-21"}, "cancelled_on", "before the first payment"),
        (CANCELLED, {"plan": "trial"}, "initial_upgrade_on", "trial never comes back"),
        (OPEN, {"cancelled_on": "2026-12-01"}, "cancel_reason", "a reason"),
        (OPEN, {"cancel_reason": "poor_results"}, "cancelled_on", "a day"),
        (OPEN, {"cancelled_on": "2026-11-05", "cancel_reason": "poor_results"}, "cancelled_on", "status O"),
        (OPEN, {"cancelled_on": "2026-09-01", "cancel_reason": "poor_results"}, "cancelled_on", "status O"),
        (OPEN, {"trial_ends_on": "2026-01-09"}, "trial_ends_on", "before the account was created"),
        (OPEN, {"initial_upgrade_on": "2026-01-09"}, "initial_upgrade_on", "before the account was created"),
        (CANCELLED, {"cancelled_on": "2026-01-09"}, "cancelled_on", "before the account was created"),
        (TRIAL, {"created_on": "2026-11-06", "login_count": "0", "last_login_on": "", "campaigns_sent": "0",
                 "last_campaign_on": ""}, "created_on", "in the future"),
        (OPEN, {"initial_upgrade_on": "2026-11-06"}, "initial_upgrade_on", "in the future"),
        (OPEN, {"last_login_on": "2026-11-07"}, "last_login_on", "in the future"),
        (OPEN, {"last_campaign_on": "2026-11-07"}, "last_campaign_on", "in the future"),
    ],
)  # fmt: skip
def test_one_broken_rule_is_told_once_by_its_column(
    row: dict[str, str], changed: dict[str, str], column: str, reported: str
) -> None:
    (problem,) = problems({**row, **changed})
    assert problem.column == column
    assert reported in problem.reason


@pytest.mark.parametrize(
    ("row", "changed"),
    [
        (OPEN, {"partner_account_id": "", "owner_first_name": "", "owner_last_name": ""}),
        (OPEN, {"trial_ends_on": ""}),
        (OPEN, {"initial_upgrade_on": "2026-06-01"}),
        (OPEN, {"initial_upgrade_on": "2026-01-10", "created_on": "2026-01-10", "trial_ends_on": "2026-01-10"}),
        (OPEN, {"list_size": "", "login_count": "", "last_login_on": "", "campaigns_sent": "", "last_campaign_on": ""}),
        (OPEN, {"login_count": "7", "last_login_on": ""}),
        (OPEN, {"list_size": "007"}),
        (OPEN, {"cancelled_on": "2026-11-06", "cancel_reason": "poor_results"}),
        (OPEN, {"last_login_on": "2026-11-05"}),
        (OPEN, {"add_ons": "seo|seo"}),
        (OPEN, {"username": "@acme.bakery+1_x-2"}),
        (TRIAL, {"trial_ends_on": "2026-10-15"}),
        (TRIAL, {"cancelled_on": "2026-11-06", "cancel_reason": "poor_results"}),
        (CANCELLED, {"cancelled_on": "2026-11-05"}),
        (CANCELLED, {"cancelled_on": "2026-02-01"}),
        (CANCELLED, {"last_login_on": "2026-10-25"}),
        (CANCELLED, {"owner_email": "", "owner_first_name": "", "owner_last_name": ""}),
        (CANCELLED, {"plan": "trial", "initial_upgrade_on": ""}),
        (CANCELLED, {"billing_mode": "single_bill", "add_ons": "sms"}),
        (CANCELLED, {"account_type": "referred", "billing_mode": "single_bill"}),
    ],
)
def test_what_the_programme_allows_is_taken(row: dict[str, str], changed: dict[str, str]) -> None:
    assert problems({**row, **changed}) == []


def test_all_that_is_wrong_with_the_cells_is_told_at_once() -> None:
    wrong = {**OPEN, "username": "x", "owner_email": "x", "plan": "x", "created_on": "x", "list_size": "x"}
    assert [problem.column for problem in problems(wrong)] == [
        "username", "owner_email", "plan", "created_on", "list_size",
    ]  # fmt: skip


def test_a_cancellation_without_day_and_reason_lacks_both() -> None:
    wrong = {**CANCELLED, "cancelled_on": "", "cancel_reason": ""}
    assert [problem.column for problem in problems(wrong)] == ["cancelled_on", "cancel_reason"]


def test_a_long_value_is_told_short() -> None:
    (problem,) = problems({**OPEN, "plan": "x" * 10_000})
    assert len(problem.reason) < 120


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("'=1+1", "=1+1"),
        ("'@acme", "@acme"),
        ("'  =1+1", "  =1+1"),
        ("''t Hart", "'t Hart"),
        ("'t Hart", "'t Hart"),
        ("=1+1", "=1+1"),
        ("Acme", "Acme"),
    ],
)
def test_the_apostrophe_that_an_export_put_before_a_formula_is_taken_off(cell: str, text: str) -> None:
    assert read({**OPEN, "organization": cell}).profile.organization == text


def test_a_guarded_username_is_the_username() -> None:
    assert read({**OPEN, "username": "'@acme-bakery"}).username == "@acme-bakery"


def test_cells_become_what_they_say() -> None:
    row = read({**OPEN, "username": "Acme-Bakery"})
    assert row.username == "Acme-Bakery"
    assert row.status is Status.OPEN
    assert row.add_ons == {AddOn.SMS, AddOn.SEO}
    assert row.activity.list_size == 120
    assert row.profile.owner.email == "ada@example.com"
    assert read({**OPEN, "partner_account_id": ""}).profile.partner_account_id is None


cells: Any = st.one_of(
    st.text(max_size=60), st.sampled_from(sorted({value for row in (OPEN, TRIAL, CANCELLED) for value in row.values()}))
)


@given(st.fixed_dictionaries(dict.fromkeys(PORTFOLIO_COLUMNS, cells)))
def test_whatever_stands_in_the_cells_is_a_row_or_a_list_of_reasons(row: dict[str, str]) -> None:
    found = read_portfolio_row(row, TODAY)
    if isinstance(found, PortfolioRow):
        assert found.plan.paid is (found.initial_upgrade_on is not None)
    else:
        assert found
        assert all(isinstance(item, Problem) and item.column in PORTFOLIO_COLUMNS and item.reason for item in found)
