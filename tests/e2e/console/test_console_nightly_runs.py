"""Operators follow the nightly runs: which were done, which want looking at, and which never began."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.console.nightly_runs import let_pass

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from tests.e2e.console.visitor import Visitor
    from tests.e2e.stack import EmbeddedStack

pytestmark = [pytest.mark.browser, pytest.mark.stack]

SEEN = {
    "Nov 5, 2026": "Done 3 of 3 123 3 0",
    "Nov 4, 2026": "With failures 3 of 3 123 3 2",
    "Nov 3, 2026": "Did not run — — — — — — —",
    "Nov 2, 2026": "Late 2 of 3 123 3 0",
    "Nov 1, 2026": "Late 3 of 3 123 3 0",
    "Oct 31, 2026": "Done 3 of 3 123 3 0",
}


def test_an_operator_sees_how_each_night_stands_and_goes_on_to_earlier_ones(
    visit: Callable[..., Visitor], stack: EmbeddedStack
) -> None:
    let_pass(stack)
    operator = visit("operator", path="partners")
    operator.menu("Nights")
    for night, standing in SEEN.items():
        words = re.sub(r"\s+", r"\\s*", f"{night} {standing}")
        expect(row(operator, night)).to_have_text(re.compile(words))
    expect(row(operator, "Nov 1, 2026")).to_contain_text("1 h 30 min")
    operator.press("Show earlier nights")
    expect(row(operator, "Oct 27, 2026")).to_contain_text("1 min 14 s")
    expect(operator.page.get_by_role("row").filter(has_text="Did not run")).to_have_count(4)
    operator.press("Show earlier nights")
    expect(operator.page.get_by_role("button", name="Show earlier nights")).to_have_count(0)


def row(operator: Visitor, night: str) -> Locator:
    """The row of this night."""
    return operator.page.get_by_role("row", name=re.compile(f"^{night}"))


def test_nights_that_cannot_be_read_are_said_with_a_way_on(visit: Callable[..., Visitor]) -> None:
    operator = visit("operator", path="partners")
    operator.expected.add("net::ERR_FAILED")
    operator.page.route("**/nightly-runs*", lambda route: route.abort())
    operator.menu("Nights")
    operator.sees("Partnerbook cannot be reached")
    operator.page.unroute("**/nightly-runs*")
    operator.page.route("**/nightly-runs*", lambda route: route.fulfill(json={"items": []}))
    operator.press("Try again")
    operator.sees("No night has run yet")


def test_nights_are_the_operators_alone(admin: Visitor) -> None:
    admin.refused(403)
    menu = admin.page.get_by_role("navigation", name="My organization")
    expect(menu.get_by_role("link", name="Nights")).to_have_count(0)
    admin.open("/nightly-runs")
    admin.sees("may not do this")
