"""An HTML report in a browser: it sorts by mouse and by keyboard, fetches nothing, and follows paper and the dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.reports.formats.samples import FUZZ
from tests.unit.reports.formats.writing import written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from chalicelib.reports.table import Row

pytestmark = pytest.mark.browser

ROWS: list[Row] = [
    ("Öst", 9, "2026-08-02"),
    ("apple 10", 1_000, None),
    ("Apple 9", -3, "2023-12-14"),
    (None, None, "2024-02-29"),
    ("Zoo", 10, "2024-02-28"),
]


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The report, opened from a file; whatever it complains of or asks for besides itself fails the test."""
    file = tmp_path / "report.html"
    file.write_bytes(written("html", ROWS))
    context = browser.new_context()
    opened = context.new_page()
    asked, complaints = [], []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(file.as_uri())
    yield opened
    context.close()
    assert (asked, complaints) == ([file.as_uri()], [])


def column(page: Page, number: int) -> list[str]:
    return page.locator(f"tbody td:nth-child({number})").all_text_contents()


def test_a_click_sorts_names_as_people_do_and_another_turns_them_round_with_the_empty_last(page: Page) -> None:
    button = page.get_by_role("button", name="Sort by Organization")
    button.click()
    assert column(page, 1) == ["Apple 9", "apple 10", "Öst", "Zoo", ""]
    assert page.get_by_role("columnheader", name="Organization").get_attribute("aria-sort") == "ascending"
    button.click()
    assert column(page, 1) == ["Zoo", "Öst", "apple 10", "Apple 9", ""]
    assert page.get_by_role("status").text_content() == "Organization: descending"


def test_the_keyboard_sorts_numbers_as_numbers_and_keeps_its_place(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert column(page, 2) == ["-3", "9", "10", "1000", ""]
    page.keyboard.press("Space")
    assert column(page, 2) == ["1000", "10", "9", "-3", ""]
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Sort by List size"


def test_days_are_sorted_and_rows_stay_whole(page: Page) -> None:
    page.get_by_role("button", name="Sort by Created").click()
    assert column(page, 3) == ["2023-12-14", "2024-02-28", "2024-02-29", "2026-08-02", ""]
    assert column(page, 1) == ["Apple 9", "Zoo", "", "Öst", "apple 10"]


def test_paper_has_the_whole_table_without_its_buttons(page: Page) -> None:
    page.emulate_media(media="print")
    assert not page.get_by_role("button").first.is_visible()
    assert page.locator(".rows").evaluate("rows => rows.scrollHeight <= rows.clientHeight")


def test_the_dark_has_light_letters_on_a_dark_page(page: Page) -> None:
    light = page.locator("html").evaluate("html => getComputedStyle(html).backgroundColor")
    page.emulate_media(color_scheme="dark")
    dark, ink = page.locator("html").evaluate(
        "html => [getComputedStyle(html).backgroundColor, getComputedStyle(html).color]"
    )
    assert (light, dark, ink) == ("rgb(255, 255, 255)", "rgb(20, 24, 30)", "rgb(230, 234, 240)")


def test_hostile_texts_stay_texts(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_bytes(written("html", FUZZ))
    opened = browser.new_page()
    opened.on("dialog", lambda _: pytest.fail("A text of the data ran."))
    opened.goto(file.as_uri())
    assert len(column(opened, 1)) == len(FUZZ)
    assert opened.locator("td *").count() == 0
    opened.close()
