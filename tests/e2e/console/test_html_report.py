"""An HTML report in a browser: it sorts by mouse and by keyboard, fetches nothing, and follows paper and the dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chalicelib.reports.table import Bar, Chart, Front, Table
from chalicelib.reports.types import all_accounts_summary, managed_account_details
from tests.e2e.console.accessibility import AXE
from tests.unit.reports.formats.samples import DETAILS_ROW, FUZZ, HEADING
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
    assert column(page, 2) == ["-3", "9", "10", "1,000", ""]
    page.keyboard.press("Space")
    assert column(page, 2) == ["1,000", "10", "9", "-3", ""]
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


def test_d44_a_telephone_shows_every_column(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    opened = context.new_page()
    narrow = Table(HEADING, all_accounts_summary.COLUMNS)
    wide = Table(HEADING, managed_account_details.COLUMNS)
    for table, row in ((narrow, ("Expired trials", 12_345, 12_345, 24_690)), (wide, DETAILS_ROW)):
        file = tmp_path / "report.html"
        file.write_bytes(written("html", [row] * 3, table=table, total=row))
        opened.goto(file.as_uri())
        rows = opened.locator(".rows")
        assert rows.evaluate("rows => rows.scrollWidth <= rows.clientWidth")
        for cell in opened.locator("tbody tr").first.locator("td").all():
            box = cell.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 360
    titles = opened.locator("tbody tr").first.locator("td").evaluate_all(
        "cells => cells.map(cell => getComputedStyle(cell, '::before').content)"
    )
    assert titles == [f'"{column.title}"' for column in managed_account_details.COLUMNS]
    context.close()


def test_axe_finds_no_violation_wide_or_narrow(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    front = Front((Bar("Total", 5),), (Chart("Reasons", (Bar("Cost", 3), Bar("Move out", 2))),))
    file.write_bytes(written("html", ROWS, front=front, total=("Total", 1_016, None), notes=("Late.",)))
    context = browser.new_context(bypass_csp=True)
    opened = context.new_page()
    opened.goto(file.as_uri())
    opened.add_script_tag(path=str(AXE))
    for width in (1280, 360):
        opened.set_viewport_size({"width": width, "height": 800})
        found = opened.evaluate("axe.run().then(({ violations }) => violations.map(({ id }) => id))")
        assert found == []
    context.close()
