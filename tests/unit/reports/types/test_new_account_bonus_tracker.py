"""New Account Bonus Tracker."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.accounts import scheduled_changes
from chalicelib.domain.accounts.accounts import AccountType, Cancellation, Status
from chalicelib.domain.accounts.bonuses import Bonus, as_of
from chalicelib.domain.accounts.codes import BonusStatus, CancelReason
from chalicelib.domain.accounts.departures import Event, departure_of
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.accounts.query import AccountQuery
from chalicelib.domain.kernel.money import Money
from chalicelib.reports.types.new_account_bonus_tracker import REPORT
from tests.unit.reports.portfolio_of import ACME, TODAY, account, as_dicts, front_of, ports_with

if TYPE_CHECKING:
    from chalicelib.domain.accounts.accounts import Account
    from tests.fakes import FakePorts


def tracked(days: int, **changes: Any) -> dict[str, Any]:
    """The row of an account that was upgraded so many days ago and was not settled since."""
    values = {
        "initial_upgrade_on": TODAY - timedelta(days=days),
        "bonus_status": BonusStatus.TRACKING,
        "bonus_earned_on": None,
        **changes,
    }
    (row,) = as_dicts(ports_with(account(1, **values)), REPORT)
    return row


@pytest.mark.parametrize(
    ("days", "left", "status", "earned_on"),
    [
        (0, 95, "Tracking", None),
        (94, 1, "Tracking", None),
        (95, 0, "Earned", "2026-11-05"),
        (120, 0, "Earned", "2026-10-11"),
    ],
)
def test_day_94_is_pending_and_day_95_earned_even_before_the_calendar_has_acted(
    days: int, left: int, status: str, earned_on: str | None
) -> None:
    row = tracked(days)
    assert (row["Days since"], row["Days left"], row["NAB status"], row["Earned on"]) == (days, left, status, earned_on)


@pytest.mark.parametrize(
    ("changes", "status", "reason", "left"),
    [
        (
            {"bonus_status": BonusStatus.NOT_STARTED, "initial_upgrade_on": None},
            "Not started",
            "No first payment yet",
            None,
        ),
        ({"bonus_status": BonusStatus.NOT_ELIGIBLE}, "Not eligible", "Moved in without qualifying", None),
        ({"bonus_status": BonusStatus.DISQUALIFIED}, "Disqualified", "Canceled before day 95", None),
        ({"bonus_status": BonusStatus.PAID, "bonus_earned_on": date(2026, 9, 1)}, "Paid", "", 0),
    ],
)
def test_a_status_comes_with_its_reason(changes: dict[str, Any], status: str, reason: str, left: int | None) -> None:
    row = tracked(150, **changes)
    assert (row["NAB status"], row["Reason"], row["Days left"]) == (status, reason, left)


def test_a_cancellation_says_on_which_day_it_was() -> None:
    gone = Cancellation(TODAY - timedelta(days=60), CancelReason.POOR_RESULTS)
    row = tracked(100, cancellation=gone, status=Status.CANCELLED, bonus_status=BonusStatus.DISQUALIFIED)
    assert (row["NAB status"], row["Reason"], row["Days since"]) == ("Disqualified", "Canceled on day 40", 100)


def test_a_cancellation_on_day_95_or_later_leaves_the_bonus_earned() -> None:
    gone = Cancellation(TODAY, CancelReason.POOR_RESULTS)
    row = tracked(95, cancellation=gone)
    assert (row["NAB status"], row["Reason"]) == ("Earned", "")


def test_every_account_is_listed_whatever_its_status_or_type() -> None:
    ports = ports_with(
        *(account(number, status=status) for number, status in enumerate(Status)),
        account(9, account_type=AccountType.REFERRED),
    )
    assert len(as_dicts(ports, REPORT)) == 5


def test_the_filter_goes_by_the_status_of_today() -> None:
    unsettled = account(1, initial_upgrade_on=TODAY - timedelta(days=95), bonus_status=BonusStatus.TRACKING)
    ports = ports_with(unsettled, account(2, bonus_status=BonusStatus.NOT_STARTED, initial_upgrade_on=None))
    rows = as_dicts(ports, REPORT, filters=AccountQuery(nab_status=BonusStatus.EARNED))
    assert [row["Username"] for row in rows] == ["account.1"]


def test_a_bonus_stays_with_the_partner_under_which_it_was_earned() -> None:
    moved = account(1, organization="Name of that day")
    ports = ports_with(account(2))
    bonus = Bonus(
        account_id=moved.account_id,
        partner_id=ACME,
        username=moved.username,
        organization=moved.organization,
        initial_upgrade_on=date(2026, 1, 2),
        earned_on=date(2026, 4, 7),
        money=Money(10_000, "USD"),
    )
    ports.book.put(bonus, departure_of(moved, Event.MOVE_OUT, date(2026, 6, 1)))
    moved_out = as_dicts(ports, REPORT)[-1]
    assert moved_out == {
        "Username": "account.1",
        "Organization": "Name of that day",
        "Account type": "",
        "Initial upgrade": "2026-01-02",
        "Days since": 307,
        "Days left": 0,
        "NAB status": "Earned",
        "Reason": "Moved out after it was earned",
        "Earned on": "2026-04-07",
    }


def of_every_status() -> FakePorts:
    """Seven accounts, in an order that is none of the statuses'."""

    def upgraded(number: int, days: int, bonus: BonusStatus, earned: int | None = None, **more: Any) -> Account:
        on = earned and TODAY - timedelta(days=earned)
        day = TODAY - timedelta(days=days)
        return account(number, initial_upgrade_on=day, bonus_status=bonus, bonus_earned_on=on, **more)

    gone = Cancellation(TODAY - timedelta(days=350), CancelReason.POOR_RESULTS)
    return ports_with(
        upgraded(1, 400, BonusStatus.DISQUALIFIED, cancellation=gone, status=Status.CANCELLED),
        upgraded(2, 500, BonusStatus.PAID, 405),
        upgraded(3, 300, BonusStatus.EARNED, 205),
        upgraded(4, 10, BonusStatus.TRACKING),
        account(5, initial_upgrade_on=None, bonus_status=BonusStatus.NOT_STARTED, bonus_earned_on=None),
        upgraded(6, 90, BonusStatus.TRACKING),
        upgraded(7, 100, BonusStatus.EARNED, 5),
    )


