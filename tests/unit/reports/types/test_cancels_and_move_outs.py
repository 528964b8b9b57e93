"""Cancels and Move-Outs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.accounts import AccountType
from chalicelib.domain.accounts.codes import CancelReason
from chalicelib.domain.accounts.departures import Departure, Event, departure_of
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.report_runs.report_runs import ReportRequest
from chalicelib.reports.headings import heading
from chalicelib.reports.table import Bar, Chart, Front
from chalicelib.reports.types.cancels_and_move_outs import REPORT
from tests.unit.reports.portfolio_of import ADMIN, TODAY, account, as_dicts, front_of, ports_with

if TYPE_CHECKING:
    from tests.fakes import FakePorts


def departure(number: int, days_ago: int, event: Event = Event.CANCELLATION) -> Departure:
    reason = CancelReason.COST_TOO_HIGH if event is Event.CANCELLATION else None
    gone = account(number, created_on=TODAY - timedelta(days=400), account_type=AccountType.REFERRED, plan=Plan.LITE)
    return departure_of(gone, event, TODAY - timedelta(days=days_ago), reason)


def days_ago(ports: FakePorts) -> list[int]:
    return [row["Days ago"] for row in as_dicts(ports, REPORT)]


def test_a_row_says_who_left_when_and_why() -> None:
    ports = ports_with()
    ports.book.put(departure(1, 30))
    assert as_dicts(ports, REPORT) == [
        {
            "Username": "account.1",
            "Organization": "Organization 00001",
            "Account type": "Referred",
            "Event": "Cancellation",
            "Effective date": "2026-10-06",
            "Days ago": 30,
            "Reason": "Cost too high",
            "Plan at exit": "Lite",
            "Days as a client": 370,
        }
    ]


def test_invariant_10_ninety_days_inclusive_by_effective_date() -> None:
    ports = ports_with()
    ports.book.put(*(departure(number, days) for number, days in enumerate((0, 90, 91, -1, 45))))
    assert days_ago(ports) == [0, 45, 90]


def test_a_cancellation_and_a_move_out_of_one_account_are_two_rows() -> None:
    ports = ports_with()
    ports.book.put(departure(1, 50), departure(1, 20, Event.MOVE_OUT))
    assert [(row["Event"], row["Reason"]) for row in as_dicts(ports, REPORT)] == [
        ("Move out", ""),
        ("Cancellation", "Cost too high"),
    ]


def test_thousands_of_departures_come_in_batches() -> None:
    ports = ports_with()
    ports.book.put(*(departure(number, number % 91) for number in range(2500)))
    listed = days_ago(ports)
    assert len(listed) == 2500
    assert listed == sorted(listed)


def test_d25_the_period_is_stated_and_the_reasons_are_counted() -> None:
    ports = ports_with()
    ports.book.put(*(departure(number, number) for number in range(3)), departure(9, 20, Event.MOVE_OUT))
    run = ReportRequest(report=REPORT.code, formats=("pdf",))
    shown = heading(REPORT, run, ports.partners.get(ADMIN.partner_id), ports.now)
    assert ("Period", "2026-08-07 to 2026-11-05") in shown.parameters
    assert front_of(ports, REPORT) == Front(
        (Bar("Cancellations", 3), Bar("Move-outs", 1), Bar("Total", 4)),
        (Chart("Reasons", (Bar("Cost too high", 3), Bar("Move out", 1))),),
    )


def test_without_departures_there_is_no_chart_of_nothing() -> None:
    front = front_of(ports_with(), REPORT)
    assert (front.figures[-1], front.charts) == (Bar("Total", 0), ())
