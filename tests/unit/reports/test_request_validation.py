"""What may be asked of a report."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from zoneinfo import available_timezones

import pytest

from chalicelib.domain.accounts.accounts import AccountType, BillingMode, Hold, Status
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import BonusStatus
from chalicelib.domain.accounts.filters import FILTERS, plain
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.accounts.query import AccountQuery
from chalicelib.domain.kernel.errors import Invalid
from chalicelib.reports.catalogue import REPORTS
from chalicelib.reports.headings import file_name, parameters
from chalicelib.reports.request_validation import ReportInput, checked, row_limited

DETAILS = "managed-account-details"


def report_input(report: str = DETAILS, **changes: Any) -> ReportInput:
    values: dict[str, Any] = {"formats": ["csv"], "account_status": "O" if report == DETAILS else None}
    return ReportInput(report=report, **{**values, **changes})


def refusal(wrong: ReportInput) -> Invalid:
    with pytest.raises(Invalid) as caught:
        checked(wrong)
    return caught.value


@pytest.mark.parametrize("letter", Status)
def test_each_of_the_four_letters_is_taken(letter: Status) -> None:
    assert checked(report_input(account_status=letter.value)).account_status is letter


@pytest.mark.parametrize("wrong", ["o", "OT", " O", "O ", "", None, "X", "open", "Ο", "0"])
def test_invariant_01_a_status_is_one_capital_letter_of_o_t_e_c_or_the_request_is_refused(wrong: str | None) -> None:
    error = refusal(report_input(account_status=wrong))
    assert error.errors[0].pointer == "/account_status"
    for letter in "OTEC":
        assert f"{letter} (" in error.detail


@pytest.mark.parametrize("report", sorted(REPORTS.keys() - {DETAILS}))
def test_a_report_without_a_status_refuses_one(report: str) -> None:
    assert refusal(report_input(report, account_status="O")).errors[0].pointer == "/account_status"


def test_an_unknown_report_is_refused_with_the_reports_there_are() -> None:
    error = refusal(report_input("all-accounts"))
    assert error.errors[0].pointer == "/report"
    assert all(code in error.detail for code in REPORTS)


@pytest.mark.parametrize("formats", [["docx"], ["CSV"], ["csv", "pdf "], [""]])
def test_an_unknown_format_is_refused_with_the_formats_there_are(formats: list[str]) -> None:
    error = refusal(report_input(formats=formats))
    assert error.errors[0].pointer == f"/formats/{len(formats) - 1}"
    assert "csv, html, pdf, xls, xlsx, contacts" in error.detail


def test_no_format_at_all_is_refused() -> None:
    assert refusal(report_input(formats=[])).errors[0].pointer == "/formats"


def test_a_format_named_twice_is_written_once() -> None:
    assert checked(report_input(formats=["pdf", "csv", "pdf"])).formats == ("pdf", "csv")


def test_the_portfolio_is_written_as_csv_and_contacts_only() -> None:
    assert "is written as csv, contacts." in refusal(report_input("portfolio", formats=["xlsx"])).detail


@pytest.mark.parametrize("report", sorted(REPORTS.keys() - {DETAILS, "portfolio"}))
def test_only_reports_of_accounts_can_be_written_as_a_contact_list(report: str) -> None:
    refusal(report_input(report, formats=["contacts"]))
    for of_accounts in (DETAILS, "portfolio"):
        assert checked(report_input(of_accounts, formats=["contacts"])).formats == ("contacts",)


FILTERED = {
    "status": Status.OPEN,
    "account_type": AccountType.MANAGED,
    "plan": Plan.LITE,
    "q": "acme",
    "list_size_max": 0,
    "never_logged_in": True,
    "nab_status": BonusStatus.TRACKING,
    "first_payment_from": date(2026, 1, 1),
}


@pytest.mark.parametrize("report", sorted(REPORTS))
@pytest.mark.parametrize("name", sorted(FILTERED))
def test_a_filter_is_taken_where_the_report_has_it_and_refused_by_name_elsewhere(report: str, name: str) -> None:
    wanted = report_input(report, filters=AccountQuery(**{name: FILTERED[name]}))
    if name in REPORTS[report].filters:
        assert checked(wanted).filters == wanted.filters
        return
    error = refusal(wanted)
    assert error.errors[0].pointer == f"/filters/{name}"
    assert all(existing in error.detail for existing in REPORTS[report].filters)


def test_a_filter_that_does_not_narrow_is_none() -> None:
    assert checked(report_input("all-accounts-summary", filters=AccountQuery(never_logged_in=False)))


def test_the_portfolio_takes_every_filter_of_the_list() -> None:
    assert REPORTS["portfolio"].filters == set(FILTERS)


def test_filters_are_plain_values_in_answers() -> None:
    query = AccountQuery(**FILTERED)
    assert plain(query) == {
        "status": "O",
        "account_type": "managed",
        "plan": "lite",
        "q": "acme",
        "list_size_max": 0,
        "never_logged_in": True,
        "nab_status": "tracking",
        "first_payment_from": "2026-01-01",
    }


def test_formats_that_hold_the_whole_file_are_row_limited() -> None:
    request = checked(report_input(formats=["csv", "html", "pdf", "xls", "xlsx", "contacts"]))
    assert row_limited(request) == ("html", "pdf", "xls")


def test_a_file_is_named_after_what_it_holds_and_when_that_was_read_where_the_partner_is() -> None:
    request, read = checked(report_input(formats=["csv", "contacts"])), datetime(2026, 11, 5, 18, tzinfo=UTC)
    named = partial(file_name, request, as_of=read)
    details = "partnerbook-managed-account-details-O"
    assert named("csv", time_zone="UTC") == f"{details}-2026-11-05-1800-UTC.csv"
    assert named("csv", time_zone="Pacific/Auckland") == f"{details}-2026-11-06-0700-Pacific-Auckland.csv"
    assert named("csv", time_zone="America/New_York") == f"{details}-2026-11-05-1300-America-New_York.csv"
    assert named("contacts", time_zone="UTC") == f"{details}-2026-11-05-1800-UTC-contacts.csv"
    summary = checked(report_input("all-accounts-summary", formats=["pdf"]))
    assert file_name(summary, "pdf", read, "UTC") == "partnerbook-all-accounts-summary-2026-11-05-1800-UTC.pdf"


def test_a_file_is_named_after_its_filters_but_never_after_a_person_who_was_searched_for() -> None:
    filters = AccountQuery(
        account_type=AccountType.REFERRED,
        status=Status.EXPIRED_TRIAL,
        q="ada@example.com",
        never_logged_in=True,
        list_size_max=0,
        first_payment_from=date(2026, 1, 31),
    )
    request = checked(report_input("portfolio", formats=["contacts"], account_status=None, filters=filters))
    name = file_name(request, "contacts", datetime(2026, 11, 5, 18, tzinfo=UTC), "UTC")
    assert name == (
        "partnerbook-portfolio-E-referred-search-list-size-max-0-never-logged-in-first-payment-from-2026-01-31"
        "-2026-11-05-1800-UTC-contacts.csv"
    )


def test_every_filter_at_once_leaves_a_name_that_any_disk_takes() -> None:
    day = date(2026, 11, 30)
    every = AccountQuery(
        status=Status.OPEN,
        account_type=AccountType.REFERRED,
        billing_mode=BillingMode.SINGLE_BILL,
        plan=Plan.STANDARD,
        add_on=AddOn.NEWSLETTER_ARCHIVE,
        hold=Hold.BALANCE_DUE,
        q="q" * 100,
        list_size_min=100_000_000,
        list_size_max=999_999_999,
        never_logged_in=True,
        never_sent_campaign=True,
        trial_ends_to=day,
        nab_status=BonusStatus.TRACKING,
        first_payment_from=day,
        first_payment_to=day,
    )
    assert plain(every).keys() == set(FILTERS)
    request = checked(report_input("portfolio", formats=["contacts"], account_status=None, filters=every))
    name = file_name(request, "contacts", datetime(2026, 11, 5, 18, tzinfo=UTC), max(available_timezones(), key=len))
    assert "O-referred-single-bill-standard" in name
    assert "-and-more-2026-11-05" in name
    assert len(name) <= 240


def test_the_heading_says_what_was_asked_for_in_words() -> None:
    request = checked(
        report_input(account_status="E", filters=AccountQuery(list_size_max=0, never_logged_in=True, plan=Plan.LITE))
    )
    assert parameters(request) == (
        ("Status", "E (expired trial)"),
        ("Plan", "Lite"),
        ("List size to", "0"),
        ("Never logged in", "Yes"),
    )
