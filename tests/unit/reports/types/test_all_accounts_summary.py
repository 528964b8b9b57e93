"""All Accounts Summary."""

from __future__ import annotations

from chalicelib.domain.accounts.accounts import AccountType, Status
from chalicelib.reports.table import Bar
from chalicelib.reports.totals import Totals
from chalicelib.reports.types.all_accounts_summary import REPORT
from tests.unit.reports.portfolio_of import account, front_of, ports_with, rows_of


def test_every_account_is_in_one_status_and_one_type() -> None:
    ports = ports_with(
        account(1),
        account(2),
        account(3, account_type=AccountType.REFERRED),
        account(4, status=Status.TRIAL),
        account(5, status=Status.CANCELLED, account_type=AccountType.REFERRED),
    )
    assert rows_of(ports, REPORT) == [
        ("Open", 2, 1, 3),
        ("Trials", 1, 0, 1),
        ("Expired trials", 0, 0, 0),
        ("Canceled", 0, 1, 1),
    ]


def test_the_total_row_adds_up_the_columns() -> None:
    totals = Totals(REPORT.sheet.columns)
    totals.add([("Open", 2, 1, 3), ("Canceled", 0, 1, 1)])
    assert totals.row == ("Total", 2, 2, 4)


def test_a_partner_without_accounts_has_four_rows_of_nothing() -> None:
    assert [row[1:] for row in rows_of(ports_with(), REPORT)] == [(0, 0, 0)] * 4


def test_d26_statuses_and_types_are_drawn_with_their_shares() -> None:
    ports = ports_with(
        account(1), account(2), account(3, account_type=AccountType.REFERRED), account(4, status=Status.TRIAL)
    )
    front = front_of(ports, REPORT)
    assert front.figures == (Bar("Accounts", 4),)
    assert {
        chart.title: [(bar.label, bar.value, chart.share(bar)) for bar in chart.bars] for chart in front.charts
    } == {
        "Accounts by status": [
            ("Open", 3, "75.0%"),
            ("Trials", 1, "25.0%"),
            ("Expired trials", 0, "0.0%"),
            ("Canceled", 0, "0.0%"),
        ],
        "Accounts by type": [("Managed", 3, "75.0%"), ("Referred", 1, "25.0%")],
    }
