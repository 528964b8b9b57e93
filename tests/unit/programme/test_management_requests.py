"""Permission to manage a referred account: asked, answered, withdrawn, expired, and never answered twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from chalicelib.domain.accounts.accounts import Account, AccountType, BillingMode
from chalicelib.domain.accounts.management_requests import DAYS_TO_ASK_AGAIN, ManagementRequest, ManagementRequestStatus
from chalicelib.domain.kernel.errors import Conflict, NotFound, TooManyRequests
from chalicelib.services.accounts import due_changes, lifecycle, management_requests
from tests.factories import TODAY, a_trial
from tests.scenario import ADMIN, ONE, Programme, client_of

if TYPE_CHECKING:
    from collections.abc import Callable

PENDING, APPROVED, DECLINED = (
    ManagementRequestStatus.PENDING,
    ManagementRequestStatus.APPROVED,
    ManagementRequestStatus.DECLINED,
)
WITHDRAWN, EXPIRED = ManagementRequestStatus.WITHDRAWN, ManagementRequestStatus.EXPIRED


@pytest.fixture
def referred(programme: Programme) -> Account:
    return programme.an_account(account_type=AccountType.REFERRED, billing_mode=BillingMode.DIRECT)


def ask(programme: Programme, account: Account) -> ManagementRequest:
    return programme.do(management_requests.request, ADMIN, account.account_id)


def answer(programme: Programme, account: Account, *, approved: bool = True) -> Account:
    return programme.do(management_requests.answer, client_of(account), account.account_id, approved=approved)


def withdraw(programme: Programme, account: Account) -> Account:
    return programme.do(management_requests.withdraw, ADMIN, account.account_id)


def last(programme: Programme, account: Account) -> ManagementRequestStatus:
    latest = programme.ports.management_requests.latest(ONE, account.account_id)
    assert latest is not None
    return latest.status


def test_the_client_approves_and_the_account_is_managed(programme: Programme, referred: Account) -> None:
    asked = ask(programme, referred)
    assert (asked.status, asked.expires_on) == (PENDING, TODAY + timedelta(days=30))
    assert programme.stored(referred).permission_ends_on == asked.expires_on
    managed = answer(programme, referred)
    assert (managed.account_type, managed.billing_mode) == (AccountType.MANAGED, BillingMode.DIRECT)
    assert managed.permission_ends_on is None
    assert managed.initial_upgrade_on == referred.initial_upgrade_on
    entry = programme.trail()[-1]
    assert (entry.kind, entry.acting_for) == ("permission.approved", referred.username)
    programme.ports.book.assert_counted()


def test_the_client_declines_and_can_be_asked_again(programme: Programme, referred: Account) -> None:
    ask(programme, referred)
    assert answer(programme, referred, approved=False).account_type is AccountType.REFERRED
    assert last(programme, referred) is DECLINED
    programme.ports.later(days=DAYS_TO_ASK_AGAIN, seconds=-1)
    with pytest.raises(TooManyRequests, match="7 days later at the earliest"):
        ask(programme, referred)
    programme.ports.later(seconds=1)
    ask(programme, referred)
    assert answer(programme, referred).account_type is AccountType.MANAGED


def test_asking_while_a_request_is_pending_gives_that_one(programme: Programme, referred: Account) -> None:
    asked = ask(programme, referred)
    programme.ports.later(days=3)
    assert ask(programme, referred) == asked
    assert len(programme.ports.book.all(ManagementRequest)) == 1


def approve(programme: Programme, account: Account) -> None:
    answer(programme, account)


def decline(programme: Programme, account: Account) -> None:
    answer(programme, account, approved=False)


def take_back(programme: Programme, account: Account) -> None:
    withdraw(programme, account)


def let_expire(programme: Programme, account: Account) -> None:
    programme.ports.later(days=30)


def let_expire_and_settle(programme: Programme, account: Account) -> None:
    programme.ports.later(days=30)
    due_changes.settle(programme.ports, ONE, account.account_id)


def cancel(programme: Programme, account: Account) -> None:
    programme.cancel(account, actor=client_of(account))


@pytest.mark.parametrize(
    ("end", "text"),
    [
        (approve, "approved"),
        (decline, "declined"),
        (take_back, "withdrawn"),
        (let_expire, "expired"),
        (let_expire_and_settle, "expired"),
        (cancel, "withdrawn"),
    ],
)
@pytest.mark.parametrize("then", [approve, decline, take_back])
def test_once_it_has_ended_it_is_neither_answered_nor_withdrawn(
    programme: Programme,
    referred: Account,
    end: Callable[[Programme, Account], None],
    text: str,
    then: Callable[[Programme, Account], None],
) -> None:
    ask(programme, referred)
    end(programme, referred)
    with pytest.raises(Conflict, match=f"the last one is {text}"):
        then(programme, referred)


@pytest.mark.parametrize("days", [29, 30])
def test_it_expires_after_thirty_days(programme: Programme, referred: Account, days: int) -> None:
    ask(programme, referred)
    programme.ports.later(days=days)
    if days == 29:
        assert answer(programme, referred).account_type is AccountType.MANAGED
    else:
        with pytest.raises(Conflict):
            answer(programme, referred)


def test_how_long_it_stands_is_in_the_partners_terms(programme: Programme, referred: Account) -> None:
    partner = programme.ports.partners.get(ONE)
    programme.ports.book.put(replace(partner, terms=replace(partner.terms, permission_days=3)))
    assert ask(programme, referred).expires_on == TODAY + timedelta(days=3)


def test_one_that_expired_unnoticed_is_noted_when_the_partner_asks_again(
    programme: Programme, referred: Account
) -> None:
    first = ask(programme, referred)
    programme.ports.later(days=31)
    second = ask(programme, referred)
    states = {item.permission_request_id: item.status for item in programme.ports.book.all(ManagementRequest)}
    assert states == {first.permission_request_id: EXPIRED, second.permission_request_id: PENDING}


def test_withdrawn_at_the_very_moment_it_is_approved_only_one_of_both_happens(
    programme: Programme, referred: Account
) -> None:
    ask(programme, referred)
    programme.ports.transaction_writer.meanwhile.append(lambda: take_back(programme, referred))
    with pytest.raises(Conflict, match="withdrawn"):
        answer(programme, referred)
    assert programme.stored(referred).account_type is AccountType.REFERRED


def test_only_the_accounts_own_client_answers(programme: Programme, referred: Account) -> None:
    ask(programme, referred)
    other = programme.an_account()
    with pytest.raises(NotFound):
        programme.do(management_requests.answer, client_of(other), referred.account_id, approved=True)


def test_a_managed_account_is_not_asked_for(programme: Programme) -> None:
    with pytest.raises(Conflict, match="managed already"):
        ask(programme, programme.an_account())


def test_a_trial_can_be_managed_too_and_made_referred_again(programme: Programme) -> None:
    trial = programme.has(a_trial(account_type=AccountType.REFERRED))
    ask(programme, trial)
    assert answer(programme, trial).account_type is AccountType.MANAGED
    again = programme.do(lifecycle.make_referred, ADMIN, trial.account_id)
    assert again.account_type is AccountType.REFERRED
    programme.ports.book.assert_counted()
