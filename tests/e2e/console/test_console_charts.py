"""Charts that can be questioned: an axis, figures on hover and on focus, and a way to the rows behind each bar."""

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


def ticks(chart: Locator) -> list[int]:
    """The numbers at its axis."""
    texts = chart.locator("[aria-hidden] > span").all_inner_texts()
    return [int(text.replace(",", "")) for text in texts if re.fullmatch(r"[\d,]+", text)]


def test_d46_bonuses_by_month_have_an_axis_say_their_figures_and_lead_to_their_rows(admin: Visitor) -> None:
    page = admin.page
    admin.open("/bonuses")
    chart = page.get_by_role("group", name="By month")
    bars = chart.get_by_role("link")
    figures = page.get_by_role("region", name="By month: the figures")
    assert bars.count() == figures.get_by_role("row").count() - 1
    scale = ticks(chart)
    assert scale[0] == 0
    assert len(scale) >= 2
    bars.last.hover()
    expect(page.get_by_role("tooltip")).to_contain_text("to be paid")
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_have_count(0)
    bars.nth(1).focus()
    page.keyboard.press("Shift+Tab")
    tip = page.get_by_role("tooltip").inner_text()
    assert tip == bars.first.get_attribute("aria-label")
    admin.sees("Scroll the table for more rows.")
    figures.evaluate("(frame) => frame.scrollTo(0, frame.scrollHeight)")
    expect(page.get_by_text("Scroll the table for more rows.")).to_have_count(0)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"\?nab_status=(earned|paid)&month=\d{4}-\d\d$"))


def test_d46_departures_by_week_lead_to_their_rows(admin: Visitor) -> None:
    page = admin.page
    admin.open("/departures")
    bar = page.get_by_role("group", name="By week").get_by_role("link").last
    bar.hover()
    tip = page.get_by_role("tooltip").inner_text()
    count = sum(int(number.replace(",", "")) for number in re.findall(r"([\d,]+) (?:canceled|moved)", tip))
    bar.click()
    admin.settled()
    expect(page.get_by_text(re.compile(rf"^{count:,} of "))).to_be_visible()
    page.get_by_role("button", name=re.compile("Remove filter: From")).click()
    assert page.url.endswith("/departures")


def test_d36_a_dashboard_without_departures_says_so_in_words(visit: Callable[..., Visitor]) -> None:
    second = visit("partner_admin", second=True)
    second.open("/")
    section = second.section("Departures")
    expect(section).to_contain_text("No account has canceled or moved out in the last 90 days.")
    expect(section).not_to_contain_text("Most given reasons")
    expect(section.get_by_role("link")).to_have_count(0)
