"""Uploads, rejected rows and previews reach the files' own origin under the deployed policy, and nothing else does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.console.seed_data import IMPORT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Response

    from tests.e2e.console.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]

ASK = """
async (url) => {
  try { return (await fetch(url)).status; } catch (error) { return error.name; }
}
"""


@pytest.fixture
def from_files(admin: Visitor) -> list[Response]:
    """The answers that come from the files' origin."""
    answers: list[Response] = []
    admin.page.on(
        "response", lambda answer: answers.append(answer) if answer.url.startswith(admin.files_origin) else None
    )
    return answers


def methods(answers: list[Response]) -> list[tuple[str, int]]:
    return [(answer.request.method, answer.status) for answer in answers]


@pytest.mark.aws("B3", "B4")
def test_an_import_is_uploaded_and_its_rejected_rows_are_read_from_another_origin(
    admin: Visitor, from_files: list[Response]
) -> None:
    admin.open("/imports")
    admin.press("New import")
    admin.page.get_by_label("CSV file").set_input_files(
        {"name": "accounts.csv", "mimeType": "text/csv", "buffer": IMPORT.encode()}
    )
    admin.press("Upload")
    admin.press("Start the import")
    expect(admin.page.get_by_role("heading", name="Rejected rows")).to_be_visible()
    admin.sees("bad name!")
    assert methods(from_files) == [("POST", 204), ("GET", 200)]
    assert all(answer.headers["access-control-allow-origin"] == admin.stack.place.endpoint for answer in from_files)


@pytest.mark.aws("B3", "B4")
def test_a_report_is_previewed_from_another_origin(admin: Visitor, from_files: list[Response]) -> None:
    run = admin.stack.http("partner_admin").post("/reports", {"report": "all-accounts-summary", "formats": ["html"]})
    admin.expected.add("Blocked script execution in 'about:srcdoc'")
    admin.open(f"/reports/{run.json()['report_run_id']}")
    admin.press("Preview")
    frame = admin.page.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="All Accounts Summary")).to_be_visible()
    assert methods(from_files) == [("GET", 200)]


@pytest.mark.aws("B3")
def test_the_policy_keeps_the_console_from_every_other_host(admin: Visitor) -> None:
    other = admin.stack.info.mailbox_url
    admin.expected |= {"violates the following Content Security Policy", "Fetch API cannot load", "Refused to connect"}
    assert admin.page.evaluate(ASK, other) == "TypeError"
    assert admin.page.evaluate("window.violations") == [f"{other} connect-src"]
    admin.page.evaluate("window.violations = []")


@pytest.mark.aws("B3")
def test_a_page_of_another_origin_cannot_read_a_file_whose_address_it_has(admin: Visitor, browser: Browser) -> None:
    api = admin.stack.http("partner_admin")
    run = api.post("/reports", {"report": "all-accounts-summary", "formats": ["csv"]}).json()
    path = f"/reports/{run['report_run_id']}"
    admin.open(path)
    expect(admin.page.get_by_text("Ready", exact=True).first).to_be_visible()
    url = api.get(path).json()["files"][0]["download"]["url"]
    assert admin.page.evaluate(ASK, url) == 200
    stranger = browser.new_context().new_page()
    stranger.goto(admin.stack.info.mailbox_url)
    assert stranger.evaluate(ASK, url) == "TypeError"
    stranger.context.close()
