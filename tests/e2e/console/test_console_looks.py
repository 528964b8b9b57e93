"""Every page in light and dark, at 360 and 1,280 px: no axe violation, nothing too wide; and its pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.e2e.console.visitor import HEIGHT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.console.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]

ROOT = Path(__file__).parents[3]
AXE = (ROOT / "console/node_modules/axe-core/axe.min.js").read_text
PICTURES = ROOT / "docs/console"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = [("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360)]
PICTURED = {("light", 1280), ("dark", 360)}

PARTNER_PAGES = {
    "dashboard": "/",
    "accounts": "/accounts",
    "accounts-none-found": "/accounts?q=nothing-of-that-name",
    "new-account": "/accounts/new",
    "export": "/accounts?standing=trial&open=export",
    "reports": "/reports",
    "generate-report": "/reports?generate=managed-account-details",
    "schedules": "/reports/schedules",
    "deliveries": "/reports/deliveries",
    "bonuses": "/bonuses",
    "departures": "/departures",
    "imports": "/imports",
    "invite": "/invite",
    "services": "/services",
    "team": "/team",
    "settings": "/settings",
    "history": "/audit",
    "missing": "/nothing-here",
}
OPERATOR_PAGES = {"partners": "/partners", "sms-reviews": "/sms-reviews"}


def violations(visitor: Visitor) -> list[str]:
    """What axe says, and whether the page is wider than the window."""
    found: dict[str, Any] = visitor.page.evaluate(
        "tags => axe.run(document, { runOnly: tags }).then(({ violations }) => ({ violations,"
        " wide: document.documentElement.scrollWidth - innerWidth }))",
        TAGS,
    )
    told = [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found["violations"]]
    return told + ([f"{found['wide']} px too wide"] if found["wide"] > 0 else [])


def look_at(visitor: Visitor, name: str) -> list[str]:
    """The page as it stands, in every look; pictures of two of them are kept."""
    visitor.page.evaluate(AXE())
    told: list[str] = []
    for scheme, width in LOOKS:
        visitor.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        visitor.page.set_viewport_size({"width": width, "height": HEIGHT})
        visitor.page.wait_for_timeout(250)
        told += [f"{name} {scheme} {width}: {each}" for each in violations(visitor)]
        if (scheme, width) in PICTURED:
            visitor.page.screenshot(path=PICTURES / f"{name}-{scheme}-{width}.png", animations="disabled")
    visitor.page.set_viewport_size({"width": 1280, "height": HEIGHT})
    return told


def test_the_sign_in_page_is_accessible_in_every_look(visit: Callable[..., Visitor]) -> None:
    visitor = visit(signed_in=False)
    visitor.heading("Sign in")
    assert look_at(visitor, "sign-in") == []


def test_every_page_of_a_partner_is_accessible_in_every_look(admin: Visitor) -> None:
    told: list[str] = []
    for name, path in PARTNER_PAGES.items():
        admin.open(path)
        told += look_at(admin, name)
    assert told == []


def test_every_page_of_an_operator_is_accessible_in_every_look(visit: Callable[..., Visitor]) -> None:
    operator = visit("operator")
    told: list[str] = []
    for name, path in OPERATOR_PAGES.items():
        operator.open(path)
        told += look_at(operator, name)
    assert told == []


def test_one_account_its_menus_and_its_dialogs_are_accessible_in_every_look(admin: Visitor) -> None:
    admin.open("/accounts?standing=single_bill&account_type=managed")
    admin.row_menu("Client 0014-BMAQU", "Manage account details")
    admin.heading("Client 0014-BMAQU")
    admin.settled()
    told = look_at(admin, "account")
    admin.page.get_by_role("region", name="Add-ons").scroll_into_view_if_needed()
    told += look_at(admin, "account-add-ons")
    admin.page.get_by_role("link", name="SMS registration").first.click()
    admin.settled()
    told += look_at(admin, "sms-registration")
    admin.page.go_back()
    admin.settled()
    for action, name in (("Change plan", "change-plan"), ("Cancel account", "cancel-account")):
        admin.press("Account actions")
        admin.page.get_by_role("menuitem", name=action).click()
        told += look_at(admin, name)
        admin.page.keyboard.press("Escape")
    assert told == []


def test_a_report_s_page_is_accessible_in_every_look(admin: Visitor) -> None:
    admin.open("/reports?generate=all-accounts-summary")
    admin.check("HTML")
    admin.press("Generate Report")
    expect(admin.section("Files")).to_be_visible()
    admin.press("Preview")
    admin.settled()
    assert look_at(admin, "report") == []
