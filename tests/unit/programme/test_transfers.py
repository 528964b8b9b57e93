"""Moving an account to another partner: what ends, what goes along, what stays behind, and the way back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.accounts.accounts import Account, AccountType, BillingMode, Cancellation
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.bonuses import Bonus
from chalicelib.domain.accounts.codes import BonusStatus, RegistrationStatus
from chalicelib.domain.accounts.departures import Event
from chalicelib.domain.accounts.management_requests import ManagementRequestStatus
from chalicelib.domain.kernel.errors import Conflict, Gone, Invalid, NotFound
from chalicelib.services.accounts import (
    add_ons,
    changes,
    due_changes,
    erasures,
    lifecycle,
    management_requests,
    sign_in_links,
    sms_registrations,
    transfers,
)
from chalicelib.services.bonuses import pay
from tests.factories import TODAY, a_trial
from tests.scenario import ADMIN, ONE, OPERATOR, OTHER_ADMIN, OTHER_OPERATOR, REASON, TWO, Programme, a_move, client_of


def upgraded_days_ago(programme: Programme, days: int) -> Account:
    return programme.an_account(initial_upgrade_on=TODAY - timedelta(days=days))


def test_the_account_goes_with_its_name_its_history_and_its_counters(programme: Programme) -> None:
    account = programme.an_account(partner_account_id="A-17")
    moved = programme.move(account)
    assert (moved.partner_id, moved.account_id, moved.username) == (TWO, account.account_id, account.username)
    assert moved.initial_upgrade_on == account.initial_upgrade_on
    assert moved.partner_account_id is None
    claim = programme.ports.usernames.find(account.username)
    assert claim is not None
    assert claim.partner_id == TWO
    assert programme.ports.counters.summary(ONE).of() == 0
    assert programme.ports.counters.summary(TWO).of() == 1
    programme.ports.book.assert_counted()


def test_the_old_partner_keeps_the_departure_with_the_clients_consent(programme: Programme) -> None:
    account = programme.an_account()
    programme.move(account)
    (departure,) = programme.departures(ONE)
    assert (departure.event, departure.effective_on, departure.plan) == (Event.MOVE_OUT, TODAY, account.plan)
    assert departure.consent is not None
    assert (departure.consent.given_by, departure.consent.evidence) == ("Ada Byron", "Ticket 17")
    assert programme.departures(TWO) == []


def test_each_partner_has_its_half_in_its_trail(programme: Programme) -> None:
    programme.move(programme.an_account())
    assert (programme.kinds(ONE), programme.kinds(TWO)) == (["account.moved_out"], ["account.moved_in"])
    assert TWO not in str(programme.trail(ONE))
    assert ONE not in str([item.changes for item in programme.trail(TWO)])


def test_every_use_case_of_the_old_partner_finds_nothing_any_more(programme: Programme) -> None:
    account = programme.an_account()
    programme.ports.book.lag()
    programme.move(account)
    own = account.account_id
    for use_case, more in (
        (add_ons.activate, (AddOn.SEO,)),
        (add_ons.deactivate, (AddOn.SEO,)),
        (lifecycle.change_plan, (lifecycle.PlanChange(plan=account.plan),)),
        (lifecycle.cancel, (REASON,)),
        (lifecycle.withdraw_cancellation, ()),
        (lifecycle.change_billing, (BillingMode.DIRECT,)),
        (lifecycle.make_referred, ()),
        (management_requests.request, ()),
        (management_requests.withdraw, ()),
        (sign_in_links.issue, ()),
        (sms_registrations.submit, ()),
    ):
        with pytest.raises(NotFound):
            programme.do(use_case, ADMIN, own, *more)
    with pytest.raises(NotFound):
        changes.load(programme.ports, ADMIN, own)
    assert changes.load(programme.ports, OTHER_ADMIN, own).account.partner_id == TWO


def test_a_sign_in_link_of_the_old_partner_opens_nothing_any_more(programme: Programme) -> None:
    account = programme.an_account()
    issued = programme.do(sign_in_links.issue, ADMIN, account.account_id)
    programme.move(account)
    with pytest.raises(Gone):
        programme.do(sign_in_links.redeem, client_of(account, ""), issued.token)


def test_a_request_for_permission_is_withdrawn_with_it(programme: Programme) -> None:
    account = programme.an_account(account_type=AccountType.REFERRED, billing_mode=BillingMode.DIRECT)
    programme.do(management_requests.request, ADMIN, account.account_id)
    moved = programme.move(account)
    assert moved.permission_ends_on is None
    latest = programme.ports.management_requests.latest(ONE, account.account_id)
    assert latest is not None
    assert latest.status is ManagementRequestStatus.WITHDRAWN
    with pytest.raises(Conflict):
        programme.do(management_requests.answer, client_of(moved), account.account_id, approved=True)


def test_one_that_had_expired_unnoticed_is_noted_as_expired(programme: Programme) -> None:
    account = programme.an_account(account_type=AccountType.REFERRED, billing_mode=BillingMode.DIRECT)
    programme.do(management_requests.request, ADMIN, account.account_id)
    programme.ports.later(days=31)
    programme.move(account)
    latest = programme.ports.management_requests.latest(ONE, account.account_id)
    assert latest is not None
    assert latest.status is ManagementRequestStatus.EXPIRED


def test_the_clients_add_ons_and_approved_registration_go_along_and_the_partners_end(programme: Programme) -> None:
    account = programme.an_account(billing_mode=BillingMode.DIRECT)
    programme.activate(account, AddOn.SMS, client_of(account))
    programme.do(lifecycle.change_billing, ADMIN, account.account_id, BillingMode.SINGLE_BILL)
    programme.activate(account, AddOn.SEO)
    programme.register(account)
    moved = programme.move(account)
    assert moved.add_ons == {AddOn.SMS}
    assert moved.usable(AddOn.SMS)
    assert sms_registrations.get(programme.ports, OTHER_ADMIN, account.account_id).status is RegistrationStatus.APPROVED
    assert programme.ports.sms_registrations.get(ONE, account.account_id) is None


@pytest.mark.parametrize(
    ("days", "qualifies", "status"),
    [
        (10, True, BonusStatus.TRACKING),
        (10, False, BonusStatus.NOT_ELIGIBLE),
        (94, True, BonusStatus.TRACKING),
        (95, True, BonusStatus.NOT_ELIGIBLE),
    ],
)
def test_a_bonus_is_tracked_on_only_where_the_operator_says_that_it_qualifies(
    programme: Programme, days: int, qualifies: bool, status: BonusStatus
) -> None:
    account = upgraded_days_ago(programme, days)
    assert programme.move(account, qualifies=qualifies).bonus_status is status
    programme.ports.later(days=95 - min(days, 95))
    due_changes.settle(programme.ports, TWO, account.account_id)
    bonus = programme.ports.bonuses.get(account.account_id)
    earned_by = bonus.partner_id if bonus else None
    assert earned_by == {10: TWO if qualifies else None, 94: TWO, 95: ONE}[days]


def test_a_trial_that_qualifies_begins_its_bonus_with_its_upgrade(programme: Programme) -> None:
    qualifying, not_qualifying = programme.has(a_trial()), programme.has(a_trial())
    for account, qualifies, status in (
        (qualifying, True, BonusStatus.TRACKING),
        (not_qualifying, False, BonusStatus.NOT_ELIGIBLE),
    ):
        programme.move(account, qualifies=qualifies)
        assert programme.upgrade(account, actor=OTHER_ADMIN).bonus_status is status


def test_an_earned_bonus_stays_where_it_was_earned_and_is_seen_again_on_return(programme: Programme) -> None:
    account = upgraded_days_ago(programme, 95)
    due_changes.settle(programme.ports, ONE, account.account_id)
    earned = programme.ports.bonuses.get(account.account_id)
    moved = programme.move(account)
    assert (moved.bonus_status, moved.bonus_earned_on) == (BonusStatus.NOT_ELIGIBLE, None)
    assert programme.ports.bonuses.get(account.account_id) == earned
    programme.do(pay, OPERATOR, account.account_id, "run 7")
    back = programme.move(account, ONE)
    assert (back.bonus_status, back.bonus_earned_on) == (BonusStatus.PAID, TODAY)
    assert len(programme.ports.book.all(Bonus)) == 1


def test_paid_at_the_very_moment_of_its_return_the_account_says_so(programme: Programme) -> None:
    account = upgraded_days_ago(programme, 95)
    due_changes.settle(programme.ports, ONE, account.account_id)
    programme.move(account)
    programme.ports.transaction_writer.meanwhile.append(
        lambda: programme.do(pay, OPERATOR, account.account_id, "run 7") and None
    )
    assert programme.move(account, ONE).bonus_status is BonusStatus.PAID


def test_what_was_disqualified_is_not_revived_by_a_move(programme: Programme) -> None:
    account = upgraded_days_ago(programme, 10)
    programme.cancel(account)
    programme.upgrade(account)
    assert programme.move(account).bonus_status is BonusStatus.DISQUALIFIED


def test_moved_on_by_mistake_as_not_qualifying_it_qualifies_again_by_the_operators_word(programme: Programme) -> None:
    account = upgraded_days_ago(programme, 10)
    programme.move(account, qualifies=False)
    assert programme.move(account, ONE, qualifies=True).bonus_status is BonusStatus.TRACKING


@pytest.mark.parametrize("lagging", [False, True])
@pytest.mark.parametrize("days", [0, 1])
def test_moving_back_takes_the_departure_away_even_while_the_index_lags(
    programme: Programme, lagging: bool, days: int
) -> None:
    account = programme.an_account()
    if lagging:
        programme.ports.book.lag()
    programme.move(account)
    programme.ports.later(days=days)
    programme.move(account, ONE)
    assert programme.departures(ONE) == []
    assert [departure.event for departure in programme.departures(TWO)] == [Event.MOVE_OUT]
    programme.move(account)
    assert len(programme.departures(ONE)) == 1
    programme.ports.book.assert_counted()


def test_moved_back_much_later_it_is_not_listed_either(programme: Programme) -> None:
    account = programme.an_account()
    programme.move(account)
    programme.ports.later(days=60)
    programme.move(account, ONE)
    assert programme.departures(ONE) == []


def test_cancelled_and_moved_out_are_two_departures(programme: Programme) -> None:
    account = programme.an_account()
    programme.move(account)
    programme.cancel(account, actor=OTHER_ADMIN)
    assert [departure.event for departure in programme.departures(TWO)] == [Event.CANCELLATION]
    programme.upgrade(account, actor=OTHER_ADMIN)
    programme.move(account, ONE)
    programme.cancel(account)
    assert [departure.event for departure in programme.departures(ONE)] == [Event.CANCELLATION]
    assert [departure.event for departure in programme.departures(TWO)] == [Event.MOVE_OUT]


def test_a_cancelled_account_and_one_that_is_there_already_do_not_move(programme: Programme) -> None:
    account = programme.an_account()
    with pytest.raises(Conflict, match="with this partner already"):
        programme.move(account, ONE)
    programme.cancel(account)
    with pytest.raises(Conflict, match="canceled"):
        programme.move(account)


def test_one_that_left_unnoticed_today_does_not_move(programme: Programme) -> None:
    account = programme.an_account(cancellation=Cancellation(TODAY, REASON))
    with pytest.raises(Conflict, match="canceled"):
        programme.move(account)


def test_it_needs_a_partner_that_is_there_and_not_suspended(programme: Programme) -> None:
    account = programme.an_account()
    with pytest.raises(Invalid):
        programme.move(account, "prt_none")
    programme.ports.book.put(replace(programme.ports.partners.get(TWO), suspended=True))
    with pytest.raises(Conflict, match="suspended"):
        programme.move(account)


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"given_by": " "}, "/consent/given_by"),
        ({"given_by": "x" * 121}, "/consent/given_by"),
        ({"evidence": ""}, "/consent/evidence"),
        ({"evidence": "x" * 501}, "/consent/evidence"),
        ({"days": 1}, "/consent/given_at"),
    ],
)
def test_it_needs_the_clients_recorded_consent(programme: Programme, wrong: dict[str, object], pointer: str) -> None:
    account, to = programme.an_account(), a_move(programme.ports)
    later = {"given_at": programme.ports.now + timedelta(days=1)} if "days" in wrong else wrong
    with pytest.raises(Invalid) as refused:
        programme.do(
            transfers.move,
            OPERATOR,
            account.account_id,
            replace(to, consent=replace(to.consent, **later)),  # type: ignore[arg-type]
        )
    assert [error.pointer for error in refused.value.errors] == [pointer]


def test_changed_at_the_very_moment_it_moves_it_moves_as_it_then_is(programme: Programme) -> None:
    account = programme.an_account(billing_mode=BillingMode.DIRECT)
    client = client_of(account)
    programme.ports.transaction_writer.meanwhile.append(lambda: programme.activate(account, AddOn.SEO, client) and None)
    assert programme.move(account).add_ons == {AddOn.SEO}


def test_of_two_moves_at_once_one_wins_and_the_other_finds_it_gone(programme: Programme) -> None:
    account = programme.an_account()
    programme.ports.transaction_writer.meanwhile.append(lambda: programme.move(account) and None)
    with pytest.raises(NotFound):
        programme.do(transfers.move, OPERATOR, account.account_id, a_move(programme.ports))
    programme.ports.book.assert_counted()


def test_erasing_the_person_erases_who_consented_and_leaves_the_departure(programme: Programme) -> None:
    account = programme.an_account()
    programme.move(account)
    programme.cancel(account, actor=OTHER_ADMIN)
    programme.do(erasures.erase, OTHER_OPERATOR, account.account_id)
    (departure,) = programme.departures(ONE)
    assert departure.consent is not None
    assert (departure.consent.given_by, departure.consent.evidence) == ("", "")
