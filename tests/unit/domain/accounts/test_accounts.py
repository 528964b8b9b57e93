"""What follows from an account: what it is entitled to, and what of that can be used."""

from __future__ import annotations

import pytest

from chalicelib.domain.accounts.accounts import Hold, Status
from chalicelib.domain.accounts.add_ons import AddOn, Entitlement
from chalicelib.domain.accounts.codes import RegistrationStatus
from chalicelib.domain.accounts.plans import INCLUDED, PAID_PLANS, Plan
from tests.factories import an_account

SMS = frozenset({AddOn.SMS})
APPROVED = RegistrationStatus.APPROVED


def test_newsletter_archive_is_included_on_premium_and_on_no_other_plan() -> None:
    for plan in Plan:
        included = plan is Plan.PREMIUM
        has = an_account(plan=plan).entitlement(AddOn.NEWSLETTER_ARCHIVE)
        assert has is (Entitlement.INCLUDED if included else Entitlement.INACTIVE)
    assert PAID_PLANS == (Plan.LITE, Plan.STANDARD, Plan.PREMIUM)
    assert set(INCLUDED) == set(Plan)


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.TRIAL, Status.EXPIRED_TRIAL])
def test_an_account_that_is_not_open_has_nothing_included(status: Status) -> None:
    account = an_account(plan=Plan.PREMIUM, status=status)
    assert account.entitlement(AddOn.NEWSLETTER_ARCHIVE) is Entitlement.INACTIVE
    assert not account.usable(AddOn.NEWSLETTER_ARCHIVE)


def test_active_means_activated_and_nothing_else_is() -> None:
    account = an_account(add_ons=frozenset({AddOn.SEO}))
    assert account.entitlement(AddOn.SEO) is Entitlement.ACTIVE
    assert account.entitlement(AddOn.INBOX_PREVIEW) is Entitlement.INACTIVE
    assert account.usable(AddOn.SEO)
    assert not account.usable(AddOn.INBOX_PREVIEW)


@pytest.mark.parametrize("state", RegistrationStatus)
def test_active_sms_is_usable_only_with_an_approved_registration(state: RegistrationStatus) -> None:
    assert an_account(add_ons=SMS, sms_registration=state).usable(AddOn.SMS) is (state is APPROVED)


def test_an_approved_registration_without_active_sms_makes_nothing_usable() -> None:
    assert not an_account(sms_registration=APPROVED).usable(AddOn.SMS)


@pytest.mark.parametrize("hold", Hold)
def test_any_hold_stops_sms_and_only_a_suspension_stops_the_others(hold: Hold) -> None:
    account = an_account(add_ons=SMS | {AddOn.SEO}, sms_registration=APPROVED, holds=frozenset({hold}))
    assert not account.usable(AddOn.SMS)
    assert account.usable(AddOn.SEO) is (hold is not Hold.SUSPENDED)
    assert account.suspended is (hold is Hold.SUSPENDED)


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.TRIAL, Status.EXPIRED_TRIAL])
def test_nothing_is_usable_unless_the_account_is_open(status: Status) -> None:
    account = an_account(add_ons=frozenset(AddOn), sms_registration=APPROVED, status=status)
    assert not any(map(account.usable, AddOn))


def test_a_status_is_one_capital_letter() -> None:
    assert [status.value for status in Status] == ["O", "T", "E", "C"]
    assert [status.label for status in Status] == ["Open", "Trial", "Expired trial", "Canceled"]
