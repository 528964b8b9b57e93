"""Changes of many accounts: exactly what is found and shown, by the server, to be followed and taken back."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.console.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]

SINGLE_BILL = "/accounts?status_group=single_bill&account_type=managed"
EARNED = "/bonuses?nab_status=earned"
ROW = re.compile("^Select (?!all)")
LEDGER = re.compile(r"/v1/bonuses(\?|$)")


@pytest.fixture
def operator(visit: Callable[..., Visitor]) -> Visitor:
    visitor = visit("operator", path="partners")
    visitor.press("Act for this partner: Harbour Lane Agency")
    return visitor


def ledger(visitor: Visitor) -> list[dict[str, Any]]:
    """All bonuses of the last twelve months."""
    api = visitor.stack.http("operator", partner_id=visitor.stack.info.partner_id)
    items: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page = api.get(f"/bonuses?limit=200{cursor}").json()
        items += page["items"]
        if "next" not in page:
            return items
        cursor = f"&cursor={page['next']}"


def paid(visitor: Visitor) -> set[str]:
    return {item["account_id"] for item in ledger(visitor) if item["status"] == "paid"}


def found_by_two(bonuses: list[dict[str, Any]]) -> str:
    """Letters that exactly two of those that wait for their payment have."""
    waiting = [item for item in bonuses if item["status"] == "earned"]
    texts = [f"{item['organization']}\n{item['username']}".lower() for item in waiting]
    parts = Counter(part for text in texts for part in {text[at : at + 4] for at in range(len(text) - 3)})
    return next(part for part, number in sorted(parts.items()) if number == 2 and part.isalnum())


def select_all(visitor: Visitor) -> None:
    visitor.page.get_by_role("checkbox", name="Select all rows").click()


def close(visitor: Visitor) -> None:
    visitor.page.get_by_role("dialog").get_by_text("Close", exact=True).click()


def test_d1_a_search_that_shows_two_rows_pays_two_and_one_that_shows_none_offers_nothing(operator: Visitor) -> None:
    bonuses = ledger(operator)
    before, words = paid(operator), found_by_two(bonuses)
    operator.open(f"{EARNED}&q=no-such-account")
    operator.sees("No bonuses here")
    expect(operator.page.get_by_role("button", name="Record payments")).to_have_count(0)
    operator.open(f"{EARNED}&q={words}")
    select_all(operator)
    operator.sees("2 selected · $200.00")
    operator.press("Record payments")
    operator.sees("2 earned bonuses of $200.00 together are recorded as paid.")
    operator.fill(reference="D1-2026")
    operator.press("Record $200.00 as paid")
    operator.sees("Done. 2 changed, 0 already so, 0 refused. Together $200.00.")
    close(operator)
    assert len(paid(operator) - before) == 2
    operator.open(EARNED)
    select_all(operator)
    operator.press("Record payments")
    operator.fill(reference="D1-2026")
    waiting = sum(item["status"] == "earned" for item in ledger(operator))
    record = operator.page.get_by_role("dialog").get_by_role("button", name=re.compile("^Record .* as paid$"))
    expect(record).to_be_disabled()
    operator.sees(f"Type {waiting} to confirm how many")
    operator.page.get_by_label(re.compile("to confirm how many")).fill(str(waiting))
    expect(record).to_be_enabled()


def test_d42_what_was_paid_stands_in_the_paid_list_at_once_and_is_taken_back_after_a_question(
    operator: Visitor,
) -> None:
    chosen = next(item for item in ledger(operator) if item["status"] == "earned")
    operator.open(f"{EARNED}&q={chosen['username']}")
    select_all(operator)
    operator.press("Record payments")
    operator.fill(reference="D42-2026")
    read: list[str] = []
    operator.page.on("request", lambda request: read.append(request.url) if LEDGER.search(request.url) else None)
    operator.press("Record $100.00 as paid")
    operator.sees("Done. 1 changed")
    close(operator)
    operator.sees("No bonuses here")
    operator.choose("NAB status", "Paid")
    void = operator.page.get_by_role("button", name=f"Void the payment of {chosen['organization']}")
    expect(void).to_be_visible()
    assert read == []
    void.click()
    operator.sees("The bonus of $100.00, recorded as paid under D42-2026, will be earned and unpaid again.")
    operator.press("Void the payment")
    operator.sees("Done. 1 changed")
    close(operator)
    operator.sees("No bonuses here")
    assert chosen["account_id"] not in paid(operator)
    assert read == []


def test_a_bulk_change_is_previewed_confirmed_with_its_numbers_and_its_results_stay(admin: Visitor) -> None:
    admin.open(f"{SINGLE_BILL}&add_on=inbox_preview&plan=standard")
    boxes = admin.page.get_by_role("checkbox", name=ROW)
    for place in range(2):
        boxes.nth(place).click()
    names = [str(boxes.nth(place).get_attribute("aria-label")).removeprefix("Select ") for place in range(2)]
    admin.page.get_by_role("region", name="2 selected").get_by_role("button", name="Change").click()
    admin.choose("What to do", "Deactivate an add-on")
    admin.choose("Add-on", "Inbox Preview")
    admin.press("Preview")
    preview = admin.page.get_by_role("region", name="Preview")
    expect(preview).to_contain_text(f"Deactivate an add-on: {names[0]}, {names[1]}")
    expect(preview).to_contain_text("Will change2")
    admin.press("Change 2 accounts")
    admin.sees("Done. 2 changed, 0 already so, 0 refused.")
    with admin.page.expect_download() as download:
        admin.press("Results as CSV")
    assert download.value.path().read_text().count(",changed,") == 2
    admin.page.keyboard.press("Escape")
    for name in names:
        expect(admin.page.get_by_role("checkbox", name=f"Select {name}", exact=True)).to_have_count(0)
    admin.menu("Bulk operations")
    admin.page.get_by_role("link", name="Deactivate an add-on").first.click()
    admin.heading("Deactivate an add-on")
    admin.sees("Done. 2 changed")


def test_a_closed_page_stops_nothing_and_one_lost_request_has_one_effect(admin: Visitor) -> None:
    admin.expected.add("net::ERR_FAILED")
    keys: list[str] = []
    admin.page.on(
        "request",
        lambda request: (
            keys.append(request.headers.get("idempotency-key", ""))
            if request.method == "POST" and request.url.endswith("/bulk-operations")
            else None
        ),
    )
    admin.open(f"{SINGLE_BILL}&add_on=seo&plan=standard")
    admin.page.get_by_role("checkbox", name=ROW).first.click()
    admin.page.get_by_role("region", name="1 selected").get_by_role("button", name="Change").click()
    admin.choose("What to do", "Deactivate an add-on")
    admin.choose("Add-on", "SEO")
    admin.press("Preview")
    admin.page.get_by_role("region", name="Preview").wait_for()
    admin.page.route("**/bulk-operations", lambda route: route.abort(), times=1)
    admin.press("Change 1 account")
    admin.page.get_by_role("region", name="Preview").wait_for(state="detached")
    admin.page.keyboard.press("Escape")
    assert len(keys) == 3
    assert keys[0] != keys[1] == keys[2]
    admin.menu("Bulk operations")
    row = admin.page.get_by_role("row").filter(has_text="Deactivate an add-on").first
    expect(row).to_contain_text("Done")
    expect(row.get_by_role("cell")).to_have_text(["Done", "1", "1", "0", "0", re.compile(".")])
