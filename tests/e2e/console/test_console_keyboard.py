"""The console without a mouse: a whole journey by keyboard, and where the focus is before and after each overlay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from tests.e2e.console.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]

FAR = 60
OUTLINED = """
(element) => {
  const shown = [element, ...element.parentElement.querySelectorAll('*'), element.parentElement];
  return shown.some((each) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
  });
}
"""


def tab_to(visitor: Visitor, target: Locator, key: str = "Tab") -> None:
    """Press Tab until this has the focus; each stop on the way must show that it has it."""
    for _ in range(FAR):
        visitor.page.keyboard.press(key)
        if target.evaluate("(element) => element === document.activeElement"):
            assert target.evaluate(OUTLINED), "The focus cannot be seen."
            return
    pytest.fail(f"{target} is not reached by {FAR} times {key}.")


def test_from_signing_in_to_an_add_on_and_out_by_keyboard_alone(visit: Callable[..., Visitor]) -> None:
    visitor = visit(signed_in=False)
    signs_in(visitor)
    narrows_the_list(visitor)
    opens_the_account(visitor)
    switches_seo_and_back(visitor)
    tab_to(visitor, visitor.page.get_by_role("button", name="Sign out"), "Shift+Tab")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.get_by_label("Username or e-mail")).to_be_visible()


def signs_in(visitor: Visitor) -> None:
    person, keys = visitor.stack.info.user("partner_manager"), visitor.page.keyboard
    expect(visitor.page.get_by_label("Username or e-mail")).to_be_focused()
    keys.type(person.username)
    keys.press("Tab")
    keys.type(person.password)
    keys.press("Enter")
    visitor.heading("Settings")


def narrows_the_list(visitor: Visitor) -> None:
    page, keys = visitor.page, visitor.page.keyboard
    tab_to(visitor, page.get_by_role("link", name="My accounts"))
    keys.press("Enter")
    visitor.heading("My accounts")
    visitor.settled()
    expect(page.get_by_role("main")).to_be_focused()
    tab_to(visitor, page.get_by_role("searchbox", name="Search accounts"))
    keys.type("0020-inwck")
    page.wait_for_url("**q=0020-inwck**")
    visitor.settled()
    tab_to(visitor, visitor.drop_down("Status"))
    keys.press("ArrowDown")
    keys.type("Single Bill")
    keys.press("Enter")
    page.wait_for_url("**status_group=single_bill**")
    visitor.settled()
    expect(visitor.drop_down("Status")).to_be_focused()


def opens_the_account(visitor: Visitor) -> None:
    tab_to(visitor, visitor.page.get_by_role("button", name="Actions for Client 0020-INWCK"))
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.get_by_role("menuitem", name="Manage account details")).to_be_focused()
    visitor.page.keyboard.press("Enter")
    visitor.heading("Client 0020-INWCK")
    visitor.settled()


def switches_seo_and_back(visitor: Visitor) -> None:
    seo = visitor.page.get_by_role("switch", name="SEO")
    current = seo.is_checked()
    tab_to(visitor, seo)
    for now in (not current, current):
        visitor.page.keyboard.press("Space")
        expect(seo).to_be_checked(checked=now)
        expect(seo).to_be_focused()


def test_the_first_stop_skips_to_the_content(admin: Visitor) -> None:
    admin.page.evaluate("document.activeElement.blur()")
    admin.page.keyboard.press("Tab")
    expect(admin.page.get_by_role("link", name="Skip to the content")).to_be_focused()
    expect(admin.page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    admin.page.keyboard.press("Enter")
    expect(admin.page.get_by_role("main")).to_be_focused()


@pytest.mark.parametrize(
    ("path", "opener", "overlay"),
    [
        ("/accounts?status_group=trial", "More filters", "dialog"),
        ("/accounts?status_group=trial", "Columns", "dialog"),
        ("/accounts?status_group=trial", "Export", "dialog"),
        ("/reports", "Run a Report", "dialog"),
        ("/reports/schedules", "New schedule", "dialog"),
        ("/team", "Invite someone", "dialog"),
        ("/team", re.compile("^Actions for Max"), "menu"),
        ("/imports", "New import", "dialog"),
    ],
)
def test_escape_closes_and_the_focus_returns(
    admin: Visitor, path: str, opener: str | re.Pattern[str], overlay: str
) -> None:
    admin.open(path)
    button = admin.page.get_by_role("button", name=opener).first
    button.focus()
    admin.page.keyboard.press("Enter")
    opened = admin.page.locator(f"[role={overlay}]")
    expect(opened).to_be_visible()
    expect(admin.page.locator(f"[role={overlay}]:focus, [role={overlay}] :focus")).to_have_count(1)
    admin.page.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    expect(button).to_be_focused()
