"""The portfolio export."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from chalicelib.domain.accounts.accounts import AccountType, Activity, Cancellation, Owner, Status
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import CancelReason
from chalicelib.domain.accounts.query import AccountQuery
from chalicelib.reports.report import ReportContext
from chalicelib.reports.table import ColumnType
from chalicelib.reports.types.portfolio import REPORT
from tests.unit.reports.portfolio_of import ACME, TODAY, account, as_dicts, ports_with

SAMPLE = Path(__file__).parents[4] / "sample/portfolio.csv"


def test_the_columns_are_those_of_the_import() -> None:
    with SAMPLE.open(newline="") as sample:
        assert [column.title for column in REPORT.sheet.columns] == next(csv.reader(sample))


def test_a_row_is_the_account_as_it_is_stored() -> None:
    left = account(
        1,
        status=Status.CANCELLED,
        partner_account_id="P-1",
        cancellation=Cancellation(date(2026, 9, 9), CancelReason.POOR_RESULTS),
        activity=Activity(list_size=5, last_login_on=date(2026, 8, 1)),
    )
    (row,) = as_dicts(ports_with(left), REPORT)
    assert (row["status"], row["cancelled_on"], row["cancel_reason"]) == ("C", "2026-09-09", "poor_results")
    assert (row["list_size"], row["last_login_on"], row["last_campaign_on"]) == (5, "2026-08-01", None)
    assert (row["account_type"], row["billing_mode"], row["plan"]) == ("managed", "single_bill", "standard")


def test_add_ons_stand_between_bars_in_the_catalogues_order() -> None:
    (row,) = as_dicts(ports_with(account(1, add_ons=frozenset({AddOn.INBOX_PREVIEW, AddOn.SEO, AddOn.SMS}))), REPORT)
    assert row["add_ons"] == "sms|seo|inbox_preview"


def test_any_filter_of_the_list_narrows_it() -> None:
    ports = ports_with(account(1), account(2, account_type=AccountType.REFERRED))
    rows = as_dicts(ports, REPORT, filters=AccountQuery(account_type=AccountType.REFERRED))
    assert [row["username"] for row in rows] == ["account.2"]


def test_any_filtered_list_can_be_written_as_contacts_referred_accounts_and_closed_ones_too() -> None:
    ports = ports_with(
        account(1),
        account(2, account_type=AccountType.REFERRED, status=Status.EXPIRED_TRIAL),
        account(3, owner=Owner(), account_type=AccountType.REFERRED, status=Status.CANCELLED, erased=True),
    )
    context = ReportContext(partner_id=ACME, today=TODAY, filters=AccountQuery(account_type=AccountType.REFERRED))
    assert REPORT.contacts is not None
    contacts = [row for batch in REPORT.read(ports, context) for row in REPORT.contacts.rows(batch, context)]
    assert contacts == [("ada2@example.com", "Ada", "Lovelace", "Organization 00002")]


def test_days_are_dates_and_counts_are_numbers() -> None:
    types = {column.title: column.type for column in REPORT.sheet.columns}
    assert {name for name, kind in types.items() if kind is ColumnType.DATE} == {n for n in types if n.endswith("_on")}
    assert {name for name, kind in types.items() if kind is ColumnType.INTEGER} == {
        "list_size",
        "login_count",
        "campaigns_sent",
    }
