"""How the last request for permission came to nothing is told while the client may be asked again, for one read."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from chalicelib.domain.accounts.accounts import Account, AccountType, BillingMode
from chalicelib.domain.accounts.management_requests import DAYS_TO_ASK_AGAIN, ManagementRequestStatus, Outcome
from chalicelib.services.accounts import changes, due_changes, lifecycle, management_requests
from tests.factories import TODAY
from tests.scenario import ADMIN, ONE, Programme, client_of

if TYPE_CHECKING:
    from collections.abc import Callable

MONTH = timedelta(days=30)


@pytest.fixture
def referred(programme: Programme) -> Account:
    return programme.an_account(account_type=AccountType.REFERRED, billing_mode=BillingMode.DIRECT)


def ask(programme: Programme, account: Account) -> None:
    programme.ports.later(seconds=1)
    programme.do(management_requests.request, ADMIN, account.account_id)


def reported(programme: Programme, account: Account) -> Outcome | None:
    """As somebody reads it who opens the account's page."""
    return management_requests.last_outcome(
        programme.ports, changes.load(programme.ports, ADMIN, account.account_id).account
    )


def decline(programme: Programme, account: Account) -> None:
    programme.ports.later(days=2)
    programme.do(management_requests.answer, client_of(account), account.account_id, approved=False)


def withdraw(programme: Programme, account: Account) -> None:
    programme.ports.later(days=1)
    programme.do(management_requests.withdraw, ADMIN, account.account_id)


def let_expire(programme: Programme, account: Account) -> None:
    programme.ports.later(days=35)


def let_expire_and_settle(programme: Programme, account: Account) -> None:
    programme.ports.later(days=35)
    due_changes.settle(programme.ports, ONE, account.account_id)


@pytest.mark.parametrize(
    ("end", "state", "on"),
    [
        (decline, ManagementRequestStatus.DECLINED, TODAY + timedelta(days=2)),
        (withdraw, ManagementRequestStatus.WITHDRAWN, TODAY + timedelta(days=1)),
        (let_expire, ManagementRequestStatus.EXPIRED, TODAY + MONTH),
        (let_expire_and_settle, ManagementRequestStatus.EXPIRED, TODAY + MONTH),
    ],
)
def test_what_came_of_it_is_told_with_its_day_until_the_client_is_asked_again(
    programme: Programme,
    referred: Account,
    end: Callable[[Programme, Account], None],
    state: ManagementRequestStatus,
    on: date,
) -> None:
    ask(programme, referred)
    assert reported(programme, referred) is None
    end(programme, referred)
    assert reported(programme, referred) == Outcome(state, on)
    programme.ports.later(days=DAYS_TO_ASK_AGAIN)
    ask(programme, referred)
    assert reported(programme, referred) is None


def test_nothing_is_told_where_nobody_was_asked_or_the_client_approved(programme: Programme, referred: Account) -> None:
    assert reported(programme, referred) is None
    ask(programme, referred)
    programme.do(management_requests.answer, client_of(referred), referred.account_id, approved=True)
    assert reported(programme, referred) is None
    programme.do(lifecycle.make_referred, ADMIN, referred.account_id)
    assert reported(programme, referred) is None


def test_nothing_is_told_of_an_account_that_nobody_can_manage_any_more(programme: Programme, referred: Account) -> None:
    ask(programme, referred)
    programme.cancel(referred, actor=client_of(referred))
    assert reported(programme, referred) is None


def test_a_request_made_while_the_account_was_being_read_has_not_expired(
    programme: Programme, referred: Account
) -> None:
    ask(programme, referred)
    assert management_requests.last_outcome(programme.ports, referred) is None


def test_requests_are_read_only_where_the_client_could_be_asked(
    programme: Programme, referred: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    managed, reads = programme.an_account(), []
    latest = programme.ports.management_requests.latest
    monkeypatch.setattr(programme.ports.management_requests, "latest", lambda *of: reads.append(of) or latest(*of))
    reported(programme, managed)
    assert reads == []
    reported(programme, referred)
    assert reads == [(ONE, referred.account_id)]
