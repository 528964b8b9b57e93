"""Log in to the account: one living link, sixty seconds, used once, by somebody who still may."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from chalicelib.domain.access import Actor, Role
from chalicelib.domain.accounts.accounts import Account, AccountType, BillingMode
from chalicelib.domain.kernel.errors import Conflict, Forbidden, Gone
from chalicelib.domain.partners.members import Member
from chalicelib.domain.sign_in_links import SignInLink
from chalicelib.services.accounts import lifecycle, sign_in_links
from tests.scenario import ADMIN, ONE, OPERATOR, Programme

if TYPE_CHECKING:
    from chalicelib.services.accounts.sign_in_links import Redeemed

THE_PLATFORM = Actor("the-platform", Role.PLATFORM, "")


@pytest.fixture
def account(programme: Programme) -> Account:
    return programme.an_account()


def issue(programme: Programme, account: Account, actor: Actor = ADMIN) -> str:
    return programme.do(sign_in_links.issue, actor, account.account_id).token


def redeem(programme: Programme, token: str) -> Redeemed:
    return programme.do(sign_in_links.redeem, THE_PLATFORM, token)


def test_it_tells_the_platform_whom_it_signs_in_and_where(programme: Programme, account: Account) -> None:
    used = redeem(programme, issue(programme, account))
    assert (used.account, used.subject, used.role) == (account, ADMIN.subject, "partner_admin")
    issued, redeemed = programme.trail()
    assert (issued.kind, issued.subject) == ("sign_in_link.issued", ADMIN.subject)
    assert (redeemed.kind, redeemed.subject) == ("sign_in_link.used", "the-platform")
    assert [(change.field, change.new) for change in redeemed.changes] == [("signed_in", ADMIN.subject)]


def test_the_token_itself_is_kept_nowhere(programme: Programme, account: Account) -> None:
    token = issue(programme, account)
    assert token.partition(".")[2] not in str(programme.ports.book.things)


def test_it_is_used_once(programme: Programme, account: Account) -> None:
    token = issue(programme, account)
    redeem(programme, token)
    with pytest.raises(Gone):
        redeem(programme, token)


def test_of_two_at_the_same_moment_one_succeeds(programme: Programme, account: Account) -> None:
    token = issue(programme, account)
    programme.ports.transaction_writer.meanwhile.append(lambda: redeem(programme, token) and None)
    with pytest.raises(Gone):
        redeem(programme, token)
    assert [item.kind for item in programme.trail()].count("sign_in_link.used") == 1


@pytest.mark.parametrize(("seconds", "works"), [(59, True), (60, False), (61, False)])
def test_it_works_for_sixty_seconds(programme: Programme, account: Account, seconds: int, works: bool) -> None:
    token = issue(programme, account)
    programme.ports.later(seconds=seconds)
    if works:
        assert redeem(programme, token).account == account
    else:
        with pytest.raises(Gone):
            redeem(programme, token)


def test_asking_again_replaces_it(programme: Programme, account: Account) -> None:
    first, second = issue(programme, account), issue(programme, account)
    with pytest.raises(Gone):
        redeem(programme, first)
    assert redeem(programme, second).account == account
    assert programme.ports.book.all(SignInLink) == []


@pytest.mark.parametrize("forged", ["", ".", "x", "acct_1.", ".abc", "a" * 3000, "acct_1.é", "acct_1." + "x" * 43])
def test_what_was_never_a_token_is_answered_like_one_used_up(programme: Programme, forged: str) -> None:
    with pytest.raises(Gone, match="has been used, replaced, or is older"):
        redeem(programme, forged)


def test_a_token_opens_no_other_account(programme: Programme, account: Account) -> None:
    other = programme.an_account()
    issue(programme, other)
    token = issue(programme, account)
    with pytest.raises(Gone):
        redeem(programme, token.replace(account.account_id, other.account_id))


def test_only_managed_accounts_that_are_not_cancelled_are_logged_in_to(programme: Programme, account: Account) -> None:
    referred = programme.an_account(account_type=AccountType.REFERRED, billing_mode=BillingMode.DIRECT)
    with pytest.raises(Forbidden):
        issue(programme, referred)
    programme.cancel(account)
    with pytest.raises(Conflict):
        issue(programme, account)


@pytest.mark.parametrize("act", ["referred", "cancelled", "moved"])
def test_it_dies_with_the_accounts_being_managed(programme: Programme, account: Account, act: str) -> None:
    token = issue(programme, account)
    if act == "referred":
        programme.do(lifecycle.make_referred, ADMIN, account.account_id)
    elif act == "cancelled":
        programme.cancel(account)
    else:
        programme.move(account)
    with pytest.raises(Gone):
        redeem(programme, token)


@pytest.mark.parametrize("act", ["removed", "demoted", "elsewhere", "partner suspended"])
def test_it_dies_with_its_askers_right_to_it(programme: Programme, account: Account, act: str) -> None:
    token, things = issue(programme, account), programme.ports.book.things
    member, partner = things[Member, ADMIN.subject, ONE], programme.ports.partners.get(ONE)
    del things[Member, ADMIN.subject, ONE]
    if act == "demoted":
        programme.ports.book.put(replace(member, role=Role.PARTNER_VIEWER))
    elif act == "elsewhere":
        programme.ports.book.put(replace(member, partner_id="prt_elsewhere"))
    elif act == "partner suspended":
        programme.ports.book.put(member, replace(partner, suspended=True))
    with pytest.raises(Gone):
        redeem(programme, token)


def test_operators_can_log_in_too(programme: Programme, account: Account) -> None:
    assert redeem(programme, issue(programme, account, OPERATOR)).role == "operator"