def test_d25_what_still_tracks_comes_first_by_days_left_and_then_the_latest_earned() -> None:
    assert [(row["Username"], row["Days left"]) for row in as_dicts(of_every_status(), REPORT)] == [
        ("account.6", 5),
        ("account.4", 85),
        ("account.7", 0),
        ("account.3", 0),
        ("account.2", 0),
        ("account.5", None),
        ("account.1", None),
    ]


def test_d25_the_first_page_has_the_totals() -> None:
    assert [(figure.label, figure.value) for figure in front_of(of_every_status(), REPORT).figures] == [
        ("Tracking", 2),
        ("Earned", 2),
        ("Paid", 1),
        ("Not started", 1),
        ("Disqualified", 1),
        ("Not eligible", 0),
        ("Total", 7),
    ]
    earned = front_of(of_every_status(), REPORT, filters=AccountQuery(nab_status=BonusStatus.EARNED))
    assert [(figure.label, figure.value) for figure in earned.figures] == [("Earned", 2)]


DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@given(upgraded=DAYS, cancelled=st.none() | DAYS, today=DAYS)
def test_the_status_of_today_is_what_the_calendar_would_make_of_the_account(
    upgraded: date, cancelled: date | None, today: date
) -> None:
    before = account(
        initial_upgrade_on=upgraded,
        plan=Plan.LITE,
        bonus_status=BonusStatus.TRACKING,
        bonus_earned_on=None,
        cancellation=cancelled and Cancellation(cancelled, CancelReason.POOR_RESULTS),
    )
    settled = scheduled_changes.apply_due(before, today).account
    assert as_of(BonusStatus.TRACKING, upgraded, cancelled, today) is settled.bonus_status
