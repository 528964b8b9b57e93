"""Small things that save a walk: a report's end told on every page, cut text told whole, ways on from empty lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Route

    from tests.e2e.console.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]

WITHIN_A_SECOND_MS = 1_500
"""A second, and what a busy machine needs to draw."""


def test_d34_who_left_the_page_of_a_report_is_told_when_it_is_ready_and_the_list_says_so(admin: Visitor) -> None:
    page = admin.page
    held: list[Route] = []
    admin.open("/reports?generate=all-accounts-summary")
    page.route(re.compile(r"/v1/reports(/run_\w+)?(\?.*)?$"), lambda route: hold(route, held))
    admin.press("Generate Report")
    page.wait_for_url(re.compile(r"/reports/run_\w+$"))
    page.get_by_role("link", name="Settings").click()
    admin.heading("Settings")
    for route in held:
        route.continue_()
    page.unroute_all(behavior="ignoreErrors")
    notice = page.get_by_role("region", name="Notices").get_by_text("All Accounts Summary is ready.")
    expect(notice).to_be_visible()
    page.get_by_role("link", name="Reports", exact=True).click()
    expect(page.get_by_role("row").nth(1)).to_contain_text("Ready", timeout=WITHIN_A_SECOND_MS)
    page.get_by_role("region", name="Notices").get_by_role("link", name="Open").click()
    admin.heading("All Accounts Summary")


def hold(route: Route, held: list[Route]) -> None:
    """Keep what asks how far the run is; let everything else go."""
    if route.request.method == "GET":
        held.append(route)
    else:
        route.continue_()


def test_d35_what_is_cut_in_a_cell_is_told_whole_on_hover_and_by_the_tab_key(admin: Visitor) -> None:
    page = admin.page
    page.evaluate("document.documentElement.dataset.density = 'compact'")
    admin.open("/accounts?status_group=open&add_on=newsletter_archive")
    cut = page.get_by_role("table").locator("td span[tabindex='0']").first
    expect(cut).to_contain_text(", ")
    cut.hover()
    expect(page.get_by_role("tooltip")).to_have_text(cut.inner_text())
    page.mouse.move(0, 0)
    expect(page.get_by_role("tooltip")).to_have_count(0)
    cut.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(cut).to_be_focused()
    expect(page.get_by_role("tooltip")).to_have_text(cut.inner_text())


def test_d37_empty_lists_lead_to_the_actions_that_they_name(visit: Callable[..., Visitor]) -> None:
    second = visit("partner_admin", second=True)
    page = second.page
    for listed in ("reports", "deliveries", "service-requests"):
        page.route(re.compile(rf"/v1/{listed}(\?|$)"), lambda route: route.fulfill(json={"items": []}))
    for path, way_on, leads_to in (
        ("/accounts", "New account", "/accounts/new"),
        ("/accounts", "Invite link", "/invite"),
        ("/reports", "Run a Report", "/reports?generate=report"),
        ("/reports/deliveries", "Run a Report", "/reports?generate=report"),
        ("/services", "Request services", "/services?account="),
    ):
        second.open(path)
        way = page.get_by_role("main").get_by_role("link", name=way_on).last
        assert way.get_attribute("href") == f"/console{leads_to}", path
    second.open("/imports")
    page.get_by_role("button", name="New import").last.click()
    expect(page.get_by_role("dialog", name="New import")).to_be_visible()


def test_d45_a_saved_view_is_of_one_person_and_is_deleted_from_the_list(visit: Callable[..., Visitor]) -> None:
    admin = visit("partner_admin")
    page = admin.page
    admin.open("/accounts?status_group=trial")
    for _ in range(2):
        admin.press("Saved views")
        page.get_by_role("dialog").get_by_role("button", name="Save view").click()
        expect(page.get_by_role("dialog", name="Save view")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    admin.press("Saved views")
    page.get_by_role("dialog").get_by_role("button", name="Save view").click()
    admin.fill(name="Trials of mine")
    page.get_by_role("dialog").get_by_role("button", name="Save", exact=True).click()
    keys = page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('account-views'))")
    assert len(keys) == 1
    assert len(keys[0].split("/")) == 3, "A view is kept for one person at one partner."
    admin.open("/accounts")
    admin.press("Saved views")
    page.get_by_role("link", name="Trials of mine").click()
    page.wait_for_url("**/accounts?status_group=trial")
    admin.press("Saved views")
    admin.press("Delete view Trials of mine")
    admin.sees("No view has been saved yet.")


def test_each_rule_is_explained_beside_it(admin: Visitor) -> None:
    page = admin.page
    for path, rules in (
        ("/bonuses", ["New Account Bonus: 95 days"]),
        ("/accounts?status_group=open&account_type=referred", ["Permission to manage"]),
        ("/accounts?status_group=single_bill&add_on=sms", ["Status letters", "Single bill", "Holds"]),
    ):
        admin.open(path)
        if path.startswith("/accounts"):
            page.get_by_role("table").get_by_role("link").first.click()
            admin.settled()
        for rule in rules:
            admin.press(f"Help: {rule}")
            shown = page.get_by_role("dialog", name=rule)
            expect(shown).to_be_visible()
            assert len(shown.inner_text()) > 100
            page.keyboard.press("Escape")
            expect(shown).to_have_count(0)
            expect(page.get_by_role("button", name=f"Help: {rule}")).to_be_focused()
