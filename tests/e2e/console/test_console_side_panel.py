"""An account beside the list: opened, walked through and closed without losing one's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.e2e.console.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]


def test_an_account_opens_beside_the_list_goes_to_the_next_and_closes_where_one_was(admin: Visitor) -> None:
    page, keys = admin.page, admin.page.keyboard
    page.set_viewport_size({"width": 1440, "height": 900})
    admin.open("/accounts?status_group=expired")
    frame = page.get_by_role("region", name="My accounts")
    frame.evaluate("(list) => list.scrollTo(0, 3000)")
    admin.settled()
    links = frame.locator("tbody th a")
    link = links.nth(links.count() // 2)
    name, target = link.inner_text(), link.get_attribute("href")
    scrolled = frame.evaluate("(list) => list.scrollTop")
    link.focus()
    keys.press("Enter")
    panel = page.get_by_role("complementary", name="Account beside the list")
    expect(panel.get_by_role("heading", name=name)).to_be_focused()
    assert f"account={str(target).rsplit('/', 1)[1]}" in page.url
    assert abs(frame.evaluate("(list) => list.scrollTop") - scrolled) < 60
    current = frame.locator("tr[aria-current]")
    expect(current).to_contain_text(name)
    admin.settled()
    for _ in range(12):
        keys.press("j")
    keys.press("k")
    admin.settled()
    expect(current).not_to_contain_text(name)
    expect(current).to_be_in_viewport()
    other = current.get_by_role("rowheader").get_by_role("link").inner_text()
    expect(panel.get_by_role("heading", name=other)).to_be_visible()
    keys.press("Escape")
    expect(panel).to_have_count(0)
    expect(frame.get_by_role("link", name=other)).to_be_focused()
    assert page.url.endswith("/accounts?status_group=expired")


def test_the_panel_is_in_the_address_leads_to_the_page_and_is_none_on_a_narrow_page(admin: Visitor) -> None:
    page = admin.page
    page.set_viewport_size({"width": 1440, "height": 900})
    admin.open("/accounts?status_group=trial")
    page.get_by_role("table").get_by_role("link").first.click()
    admin.settled()
    panel = page.get_by_role("complementary", name="Account beside the list")
    expect(panel.get_by_role("button", name="Previous account")).to_be_disabled()
    panel.get_by_role("button", name="Next account").click()
    admin.settled()
    name = panel.get_by_role("heading").inner_text()
    panel.get_by_role("link", name="Manage account details").click()
    admin.heading(name)
    page.go_back()
    expect(panel.get_by_role("heading", name=name)).to_be_visible()
    page.go_back()
    expect(panel).to_have_count(0)
    page.set_viewport_size({"width": 1280, "height": 800})
    admin.settled()
    page.get_by_role("table").get_by_role("link", name=name).click()
    admin.heading(name)
