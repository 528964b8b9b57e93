"""The flows of "Partners: Managing your pipeline", step by step on the console."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.e2e.console.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]

STARTS = {"PDF": b"%PDF-", "HTML": b"<!doctype html", "CSV": b"", "XLS": b"\xd0\xcf\x11\xe0"}


def overlay(admin: Visitor, report: str) -> None:
    """Accounts > Reports, Run a Report, and the report chosen from the drop-down menu."""
    admin.menu("Reports")
    admin.heading("My reports")
    admin.press("Run a Report")
    expect(admin.page.get_by_role("dialog", name="Generate Report")).to_be_visible()
    admin.choose("Select a report", report)


def all_four(admin: Visitor) -> None:
    """PDF is ticked at first; tick the other three."""
    for name in ("HTML", "CSV", "XLS"):
        admin.page.get_by_role("dialog").locator("label").filter(has_text=re.compile(f"^{name}$")).click()


def ready(admin: Visitor) -> None:
    """The run is made, and its files are offered."""
    expect(admin.section("Files")).to_be_visible()


def download(admin: Visitor, name: str) -> tuple[str, bytes]:
    """The file of a format: what it is called, and what is in it."""
    with admin.page.expect_download() as waiting:
        admin.press(f"Download {name}")
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


@pytest.mark.parametrize(
    ("report", "status", "column"),
    [
        ("All Accounts Summary", None, b"Managed"),
        ("Managed Account Details", "O", b"First payment"),
        ("New Account Bonus Tracker", None, b"NAB status"),
        ("Cancels and Move-Outs", None, b"Reason"),
    ],
)
def test_run_a_report_to_pdf_html_csv_and_xls(admin: Visitor, report: str, status: str | None, column: bytes) -> None:
    overlay(admin, report)
    if status:
        admin.fill(account_status=status)
    all_four(admin)
    admin.press("Generate Report")
    admin.heading(report)
    ready(admin)
    for name, start in STARTS.items():
        called, content = download(admin, name)
        assert called.lower().endswith(name.lower())
        assert content.lower().startswith(start.lower()), name
    assert column.lower() in download(admin, "CSV")[1].lower()


def test_the_status_field_is_case_sensitive(admin: Visitor) -> None:
    overlay(admin, "Managed Account Details")
    for typed in ("o", "OT", "X"):
        admin.fill(account_status=typed)
        admin.press("Generate Report")
        admin.sees("Use one capital letter: O, T, E or C.")
    expect(admin.page.locator("[name=account_status]")).to_have_value("X")
    admin.fill(account_status="E")
    admin.press("Generate Report")
    admin.heading("Managed Account Details")
    admin.sees("Expired trial (E)")


def test_pull_a_list_of_customers_who_have_never_logged_in_to_upload(admin: Visitor) -> None:
    overlay(admin, "Managed Account Details")
    admin.fill(account_status="O")
    admin.page.get_by_text("Narrow it down (optional)").click()
    admin.check("Never logged in")
    admin.check("Contact list (CSV)")
    admin.press("Generate Report")
    ready(admin)
    _, content = download(admin, "Contact list (CSV)")
    assert content.count(b"@example.com") > 100
    admin.sees("Open (O), Never logged in")


def test_the_html_report_is_shown_in_a_frame_that_runs_nothing(admin: Visitor) -> None:
    overlay(admin, "All Accounts Summary")
    all_four(admin)
    admin.press("Generate Report")
    ready(admin)
    admin.expected.add("Blocked script execution in 'about:srcdoc'")
    admin.press("Preview")
    frame = admin.page.frame_locator("iframe[title='All Accounts Summary: preview']")
    expect(frame.get_by_role("heading", name="All Accounts Summary")).to_be_visible()
    expect(frame.get_by_text("Expired trials").first).to_be_visible()
    assert "allow-scripts" not in (admin.page.locator("iframe").get_attribute("sandbox") or "")


def test_a_run_can_be_deleted_and_is_gone(admin: Visitor) -> None:
    overlay(admin, "Cancels and Move-Outs")
    admin.press("Generate Report")
    ready(admin)
    address = admin.page.url.split("/console")[1]
    admin.press("Delete")
    admin.page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    admin.heading("My reports")
    admin.refused(404)
    admin.open(address)
    admin.sees("Not found")


def test_what_is_seen_is_exported_all_that_match(admin: Visitor) -> None:
    admin.menu("My accounts")
    admin.choose("Status", "Expired trial")
    admin.settled()
    admin.sees("139 accounts")
    admin.press("Export")
    admin.sees("Status: Expired trial")
    admin.press("Run the export")
    ready(admin)
    _, content = download(admin, "CSV")
    assert content.count(b"\r\n") == 140


def test_d9_d20_any_filter_gives_a_contact_list_that_says_so_in_its_name_referred_accounts_included(
    admin: Visitor,
) -> None:
    admin.open("/accounts?status_group=expired&account_type=referred")
    admin.settled()
    admin.sees("121 accounts")
    admin.press("Export")
    admin.check("Contact list (CSV)")
    admin.press("Run the export")
    ready(admin)
    name, content = download(admin, "Contact list (CSV)")
    assert name.startswith("partnerbook-portfolio-E-referred-2026-")
    assert content.startswith(b"email,first_name,last_name,company_name\r\n")
    assert content.count(b"\r\n") == 122


def test_the_bonus_tracker_shows_how_far_each_account_is_from_its_95th_day(admin: Visitor) -> None:
    admin.menu("Bonus tracker")
    first = admin.section("Bonus tracker").get_by_role("row").nth(1)
    expect(first.get_by_role("progressbar")).to_have_attribute("aria-valuemax", "95")
    expect(first).to_contain_text("1 day left")
    admin.choose("NAB status", "Earned")
    expect(first).to_contain_text("$100.00")


def test_cancels_and_move_outs_of_the_last_90_days_with_their_reasons(admin: Visitor) -> None:
    admin.menu("Cancels and move-outs")
    expect(admin.section("Reasons")).to_contain_text("Cost too high")
    admin.choose("Reason", "Poor results")
    expect(admin.page.get_by_role("row").filter(has_text="Poor results")).not_to_have_count(0)
    assert "reason=poor_results" in admin.page.url


def test_every_number_of_the_dashboard_leads_to_its_accounts(admin: Visitor) -> None:
    admin.menu("Dashboard")
    admin.section("Your book").get_by_role("link", name="121").click()
    admin.heading("My accounts")
    admin.sees("121 accounts")
    admin.sees("Account type: Referred")
