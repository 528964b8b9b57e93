"""What can be done to an account in each of its states, as a table: the status after it, or who is refused and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.domain.accounts.accounts import Account, AccountType, BillingMode, Cancellation, Hold, Status
from chalicelib.domain.accounts.codes import BonusStatus
from chalicelib.domain.accounts.departures import cancellation_of
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.kernel.errors import Conflict, Forbidden, PartnerbookError
from chalicelib.services.accounts import lifecycle, management_requests
from tests.factories import TODAY, a_trial, an_account
from tests.scenario import ADMIN, OPERATOR, REASON, Programme, client_of

if TYPE_CHECKING:
    from collections.abc import Callable

TOMORROW = TODAY + timedelta(days=1)
OPEN = an_account()
DIRECT = an_account(billing_mode=BillingMode.DIRECT)
GONE = {"status": Status.CANCELLED, "billing_mode": BillingMode.DIRECT, "cancellation": Cancellation(TODAY, REASON)}
STATES = {
    "trial": a_trial(),
    "expired trial": a_trial(status=Status.EXPIRED_TRIAL, trial_ends_on=TODAY),
    "trial, its end unnoticed": a_trial(trial_ends_on=TODAY),
    "open, single bill": OPEN,
    "open, direct": DIRECT,
    "open, leaving": replace(OPEN, cancellation=Cancellation(TOMORROW, REASON)),
    "open, left unnoticed": replace(OPEN, cancellation=Cancellation(TODAY, REASON)),
    "open, balance due": replace(DIRECT, holds=frozenset({Hold.BALANCE_DUE})),
    "open, suspended": replace(DIRECT, holds=frozenset({Hold.SUSPENDED})),
    "cancelled": replace(OPEN, **GONE),
    "cancelled trial": a_trial(**GONE),
    "referred, open": replace(DIRECT, account_type=AccountType.REFERRED),
    "referred, trial": a_trial(account_type=AccountType.REFERRED),
    "referred, cancelled": replace(DIRECT, account_type=AccountType.REFERRED, **GONE),
}
ACTS: dict[str, Callable[[Programme, Account], Account]] = {
    "paid": lambda p, a: p.upgrade(a),
    "trial": lambda p, a: p.upgrade(a, Plan.TRIAL),
    "cancel": lambda p, a: p.cancel(a),
    "later": lambda p, a: p.cancel(a, in_days=7),
    "withdraw": lambda p, a: p.do(lifecycle.withdraw_cancellation, ADMIN, a.account_id),
    "s.bill": lambda p, a: p.do(lifecycle.change_billing, ADMIN, a.account_id, BillingMode.SINGLE_BILL),
    "direct": lambda p, a: p.do(lifecycle.change_billing, ADMIN, a.account_id, BillingMode.DIRECT),
    "hold": lambda p, a: p.do(lifecycle.place_hold, OPERATOR, a.account_id, Hold.COMPLIANCE),
    "suspend": lambda p, a: p.do(lifecycle.place_hold, OPERATOR, a.account_id, Hold.SUSPENDED),
    "lift": lambda p, a: p.do(lifecycle.lift_hold, OPERATOR, a.account_id, Hold.SUSPENDED),
    "refer": lambda p, a: p.do(lifecycle.make_referred, ADMIN, a.account_id),
    "ask": lambda p, a: p.do(management_requests.request, ADMIN, a.account_id) and p.stored(a),
}
"""The partner's acts; holds are an operator's."""
TABLE = """
state                    | paid trial cancel later withdraw s.bill direct hold suspend lift refer ask
trial                    | O    409   C      T     409      409    T      T    T       409  T     409
expired trial            | O    409   C      E     409      409    E      E    E       409  E     409
trial, its end unnoticed | O    409   C      E     409      409    E      E    E       409  E     409
open, single bill        | O    409   C      O     409      O      O      O    409     409  O     409
open, direct             | O    409   C      O     409      O      O      O    O       409  O     409
open, leaving            | O    409   C      O     O        O      O      O    409     409  O     409
open, left unnoticed     | O    409   409    409   409      409    C      409  409     409  C     409
open, balance due        | O    409   C      O     409      O      O      O    O       409  O     409
open, suspended          | 409  409   C      O     409      409    O      O    O       O    O     409
cancelled                | O    409   409    409   409      409    C      409  409     409  C     409
cancelled trial          | O    409   409    409   409      409    C      409  409     409  C     409
referred, open           | 403  403   403    403   403      403    403    O    O       409  O     O
referred, trial          | 403  403   403    403   403      403    403    T    T       409  T     T
referred, cancelled      | 403  403   403    403   403      403    403    409  409     409  C     409
"""
REFUSALS: dict[str, type[PartnerbookError]] = {"403": Forbidden, "409": Conflict}


def cells() -> list[tuple[str, str, str]]:
    head, *lines = [line.split("|") for line in TABLE.strip().splitlines()]
    return [
        (state.strip(), act, expected)
        for state, told_of in lines
        for act, expected in zip(head[1].split(), told_of.split(), strict=True)
    ]


def test_the_table_has_every_state_and_every_act() -> None:
    assert {state for state, _, _ in cells()} == set(STATES)
    assert {act for _, act, _ in cells()} == set(ACTS)


def existing(programme: Programme, state: str) -> Account:
    account = programme.has(replace(STATES[state]))
    if account.cancelled:
        programme.ports.book.put(cancellation_of(account))
    return account


@pytest.mark.parametrize(("state", "act", "expected"), cells())
def test_each_act_in_each_state_does_what_the_table_says(
    programme: Programme, state: str, act: str, expected: str
) -> None:
    account = existing(programme, state)
    before = programme.ports.book.dump()
    if expected in REFUSALS:
        with pytest.raises(REFUSALS[expected]):
            ACTS[act](programme, account)
        assert programme.ports.book.dump() == before
        return
    after = ACTS[act](programme, account)
    assert after.status == expected
    assert programme.stored(account) == after
    assert bool(programme.departures()) is after.cancelled
    programme.ports.book.assert_counted()


@pytest.mark.parametrize("state", ["referred, open", "referred, trial", "open, direct"])
def test_a_client_decides_over_its_account_through_the_platform(programme: Programme, state: str) -> None:
    account = existing(programme, state)
    assert programme.upgrade(account, Plan.PREMIUM, client_of(account)).plan is Plan.PREMIUM
    assert programme.cancel(account, actor=client_of(account)).cancelled


@pytest.mark.parametrize("state", ["trial", "expired trial", "cancelled trial"])
def test_the_first_paid_plan_stamps_the_initial_upgrade_and_begins_the_bonus(programme: Programme, state: str) -> None:
    account = programme.upgrade(existing(programme, state), Plan.LITE)
    assert (account.initial_upgrade_on, account.bonus_status) == (TODAY, BonusStatus.TRACKING)


def test_the_first_paid_plan_puts_a_managed_account_on_single_bill_where_that_is_enabled(
    programme: Programme,
) -> None:
    assert programme.upgrade(programme.has(a_trial())).billing_mode is BillingMode.SINGLE_BILL
    direct = programme.upgrade(programme.has(a_trial()), billing_mode=BillingMode.DIRECT)
    assert direct.billing_mode is BillingMode.DIRECT
    partner = programme.ports.partners.get(ADMIN.partner_id)
    programme.ports.book.put(replace(partner, terms=replace(partner.terms, single_bill_enabled=False)))
    assert programme.upgrade(programme.has(a_trial())).billing_mode is BillingMode.DIRECT
    with pytest.raises(Conflict, match="not enabled"):
        programme.upgrade(programme.has(a_trial()), billing_mode=BillingMode.SINGLE_BILL)


def test_a_client_that_upgrades_by_itself_pays_for_itself_and_cannot_bill_its_partner(programme: Programme) -> None:
    account = programme.has(a_trial())
    with pytest.raises(Forbidden, match="partner's to say"):
        programme.upgrade(account, actor=client_of(account), billing_mode=BillingMode.SINGLE_BILL)
    assert programme.upgrade(account, actor=client_of(account)).billing_mode is BillingMode.DIRECT


def test_a_plan_that_the_account_has_already_changes_nothing(programme: Programme) -> None:
    account = programme.an_account()
    assert programme.upgrade(account) == account
    assert programme.kinds() == []


@pytest.mark.parametrize("changed", [{"plan": Plan.LITE}, {"plan": Plan.PREMIUM}])
def test_changing_the_plan_says_from_what_to_what(programme: Programme, changed: dict[str, Any]) -> None:
    programme.upgrade(programme.an_account(), **changed)
    (entry,) = programme.trail()
    assert entry.kind == "account.plan_changed"
    (expected,) = [change for change in entry.changes if change.field == "plan"]
    assert (expected.old, expected.new) == ("standard", changed["plan"])


def test_what_the_calendar_did_and_what_the_partner_did_are_two_entries(programme: Programme) -> None:
    programme.upgrade(programme.has(a_trial(trial_ends_on=date(2026, 11, 1))))
    settled, changed = programme.trail()
    assert (settled.kind, settled.role) == ("account.settled", "system")
    assert [(change.old, change.new) for change in settled.changes if change.field == "status"] == [("T", "E")]
    assert (changed.kind, changed.role) == ("account.plan_changed", "partner_admin")
    assert [(change.old, change.new) for change in changed.changes if change.field == "status"] == [("E", "O")]


def test_an_act_that_changes_nothing_still_writes_what_the_calendar_has_done(programme: Programme) -> None:
    account = programme.has(a_trial(trial_ends_on=TODAY))
    programme.do(lifecycle.change_billing, ADMIN, account.account_id, BillingMode.DIRECT)
    assert programme.kinds() == ["account.settled"]
    assert programme.stored(account).status is Status.EXPIRED_TRIAL
