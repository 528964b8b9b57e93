"""Who gets a partner's mail: asked to confirm by a mail, confirming by its button, and what the settings say of it."""

from __future__ import annotations

import re
import time
import uuid
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.e2e.console.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]

PATIENCE = 60
PENDING = "Waiting for confirmation; gets no other mail until then"


@pytest.fixture
def outsider(admin: Visitor) -> Iterator[str]:
    """An address outside the team that the settings name; they are as before in the end."""
    api = admin.stack.http("partner_admin")
    address = f"{uuid.uuid4().hex[:8]}@books.example"
    before = api.get("/settings").json()["recipients"]
    admin.page.locator("[name=recipients]").fill("\n".join([*before, address]))
    admin.press("Save")
    admin.reported("The settings have been saved.")
    yield address
    version = api.get("/settings").json()["version"]
    assert api.patch("/settings", {"recipients": before}, If_Match=f'"{version}"').status == 200


def confirmation_links(visitor: Visitor, address: str, count: int) -> list[str]:
    """The links to confirm by that were mailed to this address, once there are so many."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        texts = [mail["text"] for mail in visitor.stack.mails() if mail["to"] == address]
        found = re.findall(r"\S+/recipient-confirmations/\S+", "\n".join(texts))
        if len(found) >= count:
            return found
        time.sleep(0.2)
    return pytest.fail(f"{address} was not asked to confirm {count} times.")


def test_a_recipient_outside_the_team_is_asked_again_and_confirms_by_the_mail_s_button(
    visit: Callable[..., Visitor], admin: Visitor, outsider: str
) -> None:
    states = admin.section("Who gets this mail")
    row = states.locator("dl > div").filter(has_text=outsider)
    expect(row).to_contain_text(PENDING)
    confirmation_links(admin, outsider, 1)
    admin.press(f"Ask {outsider} to confirm again")
    admin.reported(f"{outsider} gets a link to confirm.")
    link = confirmation_links(admin, outsider, 2)[0]
    reader = admin.context.new_page()
    reader.goto(link)
    expect(reader.get_by_role("heading", name="Get mail from Harbour Lane Agency?")).to_be_visible()
    reader.get_by_role("button", name="Confirm").click()
    expect(reader.get_by_role("heading", name="Confirmed")).to_be_visible()
    reader.close()
    admin.menu("History")
    admin.sees("Recipient confirmed")
    admin.sees("Recipient asked to confirm again")
    expect(admin.page.get_by_text("recipient.confirmed")).to_have_count(0)
    colleague = visit("partner_admin")
    row = colleague.section("Who gets this mail").locator("dl > div").filter(has_text=outsider)
    expect(row).to_contain_text("Gets mail")
    expect(row.get_by_role("button")).to_have_count(0)
