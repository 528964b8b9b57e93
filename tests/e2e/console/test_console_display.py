"""What the console is shown on: forced colors, paper, a phone, a browser without JavaScript, a page that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pypdfium2 import PdfDocument

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.e2e.console.visitor import Visitor
    from tests.e2e.stack import EmbeddedStack

pytestmark = [pytest.mark.browser, pytest.mark.stack]

COLORS = """
(element) => [element, ...element.querySelectorAll('*'), null].map((part) =>
  getComputedStyle(part ?? element, part ? undefined : '::before').backgroundColor)
"""
"""The backgrounds of an element, of its parts, and of what stands before it."""


def test_d17_forced_colors_show_which_switch_is_on_and_which_page_is_open(admin: Visitor) -> None:
    admin.page.emulate_media(forced_colors="active")
    admin.menu("My accounts")
    links = admin.page.get_by_role("navigation", name="My organization").get_by_role("link")
    current = links.and_(admin.page.locator("[aria-current]")).evaluate(COLORS)[-1]
    other = links.and_(admin.page.locator(":not([aria-current])")).first.evaluate(COLORS)[-1]
    assert current != other
    admin.open("/accounts?status_group=single_bill&account_type=managed")
    admin.page.get_by_role("link", name="Client").first.click()
    admin.settled()
    tracks = admin.page.locator("label:has([role=switch]) span:has(> span)")
    by_state = {
        label.get_by_role("switch").is_checked(): label.locator("span:has(> span)").evaluate(COLORS)[:2]
        for label in admin.page.locator("label:has([role=switch])").all()
    }
    assert tracks.count() == admin.page.get_by_role("switch").count()
    assert by_state[True] != by_state[False]
    for track, knob in by_state.values():
        assert track != knob


def test_d21_paper_has_all_loaded_rows_and_columns_and_no_buttons(admin: Visitor) -> None:
    admin.open("/accounts?status_group=expired")
    admin.page.emulate_media(media="print")
    admin.settled()
    rows = admin.page.get_by_role("row")
    assert rows.count() == 140
    for name in ("Plan", "List size", "Last login"):
        assert admin.page.get_by_role("columnheader", name=name).bounding_box() is not None
    pdf = PdfDocument(admin.page.pdf(format="Letter"))
    words = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    assert len(pdf) <= 8
    assert "Last login" in words
    assert "Bonus tracker" not in words
    assert "Export" not in words


def test_d40_without_javascript_the_page_says_what_it_needs(browser: Browser, stack: EmbeddedStack) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(stack.info.console_url)
    assert "Partnerbook needs JavaScript" in page.locator("noscript").inner_text()
    context.close()


def test_d40_a_page_whose_code_does_not_come_offers_the_dashboard_too(admin: Visitor) -> None:
    admin.expected.update(("404", "500", "Failed to load resource", "dynamically imported module", "React Router"))
    admin.page.route("**/assets/*.js", lambda route: route.fulfill(status=500, body=""))
    admin.page.get_by_role("link", name="Cancels and move-outs").click()
    admin.sees("This page could not be shown")
    admin.page.unroute_all()
    admin.page.get_by_role("link", name="Go to the dashboard").click()
    admin.heading("Dashboard")


def test_d47_a_mail_fits_a_phone(browser: Browser, stack: EmbeddedStack) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, is_mobile=True)
    page = context.new_page()
    page.goto(stack.info.mailbox_url)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()
