"""Newsletter Archive is included on Premium, at no charge: in every direction of a plan's change."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from chalicelib.domain.accounts.accounts import Account, BillingMode, Cancellation, Status
from chalicelib.domain.accounts.add_ons import AddOn, Entitlement
from chalicelib.domain.accounts.departures import cancellation_of
from chalicelib.domain.accounts.plans import INCLUDED, PAID_PLANS, Plan
from chalicelib.domain.kernel.errors import Conflict, Forbidden, Invalid
from tests.factories import TODAY, a_trial
from tests.scenario import ADMIN, REASON, Programme, client_of

if TYPE_CHECKING:
    from chalicelib.domain.access import Actor

ARCHIVE = AddOn.NEWSLETTER_ARCHIVE
KEEP = frozenset({ARCHIVE})
PAID, INCLUDES, NONE = Entitlement.ACTIVE, Entitlement.INCLUDED, Entitlement.INACTIVE

DIRECTIONS = [
    # from            to             before    asked to keep   after
    (Plan.LITE, Plan.PREMIUM, NONE, False, INCLUDES),
    (Plan.LITE, Plan.PREMIUM, PAID, False, INCLUDES),
    (Plan.STANDARD, Plan.PREMIUM, PAID, False, INCLUDES),
    (Plan.PREMIUM, Plan.STANDARD, INCLUDES, False, NONE),
    (Plan.PREMIUM, Plan.STANDARD, INCLUDES, True, PAID),
    (Plan.PREMIUM, Plan.LITE, INCLUDES, False, NONE),
    (Plan.PREMIUM, Plan.LITE, INCLUDES, True, PAID),
    (Plan.PREMIUM, Plan.PREMIUM, INCLUDES, False, INCLUDES),
    (Plan.PREMIUM, Plan.PREMIUM, INCLUDES, True, INCLUDES),
    (Plan.LITE, Plan.STANDARD, PAID, False, PAID),
    (Plan.STANDARD, Plan.LITE, PAID, False, PAID),
    (Plan.STANDARD, Plan.LITE, NONE, False, NONE),
]


def an_account(programme: Programme, plan: Plan, before: Entitlement) -> Account:
    return programme.an_account(plan=plan, add_ons=KEEP if before is PAID else frozenset())


def test_premium_alone_includes_it() -> None:
    assert {plan for plan in Plan if ARCHIVE in INCLUDED[plan]} == {Plan.PREMIUM}
    assert {item for included in INCLUDED.values() for item in included} == {ARCHIVE}


@pytest.mark.parametrize(("start", "end", "before", "kept", "after"), DIRECTIONS)
def test_the_entitlement_after_each_change_of_plan(
    programme: Programme, start: Plan, end: Plan, before: Entitlement, kept: bool, after: Entitlement
) -> None:
    account = an_account(programme, start, before)
    assert account.entitlement(ARCHIVE) is before
    changed = programme.upgrade(account, end, keep_add_ons=KEEP if kept else frozenset())
    assert changed.entitlement(ARCHIVE) is after
    assert (ARCHIVE in changed.add_ons) is (after is PAID)


def test_after_premium_and_back_it_is_charged_only_if_that_was_asked_for(programme: Programme) -> None:
    account = an_account(programme, Plan.STANDARD, PAID)
    programme.upgrade(account, Plan.PREMIUM)
    assert programme.upgrade(account, Plan.STANDARD).entitlement(ARCHIVE) is NONE


@pytest.mark.parametrize(
    ("plan", "add_on"), [*product((Plan.LITE, Plan.STANDARD), [ARCHIVE]), (Plan.PREMIUM, AddOn.SEO)]
)
def test_only_what_is_included_now_can_be_kept(programme: Programme, plan: Plan, add_on: AddOn) -> None:
    account = programme.an_account(plan=plan)
    with pytest.raises(Invalid) as refused:
        programme.upgrade(account, Plan.LITE, keep_add_ons=frozenset({add_on}))
    assert [error.pointer for error in refused.value.errors] == ["/keep_add_ons"]


def test_a_cancelled_premium_account_has_nothing_included_to_keep(programme: Programme) -> None:
    gone = programme.an_account(
        plan=Plan.PREMIUM,
        status=Status.CANCELLED,
        billing_mode=BillingMode.DIRECT,
        cancellation=Cancellation(TODAY, REASON),
    )
    programme.ports.book.put(cancellation_of(gone))
    assert gone.entitlement(ARCHIVE) is NONE
    with pytest.raises(Invalid):
        programme.upgrade(gone, Plan.LITE, actor=client_of(gone), keep_add_ons=KEEP)
    assert programme.upgrade(gone, Plan.LITE).entitlement(ARCHIVE) is NONE


@pytest.mark.parametrize("plan", PAID_PLANS)
def test_a_trial_that_is_upgraded_has_what_its_plan_includes(programme: Programme, plan: Plan) -> None:
    upgraded = programme.upgrade(programme.has(a_trial()), plan)
    assert upgraded.entitlement(ARCHIVE) is (INCLUDES if plan is Plan.PREMIUM else NONE)
    assert upgraded.add_ons == frozenset()


def test_who_pays_says_whether_it_is_kept(programme: Programme) -> None:
    """The partner pays on its single bill, the client of an account billed directly."""
    direct = programme.an_account(plan=Plan.PREMIUM, billing_mode=BillingMode.DIRECT)
    single = programme.an_account(plan=Plan.PREMIUM)
    cases: list[tuple[Account, Actor, bool]] = [
        (direct, ADMIN, False),
        (direct, client_of(direct), True),
        (single, client_of(single), False),
        (single, ADMIN, True),
    ]
    for account, actor, may in cases:
        if may:
            kept = programme.upgrade(account, Plan.LITE, actor=actor, keep_add_ons=KEEP)
            assert kept.entitlement(ARCHIVE) is PAID
        else:
            with pytest.raises(Forbidden):
                programme.upgrade(account, Plan.LITE, actor=actor, keep_add_ons=KEEP)


def test_on_premium_it_is_neither_activated_nor_deactivated(programme: Programme) -> None:
    account = programme.an_account(plan=Plan.PREMIUM)
    for switch in (programme.activate, programme.deactivate):
        with pytest.raises(Conflict, match="included in the premium plan at no charge"):
            switch(account, ARCHIVE)
