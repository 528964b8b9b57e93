"""What the platform's staff do over all partners: their queues, and acting for one partner at a time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.console.seed_data import REGISTRATION, change, done

if TYPE_CHECKING:
    from collections.abc import Callable

    from infra.local.api import Api
    from tests.e2e.console.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]

SINGLE_BILL = "status=O&account_type=managed&billing_mode=single_bill"


def registered(admin: Api, name: str, skip: int) -> str:
    """Hand in a registration of an account of the sample that has none; gives the account's id."""
    accounts = done(admin.get(f"/accounts?{SINGLE_BILL}&add_on=sms&limit=60"))["items"]
    free = [item for item in accounts if item["add_ons"]["sms"]["registration"] == "not_started"]
    path = f"/accounts/{free[skip]['account_id']}"
    change(admin, "PUT", f"{path}/sms-registration", {**REGISTRATION, "legal_business_name": name})
    done(admin.post(f"{path}/sms-registration/submission"))
    return str(free[skip]["account_id"])


def acting_for(operator: Visitor, partner: str) -> None:
    """Choose a partner where a page asks for one; that page then is the partner's."""
    operator.heading("Choose a partner")
    operator.press(f"Act for this partner: {partner}")
    operator.settled()


def test_d24_a_review_keeps_its_decision_in_sight_and_leads_to_the_next_in_the_queue(
    visit: Callable[..., Visitor],
) -> None:
    operator = visit("operator")
    admin = operator.stack.http("partner_admin")
    for skip, name in ((21, "First in Line Inc."), (20, "Second in Line Inc.")):
        registered(admin, name, skip)
    acting_for(operator, "Quiet Street Studio")
    banner = operator.section("Acting for a partner")
    expect(banner).to_contain_text("Quiet Street Studio")
    operator.menu("SMS reviews")
    operator.page.get_by_role("link", name="Review: First in Line Inc.").click()
    operator.sees("First in Line Inc., an account of Harbour Lane Agency.")
    operator.sees("What you decide here is decided for Harbour Lane Agency.")
    expect(banner).to_contain_text("Quiet Street Studio")
    approve = operator.section("Review").get_by_role("button", name="Approve")
    expect(approve).to_be_in_viewport(ratio=1)
    approve.click()
    operator.reported("The registration has been approved.")
    operator.sees("Second in Line Inc., an account of Harbour Lane Agency.")
    expect(operator.section("Review")).to_contain_text("in the queue")
    operator.page.get_by_role("link", name="SMS reviews").last.click()
    operator.heading("SMS reviews")
    expect(operator.page.get_by_role("link", name="Review: First in Line Inc.")).to_have_count(0)
    expect(operator.page.get_by_role("link", name="Review: Second in Line Inc.")).to_be_visible()
    expect(banner).to_contain_text("Quiet Street Studio")


def test_an_operator_s_banner_names_the_partner_on_every_page_and_has_a_way_out(visit: Callable[..., Visitor]) -> None:
    operator = visit("operator")
    banner = operator.section("Acting for a partner")
    expect(banner).to_have_count(0)
    acting_for(operator, "Harbour Lane Agency")
    operator.page.emulate_media(forced_colors="active")
    for page in ("Team", "Nights", "Partners"):
        operator.menu(page)
        expect(banner).to_contain_text("You act for Harbour Lane Agency")
    operator.menu("Team")
    operator.press("Stop acting for them")
    operator.heading("Partners")
    expect(banner).to_have_count(0)


def test_a_partner_s_own_people_see_no_banner(admin: Visitor) -> None:
    expect(admin.section("Acting for a partner")).to_have_count(0)


def test_requests_of_all_partners_are_quoted_from_the_queue_one_after_the_other(visit: Callable[..., Visitor]) -> None:
    operator = visit(signed_in=False, path="service-queue")
    admin = operator.stack.http("partner_admin")
    accounts = done(admin.get(f"/accounts?{SINGLE_BILL}&limit=30"))["items"][-2:]
    for account in accounts:
        asked = {"account_id": account["account_id"], "kind": "consulting", "brief": f"For {account['organization']}."}
        done(admin.post("/service-requests", asked))
    operator.sign_in(operator.stack.info.user("operator"))
    entry = operator.page.get_by_role("listitem").filter(has=operator.page.get_by_role("link", name="Service queue"))
    expect(entry).to_contain_text("waiting")
    waiting = int(re.findall(r"(\d+) waiting", entry.inner_text().replace("\n", " "))[0])
    assert waiting >= 2
    first, second = (account["organization"] for account in accounts)
    operator.page.get_by_role("link", name=f"Open: {first}").click()
    operator.sees(f"For {first}.")
    operator.press("Quote")
    operator.fill(quote="300")
    operator.press("Save")
    operator.reported("The quote has been sent to the partner.")
    operator.sees(f"For {second}.")
    expect(operator.section("Decision")).to_contain_text(re.compile(r"\d+ of \d+ in the queue"))
    expect(entry).to_contain_text(f"{waiting - 1} waiting")


def test_the_overview_of_all_partners_has_the_figures_of_each(visit: Callable[..., Visitor]) -> None:
    operator = visit(signed_in=False, path="overview")
    operator.sign_in(operator.stack.info.user("operator"))
    operator.heading("All partners")
    total = done(operator.stack.http("partner_admin").get("/summary"))["total"]["total"]
    row = operator.page.get_by_role("row").filter(has_text="Harbour Lane Agency")
    expect(row).to_contain_text(f"{total:,}")
    expect(row).to_contain_text("new,")
    expect(operator.page.get_by_role("row").filter(has_text="Quiet Street Studio")).to_contain_text("0 open")
    row.get_by_role("button", name="Act for this partner: Harbour Lane Agency").click()
    expect(operator.section("Acting for a partner")).to_contain_text("Harbour Lane Agency")
