"""What the calendar does to an account."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.accounts.accounts import Account, BillingMode, Cancellation, Status
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.bonuses import as_of, days_left, days_since, earned_on
from chalicelib.domain.accounts.codes import BonusStatus, CancelReason, RegistrationStatus
from chalicelib.domain.accounts.scheduled_changes import DatedChange, ScheduledChange, apply_due, due_on
from tests.factories import a_trial, an_account
from tests.strategies import DAYS, accounts

UPGRADED = date(2026, 8, 1)
DAY_94, DAY_95 = UPGRADED + timedelta(days=94), UPGRADED + timedelta(days=95)


def leaving(on: date) -> Cancellation:
    """A cancellation effective on that day."""
    return Cancellation(on, CancelReason.POOR_RESULTS)


@given(account=accounts(), start=DAYS, spans=st.lists(st.integers(0, 9), min_size=1, max_size=8))
def test_a_jump_of_many_days_equals_its_single_days(account: Account, start: date, spans: list[int]) -> None:
    """However the days between are taken."""
    day, stepped, happened = start, apply_due(account, start).account, apply_due(account, start).happened
    for span in spans:
        day += timedelta(days=span)
        step = apply_due(stepped, day)
        stepped, happened = step.account, happened + step.happened
    jumped = apply_due(account, day)
    assert jumped.account == stepped
    assert jumped.happened == happened


@given(account=accounts(), day=DAYS)
def test_what_is_advanced_has_nothing_left_that_is_due_and_stays_as_it_is(account: Account, day: date) -> None:
    now = apply_due(account, day).account
    following = due_on(now)
    assert following is None or following > day
    assert apply_due(now, day).happened == ()
    assert apply_due(now, day - timedelta(days=50)).account == now


@given(account=accounts(), day=DAYS)
def test_the_calendar_never_touches_what_is_written_once(account: Account, day: date) -> None:
    now = apply_due(account, day).account
    same = ("initial_upgrade_on", "plan", "account_type", "trial_ends_on", "created_on", "version", "activity", "holds")
    assert [getattr(now, name) for name in same] == [getattr(account, name) for name in same]


@given(account=accounts(), day=st.dates(date(2026, 10, 1), date(2027, 4, 1)))
def test_reports_show_a_bonus_as_the_calendar_would_make_it(account: Account, day: date) -> None:
    leaves_on = account.cancellation.effective_on if account.cancellation else None
    if account.cancelled and account.bonus_status is BonusStatus.TRACKING:
        return  # only in the moment between a cancellation on day 95 or later and its settling
    shown = as_of(account.bonus_status, account.initial_upgrade_on, leaves_on, day)
    assert shown is apply_due(account, day).account.bonus_status


def test_day_94_is_pending_and_on_day_95_the_bonus_is_earned() -> None:
    account = an_account(initial_upgrade_on=UPGRADED)
    assert apply_due(account, DAY_94).account == account
    earned = apply_due(account, DAY_95)
    assert earned.account == replace(account, bonus_status=BonusStatus.EARNED, bonus_earned_on=DAY_95)
    assert earned.happened == (DatedChange(DAY_95, ScheduledChange.BONUS_EARNED),)


def test_a_late_run_earns_on_day_95_and_not_on_its_own_day() -> None:
    late = apply_due(an_account(initial_upgrade_on=UPGRADED), UPGRADED + timedelta(days=120)).account
    assert late.bonus_earned_on == DAY_95


@pytest.mark.parametrize(
    ("upgraded", "earned"),
    [
        (date(2027, 11, 27), date(2028, 3, 1)),
        (date(2028, 2, 29), date(2028, 6, 3)),
        (date(2026, 11, 27), date(2027, 3, 2)),
        (date(2026, 3, 1), date(2026, 6, 4)),
    ],
    ids=["over a leap day", "from a leap day", "over no leap day", "over a change to summer time"],
)
def test_leap_days_and_clock_changes_alter_nothing(upgraded: date, earned: date) -> None:
    assert earned_on(upgraded) == earned
    assert days_since(upgraded, earned) == 95
    assert (days_left(upgraded, earned), days_left(upgraded, earned - timedelta(days=1))) == (0, 1)
    assert days_left(upgraded, earned + timedelta(days=30)) == 0


@pytest.mark.parametrize(
    ("leaves_on", "status"),
    [
        (DAY_94, BonusStatus.DISQUALIFIED),
        (DAY_95, BonusStatus.EARNED),
        (DAY_95 + timedelta(days=1), BonusStatus.EARNED),
    ],
)
def test_a_departure_on_day_94_disqualifies_and_on_day_95_the_bonus_comes_first(
    leaves_on: date, status: BonusStatus
) -> None:
    account = an_account(initial_upgrade_on=UPGRADED, cancellation=leaving(leaves_on))
    now = apply_due(account, DAY_95 + timedelta(days=30)).account
    assert (now.status, now.bonus_status) == (Status.CANCELLED, status)


def test_a_cancellation_taking_effect_ends_add_ons_registration_and_single_bill() -> None:
    account = an_account(
        cancellation=leaving(date(2026, 11, 5)),
        add_ons=frozenset({AddOn.SMS, AddOn.SEO}),
        sms_registration=RegistrationStatus.APPROVED,
        permission_ends_on=date(2026, 11, 6),
    )
    assert apply_due(account, date(2026, 11, 4)).account == account
    now = apply_due(account, date(2026, 11, 5)).account
    assert now.status is Status.CANCELLED
    assert now.cancellation == account.cancellation
    assert now.billing_mode is BillingMode.DIRECT
    assert now.add_ons == frozenset()
    assert now.sms_registration is RegistrationStatus.NOT_STARTED
    assert now.permission_ends_on is None


def test_a_trial_is_expired_from_its_end_on_that_day_included() -> None:
    trial = a_trial(trial_ends_on=date(2026, 12, 1))
    assert apply_due(trial, date(2026, 11, 30)).account.status is Status.TRIAL
    assert apply_due(trial, date(2026, 12, 1)).account.status is Status.EXPIRED_TRIAL


def test_an_upgraded_trial_no_longer_expires() -> None:
    upgraded = an_account(trial_ends_on=date(2026, 12, 1), bonus_status=BonusStatus.EARNED)
    assert due_on(upgraded) is None


def test_a_trial_that_expires_on_the_day_it_is_cancelled_is_just_cancelled() -> None:
    day = date(2026, 12, 1)
    happened = apply_due(a_trial(trial_ends_on=day, cancellation=leaving(day)), day).happened
    assert [item.happening for item in happened] == [ScheduledChange.CANCELLED]


def test_one_day_brings_the_bonus_then_the_cancellation_and_then_nothing_of_a_request() -> None:
    account = an_account(initial_upgrade_on=UPGRADED, cancellation=leaving(DAY_95), permission_ends_on=DAY_95)
    happened = apply_due(account, DAY_95).happened
    assert [item.happening for item in happened] == [ScheduledChange.BONUS_EARNED, ScheduledChange.CANCELLED]


def test_a_request_for_permission_expires_on_its_day() -> None:
    account = an_account(permission_ends_on=date(2026, 11, 10))
    assert due_on(account) == date(2026, 11, 10)
    assert apply_due(account, date(2026, 11, 10)).account.permission_ends_on is None


@pytest.mark.parametrize("status", [BonusStatus.PAID, BonusStatus.DISQUALIFIED, BonusStatus.NOT_ELIGIBLE])
def test_a_settled_bonus_is_never_due(status: BonusStatus) -> None:
    assert due_on(an_account(bonus_status=status)) is None
    assert an_account(bonus_status=status).bonus_settled
