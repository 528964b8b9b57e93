"""What is one key away: the command bar, the list of shortcuts; and how close the rows of a table stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from tests.e2e.console.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]

ROWS_IN_VIEW = """
(table) => {
  const { bottom } = table.getBoundingClientRect();
  const rows = [...table.querySelectorAll('tbody tr[data-index]')].map((row) => row.getBoundingClientRect());
  return rows.filter((row) => row.bottom <= Math.min(bottom, innerHeight)).length;
}
"""


def command_bar(visitor: Visitor) -> Locator:
    """Open it by its keys."""
    visitor.page.keyboard.press("Control+k")
    field = visitor.page.get_by_role("combobox", name="Go to, do, or find an account")
    expect(field).to_be_focused()
    return field


def test_the_command_bar_leads_to_accounts_pages_and_reports_by_keyboard_alone(admin: Visitor) -> None:
    page, keys = admin.page, admin.page.keyboard
    field = command_bar(admin)
    keys.type("0014-bma")
    account = page.get_by_role("option", name="Client 0014-BMAQU")
    expect(account).to_be_visible()
    expect(account).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == account.get_attribute("id")
    keys.press("Enter")
    admin.heading("Client 0014-BMAQU")
    expect(page.get_by_role("main")).to_be_focused()
    command_bar(admin)
    keys.type("track")
    expect(page.get_by_role("dialog").get_by_role("option")).to_have_count(2)
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("New Account Bonus Tracker")
    assert page.url.endswith("/reports?generate=new-account-bonus-tracker")
    admin.settled()
    keys.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    admin.press("Search or go to")
    keys.type("zzzz")
    admin.sees("Nothing matches")
    keys.press("Escape")
    expect(page.get_by_role("button", name="Search or go to")).to_be_focused()


def test_the_command_bar_offers_a_viewer_and_an_operator_without_a_partner_nothing_that_is_refused(
    visit: Callable[..., Visitor],
) -> None:
    viewer = visit("partner_viewer")
    command_bar(viewer)
    options = viewer.page.get_by_role("dialog").get_by_role("option")
    expect(options.filter(has_text="Run All Accounts Summary")).to_be_visible()
    for refused in ("New account", "New import", "New schedule", "Invite someone", "Partners"):
        expect(options.get_by_text(refused, exact=True)).to_have_count(0)
    operator = visit("operator", path="partners")
    command_bar(operator)
    operator.page.keyboard.type("cli")
    operator.sees("Nothing matches")
    operator.page.keyboard.press("Control+a")
    operator.page.keyboard.type("partn")
    expect(operator.page.get_by_role("option", name="Partners", exact=True)).to_be_visible()


def test_a_question_mark_lists_all_shortcuts_and_single_keys_can_be_turned_off(admin: Visitor) -> None:
    page, keys = admin.page, admin.page.keyboard
    admin.menu("My accounts")
    keys.press("/")
    expect(page.get_by_role("searchbox", name="Search accounts")).to_be_focused()
    keys.type("?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    keys.press("Escape")
    page.get_by_role("main").focus()
    keys.press("?")
    shown = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(shown).to_contain_text("Open the command bar")
    shown.get_by_text("Use shortcuts of a single key").click()
    keys.press("Escape")
    expect(shown).to_have_count(0)
    keys.press("?")
    keys.press("/")
    expect(page.get_by_role("searchbox", name="Search accounts")).not_to_be_focused()
    expect(shown).to_have_count(0)
    admin.press("Keyboard shortcuts")
    expect(shown.get_by_role("switch")).not_to_be_checked()
    keys.press("Escape")
    command_bar(admin)
    keys.type("keyboard")
    keys.press("Enter")
    expect(shown).to_be_visible()
    keys.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_compact_rows_put_many_more_accounts_on_the_page_and_are_kept_in_the_browser(admin: Visitor) -> None:
    page = admin.page
    page.set_viewport_size({"width": 1440, "height": 900})
    admin.open("/accounts?status_group=expired")
    table = page.get_by_role("table", name="My accounts")
    before = table.evaluate(ROWS_IN_VIEW)
    page.get_by_label("Table rows").select_option("Compact")
    admin.settled()
    after = table.evaluate(ROWS_IN_VIEW)
    assert before >= 10
    assert after >= 17, f"{after} rows"
    assert page.evaluate("localStorage.getItem('density')") == "compact"
    table.evaluate("(table) => table.parentElement.scrollTo(0, 100000)")
    admin.settled()
    last = table.get_by_role("row").last
    expect(last).to_be_in_viewport()
