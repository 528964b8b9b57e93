"""Cancelling now and on a day to come, withdrawing, reactivating; and the departure that is kept of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.accounts.accounts import AccountType, BillingMode, Cancellation, Hold
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import BonusStatus, CancelReason, RegistrationStatus
from chalicelib.domain.accounts.departures import Event
from chalicelib.domain.accounts.management_requests import ManagementRequestStatus
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.kernel.errors import Conflict, Invalid
from chalicelib.domain.sms.sms_registrations import Registration
from chalicelib.services.accounts import accounts, due_changes, lifecycle, management_requests
from tests.factories import TODAY, a_trial
from tests.scenario import ADMIN, ONE, REASON, Programme, client_of

DAY_OF_UPGRADE = TODAY - timedelta(days=35)


def test_it_takes_nine_reasons() -> None:
    assert [item.value for item in CancelReason] == [
        "cost_too_high",
        "using_a_competitive_service",
        "not_doing_email_marketing",
        "something_missing_or_not_working",
        "doing_it_in_house",
        "poor_results",
        "too_difficult_to_use",
        "cancelled_online_by_customer",
        "dissatisfied_with_billing_policies",
    ]


def test_taking_effect_it_ends_add_ons_the_registration_and_single_bill(programme: Programme) -> None:
    account = programme.an_account()
    programme.activate(account, AddOn.SMS)
    programme.activate(account, AddOn.SEO)
    programme.register(account)
    gone = programme.cancel(account)
    assert (gone.add_ons, gone.sms_registration) == (frozenset(), RegistrationStatus.NOT_STARTED)
    assert gone.billing_mode is BillingMode.DIRECT
    assert programme.ports.book.all(Registration) == []


def test_it_is_today_unless_a_day_is_said(programme: Programme) -> None:
    account = programme.do(lifecycle.cancel, ADMIN, programme.an_account().account_id, REASON)
    assert account.cancellation == Cancellation(TODAY, REASON)


def test_it_is_never_in_the_past(programme: Programme) -> None:
    with pytest.raises(Invalid, match="cannot be in the past; today is 2026-11-05"):
        programme.cancel(programme.an_account(), in_days=-1)


def test_dated_it_leaves_the_account_as_it_is_until_that_day(programme: Programme) -> None:
    account = programme.an_account()
    programme.activate(account, AddOn.SEO)
    leaving = programme.cancel(account, in_days=2)
    assert (leaving.status, leaving.add_ons) == (account.status, {AddOn.SEO})
    assert programme.departures() == []
    programme.ports.later(days=1)
    assert not due_changes.settle(programme.ports, ONE, account.account_id).failed
    assert not programme.stored(account).cancelled
    programme.ports.later(days=1)
    due_changes.settle(programme.ports, ONE, account.account_id)
    (departure,) = programme.departures()
    assert (departure.effective_on, departure.event, departure.reason) == (
        TODAY + timedelta(days=2),
        Event.CANCELLATION,
        REASON,
    )
    assert programme.stored(account).cancelled
    programme.ports.book.assert_counted()


def test_settled_late_it_still_took_effect_on_its_day(programme: Programme) -> None:
    account = programme.an_account(initial_upgrade_on=DAY_OF_UPGRADE)
    programme.cancel(account, in_days=59)
    programme.ports.later(days=100)
    due_changes.settle(programme.ports, ONE, account.account_id)
    assert programme.stored(account).bonus_status is BonusStatus.DISQUALIFIED
    assert programme.departures()[0].effective_on == TODAY + timedelta(days=59)


def test_dated_it_can_be_dated_anew_and_withdrawn(programme: Programme) -> None:
    account = programme.an_account()
    programme.cancel(account, in_days=5)
    assert programme.cancel(account, in_days=9).cancellation == Cancellation(TODAY + timedelta(days=9), REASON)
    kept = programme.do(lifecycle.withdraw_cancellation, ADMIN, account.account_id)
    assert kept.cancellation is None
    programme.ports.later(days=30)
    due_changes.settle(programme.ports, ONE, account.account_id)
    assert not programme.stored(account).cancelled


@pytest.mark.parametrize(("in_days", "text"), [(None, "no cancellation"), (0, "in effect"), (1, "in effect")])
def test_what_is_not_to_come_is_not_withdrawn(programme: Programme, in_days: int | None, text: str) -> None:
    account = programme.an_account()
    if in_days is not None:
        programme.cancel(account, in_days)
        programme.ports.later(days=in_days)
    with pytest.raises(Conflict, match=text):
        programme.do(lifecycle.withdraw_cancellation, ADMIN, account.account_id)


def test_an_upgrade_does_not_withdraw_it(programme: Programme) -> None:
    account = programme.an_account()
    programme.cancel(account, in_days=5)
    assert programme.upgrade(account, Plan.PREMIUM).cancellation is not None


def test_reactivation_brings_a_paid_plan_and_nothing_back(programme: Programme) -> None:
    account = programme.an_account()
    programme.activate(account, AddOn.SMS)
    programme.cancel(account)
    back = programme.upgrade(account, Plan.LITE)
    assert (back.status, back.cancellation, back.add_ons) == ("O", None, frozenset())
    assert back.billing_mode is BillingMode.DIRECT
    assert back.initial_upgrade_on == account.initial_upgrade_on
    assert programme.departures() == []
    programme.ports.book.assert_counted()


@pytest.mark.parametrize("act", ["renamed", "made referred", "erased"])
def test_the_departure_goes_with_reactivation_whatever_happened_to_the_account_meanwhile(
    programme: Programme, act: str
) -> None:
    account = programme.an_account()
    gone = programme.cancel(account)
    if act == "renamed":
        programme.do(
            accounts.change_profile,
            ADMIN,
            account.account_id,
            gone.version,
            lambda profile: replace(profile, organization="Another Name"),
        )
        assert programme.departures()[0].organization == account.organization
    elif act == "made referred":
        programme.do(lifecycle.make_referred, ADMIN, account.account_id)
        programme.change(account, account_type=AccountType.REFERRED)
    else:
        programme.change(account, erased=True)
    programme.change(account, account_type=AccountType.MANAGED)
    programme.upgrade(account)
    assert programme.departures() == []


def test_cancelled_reactivated_and_cancelled_again_on_one_day_is_one_departure(programme: Programme) -> None:
    account = programme.an_account()
    for _ in range(2):
        programme.cancel(account)
        programme.upgrade(account, Plan.PREMIUM)
    programme.cancel(account)
    (departure,) = programme.departures()
    assert departure.plan is Plan.PREMIUM


def test_a_cancelled_trial_counts_no_bonus_until_its_first_paid_plan(programme: Programme) -> None:
    account = programme.has(a_trial())
    assert programme.cancel(account).bonus_status is BonusStatus.NOT_STARTED
    assert programme.upgrade(account).bonus_status is BonusStatus.TRACKING


@pytest.mark.parametrize(
    ("day", "status"), [(94, BonusStatus.DISQUALIFIED), (95, BonusStatus.EARNED), (96, BonusStatus.EARNED)]
)
def test_cancelled_on_day_94_the_bonus_is_lost_and_from_day_95_on_it_is_earned(
    programme: Programme, day: int, status: BonusStatus
) -> None:
    account = programme.an_account(initial_upgrade_on=TODAY - timedelta(days=day))
    assert programme.cancel(account).bonus_status is status
    assert programme.upgrade(account).bonus_status is status
    assert (programme.ports.bonuses.get(account.account_id) is not None) is (status is BonusStatus.EARNED)


def test_a_hold_outlives_the_cancellation_and_keeps_the_account_from_being_reactivated(programme: Programme) -> None:
    account = programme.an_account(billing_mode=BillingMode.DIRECT, holds=frozenset({Hold.SUSPENDED}))
    programme.cancel(account)
    with pytest.raises(Conflict, match="suspended"):
        programme.upgrade(account)


def test_it_ends_a_pending_request_for_permission(programme: Programme) -> None:
    account = programme.an_account(account_type=AccountType.REFERRED, billing_mode=BillingMode.DIRECT)
    programme.do(management_requests.request, ADMIN, account.account_id)
    programme.cancel(account, actor=client_of(account))
    asked = programme.ports.management_requests.latest(ONE, account.account_id)
    assert asked is not None
    assert asked.status is ManagementRequestStatus.WITHDRAWN
