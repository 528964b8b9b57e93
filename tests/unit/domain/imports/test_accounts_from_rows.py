"""An imported account is as the calendar would have it today, and what the rules forbid in its state is dropped."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.accounts.accounts import BillingMode, Cancellation, Status
from chalicelib.domain.accounts.add_ons import AddOn, Entitlement
from chalicelib.domain.accounts.codes import BonusStatus, CancelReason
from chalicelib.domain.accounts.departures import Event
from chalicelib.domain.accounts.scheduled_changes import apply_due, due_on
from chalicelib.domain.accounts.search_words import search_words
from chalicelib.domain.imports.accounts_from_rows import ImportedAccount, account_of_row
from chalicelib.domain.kernel.money import Money
from chalicelib.domain.partners.partners import Partner, Terms
from tests.unit.domain.imports.portfolio_rows import CANCELLED, EXPIRED, OPEN, TODAY, TRIAL, read

PARTNER = Partner(
    partner_id="part_1",
    name="Bright",
    created_at=datetime(2025, 1, 1, tzinfo=UTC),
    terms=Terms(bonus=Money(12_500, "EUR")),
)


def made(row: dict[str, str], partner: Partner = PARTNER, today: date = TODAY) -> ImportedAccount:
    return account_of_row(read(row), partner, "acct_1", today)


@pytest.mark.parametrize(
    ("row", "status"),
    [
        (OPEN, Status.OPEN),
        (TRIAL, Status.TRIAL),
        (EXPIRED, Status.EXPIRED_TRIAL),
        (CANCELLED, Status.CANCELLED),
        ({**TRIAL, "trial_ends_on": "2026-11-05"}, Status.EXPIRED_TRIAL),
        ({**TRIAL, "trial_ends_on": "2026-11-06"}, Status.TRIAL),
        ({**CANCELLED, "plan": "trial", "initial_upgrade_on": ""}, Status.CANCELLED),
    ],
)
def test_the_status_is_the_rows_unless_its_trial_has_ended_since(row: dict[str, str], status: Status) -> None:
    assert made(row).account.status is status


@pytest.mark.parametrize(
    ("upgraded", "cancelled", "status", "earned"),
    [
        ("2026-08-03", None, BonusStatus.TRACKING, None),  # day 94
        ("2026-08-02", None, BonusStatus.EARNED, "2026-11-05"),  # day 95
        ("2026-02-01", None, BonusStatus.EARNED, "2026-05-07"),
        ("2026-02-01", "2026-05-06", BonusStatus.DISQUALIFIED, None),  # left on day 94
        ("2026-02-01", "2026-05-07", BonusStatus.EARNED, "2026-05-07"),  # left on day 95
        ("2026-02-01", "2026-05-08", BonusStatus.EARNED, "2026-05-07"),
        ("2024-02-01", "2024-05-06", BonusStatus.EARNED, "2024-05-06"),  # a leap day in between
        ("2026-08-03", "2026-11-05", BonusStatus.DISQUALIFIED, None),  # leaves today, on day 94
    ],
)
def test_the_bonus_is_what_history_made_it(
    upgraded: str, cancelled: str | None, status: BonusStatus, earned: str | None
) -> None:
    base = OPEN if cancelled is None else {**CANCELLED, "cancelled_on": cancelled}
    row = {**base, "created_on": "2024-01-02", "trial_ends_on": "", "initial_upgrade_on": upgraded}
    found = made(row)
    assert found.account.bonus_status is status
    assert str(found.account.bonus_earned_on or "") == (earned or "")
    assert str(found.bonus.earned_on if found.bonus else "") == (earned or "")


def test_a_bonus_of_history_is_on_todays_terms_and_makes_no_mail() -> None:
    bonus = made(OPEN).bonus
    assert bonus is not None
    assert bonus.money == Money(12_500, "EUR")
    assert bonus.notified
    assert (bonus.account_id, bonus.partner_id, bonus.organization) == ("acct_1", "part_1", "Acme Bakery")


def test_an_account_that_never_paid_has_no_bonus_begun() -> None:
    for row in (TRIAL, EXPIRED, {**CANCELLED, "plan": "trial", "initial_upgrade_on": ""}):
        assert made(row).account.bonus_status is BonusStatus.NOT_STARTED
        assert made(row).bonus is None


def test_a_cancelled_account_has_its_departure_with_the_plan_at_exit() -> None:
    departure = made(CANCELLED).departure
    assert departure is not None
    assert departure.event is Event.CANCELLATION
    assert (departure.effective_on, departure.plan.value) == (date(2026, 10, 20), "standard")
    assert departure.reason is CancelReason.POOR_RESULTS
    assert departure.days_as_client == 283


def test_a_cancellation_to_come_is_noted_and_nothing_is_dropped() -> None:
    found = made({**OPEN, "cancelled_on": "2026-11-06", "cancel_reason": "poor_results"})
    assert found.account.status is Status.OPEN
    assert found.account.cancellation == Cancellation(date(2026, 11, 6), CancelReason.POOR_RESULTS)
    assert found.account.billing_mode is BillingMode.SINGLE_BILL
    assert (found.departure, found.adjusted) == (None, False)
    assert due_on(found.account) == date(2026, 11, 6)


NO_SINGLE_BILL = replace(PARTNER, terms=replace(PARTNER.terms, single_bill_enabled=False))


@pytest.mark.parametrize(
    ("row", "changed", "partner", "adjusted"),
    [
        (OPEN, {}, PARTNER, False),
        (CANCELLED, {}, PARTNER, False),
        (CANCELLED, {"add_ons": "seo"}, PARTNER, True),
        (CANCELLED, {"billing_mode": "single_bill"}, PARTNER, True),
        (CANCELLED, {"plan": "premium", "add_ons": "newsletter_archive"}, PARTNER, True),
        (TRIAL, {"add_ons": "seo"}, PARTNER, True),
        (EXPIRED, {"add_ons": "seo"}, PARTNER, True),
        (TRIAL, {"billing_mode": "single_bill"}, PARTNER, True),
        (EXPIRED, {"billing_mode": "single_bill"}, PARTNER, True),
        (OPEN, {"account_type": "referred"}, PARTNER, True),
        (OPEN, {"account_type": "referred", "billing_mode": "direct"}, PARTNER, False),
        (OPEN, {}, NO_SINGLE_BILL, True),
        (OPEN, {"billing_mode": "direct"}, NO_SINGLE_BILL, False),
        (OPEN, {"plan": "premium", "add_ons": "newsletter_archive"}, PARTNER, False),
        (OPEN, {"plan": "premium", "add_ons": "newsletter_archive|sms"}, PARTNER, False),
    ],
)
def test_what_the_rules_forbid_in_a_state_is_dropped_and_said(
    row: dict[str, str], changed: dict[str, str], partner: Partner, adjusted: bool
) -> None:
    found = made({**row, **changed}, partner)
    assert found.adjusted is adjusted
    if found.account.status is not Status.OPEN:
        assert not found.account.add_ons
        assert found.account.billing_mode is BillingMode.DIRECT


def test_newsletter_archive_on_premium_is_included_and_not_charged() -> None:
    account = made({**OPEN, "plan": "premium", "add_ons": "newsletter_archive|seo"}).account
    assert account.add_ons == {AddOn.SEO}
    assert account.entitlement(AddOn.NEWSLETTER_ARCHIVE) is Entitlement.INCLUDED


def test_newsletter_archive_on_another_plan_stays_paid() -> None:
    assert made({**OPEN, "add_ons": "newsletter_archive"}).account.add_ons == {AddOn.NEWSLETTER_ARCHIVE}


def test_sms_arrives_active_without_a_registration_and_is_not_usable() -> None:
    account = made({**OPEN, "add_ons": "sms"}).account
    assert account.entitlement(AddOn.SMS) is Entitlement.ACTIVE
    assert account.sms_registration.value == "not_started"
    assert not account.usable(AddOn.SMS)


@pytest.mark.parametrize("row", [OPEN, TRIAL, EXPIRED, CANCELLED, {**OPEN, "initial_upgrade_on": "2026-09-01"}])
def test_an_imported_account_is_settled_so_today_changes_nothing_more(row: dict[str, str]) -> None:
    account = made(row).account
    assert apply_due(account, TODAY).account == account


@pytest.mark.parametrize("row", [{**OPEN, "initial_upgrade_on": "2026-09-01"}, TRIAL])
def test_importing_later_is_the_same_as_importing_now_and_waiting(row: dict[str, str]) -> None:
    for days in (1, 30, 200):
        later = TODAY + timedelta(days=days)
        assert apply_due(made(row).account, later).account == made(row, today=later).account


def test_how_many_items_a_transaction_needs_for_it() -> None:
    items: dict[str, Any] = {
        "open": made({**OPEN, "initial_upgrade_on": "2026-09-01"}).items,
        "earned": made(OPEN).items,
        "earned and cancelled": made(CANCELLED).items,
    }
    words = len(search_words(made(OPEN).account))
    assert words > 1
    assert items == {"open": 2 + words, "earned": 3 + words, "earned and cancelled": 4 + words}
