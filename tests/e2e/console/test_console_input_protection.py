"""The care the console takes: nothing typed is lost, nothing grave is done unasked, focus and results stay in sight."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.console.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]

SINGLE_BILL = "/accounts?status_group=single_bill&account_type=managed"


def test_what_was_refused_is_put_right_and_saved_by_one_click(admin: Visitor) -> None:
    admin.refused(422)
    admin.menu("Settings")
    admin.fill(time_zone="Mars/Olympus")
    admin.press("Save")
    admin.sees("A time zone is an IANA name")
    admin.fill(time_zone="UTC")
    admin.press("Save")
    admin.reported("The settings have been saved.")
    expect(admin.page.get_by_role("button", name="Save", exact=True)).to_be_focused()


def test_a_registration_that_is_refused_can_still_be_kept_as_a_draft(admin: Visitor) -> None:
    admin.refused(422)
    admin.open(f"{SINGLE_BILL}&add_on=sms&q=1684-flbgs")
    admin.row_menu("Client 1684-FLBGS", "Manage account details")
    admin.page.get_by_role("link", name=re.compile("SMS registration")).click()
    admin.press("Submit for review")
    admin.sees("This is needed: the street and number.")
    admin.fill(legal_business_name="Lane Bakery LLC")
    admin.press("Save draft")
    admin.reported("The draft has been saved.")


def test_a_click_beside_a_form_asks_before_it_is_thrown_away(admin: Visitor) -> None:
    admin.menu("Team")
    admin.press("Invite someone")
    admin.fill(name="Carla Careful")
    admin.page.mouse.click(5, 400)
    admin.sees("Leave without saving?")
    admin.press("Stay here")
    expect(admin.page.locator("[name=name]")).to_have_value("Carla Careful")
    admin.page.get_by_role("dialog").get_by_role("button", name="Close").click()
    admin.press("Leave")
    expect(admin.page.get_by_role("dialog")).to_have_count(0)


def test_what_is_only_chosen_is_not_thrown_away_unasked_either(admin: Visitor) -> None:
    trials = "/accounts?status_group=trial&account_type=managed"
    for choose in (choose_a_reason, choose_a_day):
        admin.open(trials)
        admin.row_menu("Client", "Cancel account")
        asks_before_closing(admin, choose)
    admin.open("/team")
    admin.press("Invite someone")
    asks_before_closing(admin, choose_the_next_role)
    admin.open("/reports?generate=managed-account-details")
    asks_before_closing(admin, tick_a_format)


def choose_a_reason(visitor: Visitor) -> None:
    visitor.choose("Reason", "Poor results")


def choose_a_day(visitor: Visitor) -> None:
    visitor.fill(effective_on="2026-12-24")


def choose_the_next_role(visitor: Visitor) -> None:
    """By the keyboard, which makes no input event."""
    visitor.page.get_by_role("radio", name="Manager").press("ArrowDown")


def tick_a_format(visitor: Visitor) -> None:
    visitor.check("CSV")


def asks_before_closing(visitor: Visitor, choose: Callable[[Visitor], None]) -> None:
    """Closing asks first; the dialog is closed in the end."""
    choose(visitor)
    visitor.page.get_by_role("dialog").get_by_role("button", name="Close").click()
    visitor.sees("Leave without saving?")
    visitor.press("Leave")
    expect(visitor.page.get_by_role("dialog")).to_have_count(0)


def test_focus_goes_back_to_the_row_whose_menu_opened_a_dialog(admin: Visitor) -> None:
    admin.open("/accounts?status_group=trial&account_type=managed")
    dots = admin.page.get_by_role("button", name=re.compile("^Actions for Client")).first
    dots.focus()
    admin.page.keyboard.press("Enter")
    admin.page.get_by_role("menuitem", name="Cancel account").press("Enter")
    expect(admin.page.get_by_role("dialog", name=re.compile("^Cancel Client"))).to_be_visible()
    admin.page.keyboard.press("Escape")
    expect(dots).to_be_focused()


def test_a_list_of_referred_accounts_is_not_exported_as_managed_ones(admin: Visitor) -> None:
    admin.open("/accounts?status_group=expired&account_type=referred&open=export")
    admin.check("Managed Account Details")
    admin.sees("holds managed ones only")
    expect(admin.page.get_by_role("button", name="Run the export")).to_be_disabled()


def test_a_report_is_asked_for_again_with_all_it_was_asked_with(admin: Visitor) -> None:
    admin.open("/reports?generate=managed-account-details&status=E&formats=csv,contacts&list_size_max=0")
    admin.press("Generate Report")
    admin.heading("Managed Account Details")
    admin.sees("Expired trial (E), No list")
    admin.page.get_by_role("link", name="Run it again").click()
    expect(admin.page.locator("[name=account_status]")).to_have_value("E")
    for name in ("CSV", "Contact list (CSV)", "No list"):
        expect(admin.page.get_by_role("checkbox", name=name, exact=True)).to_be_checked()


def test_an_operator_is_asked_before_a_partner_is_suspended(visit: Callable[..., Visitor]) -> None:
    operator = visit("operator", path="partners")
    operator.row_menu("Quiet Street Studio", "Suspend")
    operator.sees("Suspend Quiet Street Studio?")
    operator.press("Cancel")
    expect(operator.page.get_by_role("row", name=re.compile("Quiet Street Studio"))).to_contain_text("Active")


def test_back_from_an_account_stands_the_list_as_it_was(admin: Visitor) -> None:
    admin.open("/accounts?status_group=trial&account_type=managed")
    admin.page.get_by_role("link", name=re.compile("^Client")).first.click()
    admin.page.get_by_role("main").get_by_role("link", name="My accounts").click()
    admin.sees("Status: Trial")
    assert "status_group=trial&account_type=managed" in admin.page.url
