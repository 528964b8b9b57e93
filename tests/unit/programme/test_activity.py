"""Activity: absolute values and when they were true; an older report never overwrites a newer one."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.accounts.accounts import Activity
from chalicelib.services.accounts.activity import ActivityReport, Outcome, report
from tests.factories import NOON
from tests.scenario import ADMIN, ONE, OTHER_ADMIN, TWO, Programme, client_of

UPDATED, UNCHANGED, UNKNOWN = Outcome.UPDATED, Outcome.UNCHANGED, Outcome.UNKNOWN_USERNAME


def activity(minutes: int = 0, list_size: int = 10) -> Activity:
    return Activity(
        list_size=list_size,
        login_count=3,
        last_login_on=date(2026, 11, 4),
        campaigns_sent=1,
        last_campaign_on=date(2026, 11, 1),
        as_of=NOON + timedelta(minutes=minutes),
    )


def test_it_is_noted_by_username_whatever_its_case_and_is_no_change_of_the_account(programme: Programme) -> None:
    account = programme.an_account(username="Ada.Byron")
    assert report(programme.ports, ADMIN, [ActivityReport("ADA.byron", activity())]) == [UPDATED]
    now = programme.stored(account)
    assert (now.activity, now.version) == (activity(), account.version)
    assert programme.trail() == []


def test_an_older_one_and_the_same_again_change_nothing(programme: Programme) -> None:
    account = programme.an_account()
    reports = [ActivityReport(account.username, activity(item, item)) for item in (5, 5, 4, 6, 0)]
    assert report(programme.ports, ADMIN, reports) == [UPDATED, UNCHANGED, UNCHANGED, UPDATED, UNCHANGED]
    assert programme.stored(account).activity == activity(6, 6)


def test_each_report_has_an_answer_of_its_own_and_another_partners_name_is_as_unknown_as_none(
    programme: Programme,
) -> None:
    mine, theirs = programme.an_account(), programme.an_account(partner_id=TWO)
    reports = [ActivityReport(name, activity()) for name in ("nobody", mine.username, theirs.username)]
    assert report(programme.ports, ADMIN, reports) == [UNKNOWN, UPDATED, UNKNOWN]
    assert programme.stored(theirs).activity == Activity()


def test_after_a_move_it_is_the_new_partners(programme: Programme) -> None:
    account = programme.an_account()
    programme.move(account)
    own = [ActivityReport(account.username, activity())]
    assert report(programme.ports, ADMIN, own) == [UNKNOWN]
    assert report(programme.ports, OTHER_ADMIN, own) == [UPDATED]


def test_what_is_reported_while_the_account_moves_is_to_be_sent_again(programme: Programme) -> None:
    account, still = programme.an_account(), programme.an_account()
    noted = programme.ports.accounts.note_activity

    def moving(partner_id: str, account_id: str, activity: Activity) -> bool:
        if account_id == account.account_id and programme.stored(account).partner_id == ONE:
            programme.move(account)
        return noted(partner_id, account_id, activity)

    programme.ports.accounts.note_activity = moving  # type: ignore[method-assign]
    reports = [ActivityReport(item.username, activity()) for item in (account, still, still)]
    assert report(programme.ports, ADMIN, reports) == [Outcome.SEND_AGAIN, UPDATED, UNCHANGED]
    assert report(programme.ports, OTHER_ADMIN, reports[:1]) == [UPDATED]


def test_what_is_reported_while_the_account_changes_is_kept(programme: Programme) -> None:
    account = programme.an_account()

    def reported() -> None:
        report(programme.ports, client_of(account), [ActivityReport(account.username, activity())])

    programme.ports.transaction_writer.meanwhile.append(reported)
    programme.cancel(account)
    assert programme.stored(account).activity == activity()


@given(st.permutations(range(6)))
def test_in_whatever_order_they_come_the_newest_stands(order: list[int]) -> None:
    programme = Programme()
    account = programme.an_account()
    for minutes in order:
        report(programme.ports, ADMIN, [ActivityReport(account.username, activity(minutes, minutes))])
    assert programme.stored(account).activity == activity(5, 5)
