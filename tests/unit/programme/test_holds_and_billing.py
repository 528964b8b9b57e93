"""Holds, several at once, and the single bill: what each needs and what it ends."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from chalicelib.domain.accounts.accounts import AccountType, BillingMode, Hold
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import RegistrationStatus
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.kernel.errors import Conflict
from chalicelib.domain.sms.sms_registrations import Registration
from chalicelib.services.accounts import accounts, lifecycle
from tests.factories import a_trial
from tests.scenario import ADMIN, ONE, OPERATOR, TWO, Programme

DIRECT, SINGLE = BillingMode.DIRECT, BillingMode.SINGLE_BILL
OWNER_AND_ORGANISATION = accounts.profile_of(a_trial())


def new(plan: Plan, mode: BillingMode | None = None, name: str = "new_name") -> accounts.NewAccount:
    return accounts.NewAccount(username=name, profile=OWNER_AND_ORGANISATION, plan=plan, billing_mode=mode)


@pytest.mark.parametrize("holds", list(permutations(Hold)))
def test_holds_stand_side_by_side_and_each_is_lifted_on_its_own(programme: Programme, holds: tuple[Hold, ...]) -> None:
    account = programme.an_account(billing_mode=DIRECT)
    for number, hold in enumerate(holds, 1):
        placed = programme.do(lifecycle.place_hold, OPERATOR, account.account_id, hold)
        assert (placed.holds, placed.status) == (frozenset(holds[:number]), account.status)
    for number, hold in enumerate(holds, 1):
        lifted = programme.do(lifecycle.lift_hold, OPERATOR, account.account_id, hold)
        assert lifted.holds == frozenset(holds[number:])
    assert programme.kinds() == ["account.hold_placed"] * 3 + ["account.hold_lifted"] * 3


def test_placing_a_hold_that_stands_changes_nothing(programme: Programme) -> None:
    account = programme.an_account(holds=frozenset({Hold.COMPLIANCE}))
    assert programme.do(lifecycle.place_hold, OPERATOR, account.account_id, Hold.COMPLIANCE) == account


def test_lifting_a_hold_that_is_not_there_is_refused_with_those_that_are(programme: Programme) -> None:
    account = programme.an_account(holds=frozenset({Hold.COMPLIANCE}))
    with pytest.raises(Conflict, match="no hold balance_due; its holds: compliance"):
        programme.do(lifecycle.lift_hold, OPERATOR, account.account_id, Hold.BALANCE_DUE)


def test_suspending_needs_the_account_off_single_bill_and_ends_add_ons_and_registration(programme: Programme) -> None:
    account = programme.an_account()
    programme.activate(account, AddOn.SMS)
    programme.activate(account, AddOn.SEO)
    programme.register(account)
    with pytest.raises(Conflict, match="off the single bill"):
        programme.do(lifecycle.place_hold, OPERATOR, account.account_id, Hold.SUSPENDED)
    programme.do(lifecycle.change_billing, ADMIN, account.account_id, DIRECT)
    suspended = programme.do(lifecycle.place_hold, OPERATOR, account.account_id, Hold.SUSPENDED)
    assert (suspended.add_ons, suspended.sms_registration) == (frozenset(), RegistrationStatus.NOT_STARTED)
    assert programme.ports.book.all(Registration) == []
    lifted = programme.do(lifecycle.lift_hold, OPERATOR, account.account_id, Hold.SUSPENDED)
    assert lifted.add_ons == frozenset()


@pytest.mark.parametrize("hold", [Hold.BALANCE_DUE, Hold.COMPLIANCE])
def test_other_holds_leave_add_ons_and_single_bill_but_stop_sms(programme: Programme, hold: Hold) -> None:
    account = programme.an_account()
    programme.activate(account, AddOn.SMS)
    programme.register(account)
    assert programme.stored(account).usable(AddOn.SMS)
    held = programme.do(lifecycle.place_hold, OPERATOR, account.account_id, hold)
    assert (held.add_ons, held.billing_mode) == ({AddOn.SMS}, SINGLE)
    assert not held.usable(AddOn.SMS)
    assert programme.do(lifecycle.lift_hold, OPERATOR, account.account_id, hold).usable(AddOn.SMS)


@pytest.mark.parametrize(
    ("enabled", "plan", "asked", "mode"),
    [
        (True, Plan.LITE, None, SINGLE),
        (True, Plan.LITE, DIRECT, DIRECT),
        (True, Plan.TRIAL, None, DIRECT),
        (False, Plan.LITE, None, DIRECT),
        (False, Plan.LITE, DIRECT, DIRECT),
    ],
)
def test_a_new_managed_account_is_billed_by_the_terms(
    programme: Programme, enabled: bool, plan: Plan, asked: BillingMode | None, mode: BillingMode
) -> None:
    partner = programme.ports.partners.get(ONE)
    programme.ports.book.put(replace(partner, terms=replace(partner.terms, single_bill_enabled=enabled)))
    assert programme.do(accounts.create, ADMIN, new(plan, asked)).billing_mode is mode


@pytest.mark.parametrize(("enabled", "plan"), [(True, Plan.TRIAL), (False, Plan.LITE)])
def test_single_bill_is_refused_to_trials_and_where_it_is_not_enabled(
    programme: Programme, enabled: bool, plan: Plan
) -> None:
    partner = programme.ports.partners.get(ONE)
    programme.ports.book.put(replace(partner, terms=replace(partner.terms, single_bill_enabled=enabled)))
    with pytest.raises(Conflict):
        programme.do(accounts.create, ADMIN, new(plan, SINGLE))


def test_making_it_referred_ends_single_bill_in_the_same_write(programme: Programme) -> None:
    account = programme.an_account()
    referred = programme.do(lifecycle.make_referred, ADMIN, account.account_id)
    assert (referred.account_type, referred.billing_mode) == (AccountType.REFERRED, DIRECT)
    assert referred.version == account.version + 1
    programme.ports.book.assert_counted()


def test_leaving_the_partnership_ends_single_bill_in_the_same_write(programme: Programme) -> None:
    account = programme.an_account()
    moved = programme.move(account)
    assert (moved.partner_id, moved.billing_mode, moved.version) == (TWO, DIRECT, account.version + 1)


def test_type_and_billing_leave_the_initial_upgrade_alone(programme: Programme) -> None:
    account = programme.an_account()
    programme.do(lifecycle.change_billing, ADMIN, account.account_id, DIRECT)
    referred = programme.do(lifecycle.make_referred, ADMIN, account.account_id)
    assert referred.initial_upgrade_on == account.initial_upgrade_on
    assert referred.bonus_status is account.bonus_status
