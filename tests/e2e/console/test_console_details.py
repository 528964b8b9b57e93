"""What is offered can be done, what is asked names whom it is about, and texts say what is so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.console.seed_data import change, done, first

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from infra.local.api import Api
    from tests.e2e.console.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]

CLOCK = """(() => {
  const now = Date.now;
  Date.now = () => now() + 75_000;
  window.open = (url) => { window.opened = url; };
})();"""
"""A machine whose clock is 75 seconds ahead."""


def test_d5_the_sign_in_link_counts_from_the_answer_and_closes_once_it_is_used(admin: Visitor) -> None:
    admin.page.evaluate(CLOCK)
    admin.open("/accounts?status_group=single_bill&account_type=managed")
    admin.page.get_by_role("button", name=re.compile("^Log in: ")).first.click()
    dialog = admin.page.get_by_role("dialog", name=re.compile("^Log in to Client"))
    expect(dialog.get_by_role("progressbar")).to_have_attribute("aria-valuetext", re.compile("^(60|5[0-9]) seconds"))
    dialog.get_by_role("button", name="Open the account").click()
    expect(dialog).to_have_count(0)
    assert "/sign-in#token=" in admin.page.evaluate("window.opened")


def test_d6_d14_what_would_be_refused_is_disabled_with_the_reason(admin: Visitor) -> None:
    api = admin.stack.http("partner_admin")
    admin.open("/accounts?status_group=open&account_type=referred")
    admin.page.get_by_role("button", name=re.compile("^Actions for")).first.click()
    for name in ("Change plan", "Cancel account"):
        item = admin.page.get_by_role("menuitem", name=name)
        expect(item).to_be_disabled()
        expect(item).to_contain_text("its client decides this inside the account")
    admin.page.keyboard.press("Escape")

    admin.open("/accounts?status_group=cancelled&account_type=managed")
    expect(admin.page.get_by_role("button", name=re.compile("^Log in: "))).to_have_count(0)
    admin.page.get_by_role("button", name=re.compile("^Actions for")).first.click()
    item = admin.page.get_by_role("menuitem", name="Log in to the account")
    expect(item).to_be_disabled()
    expect(item).to_contain_text("give it a paid plan to reactivate it first")
    expect(admin.page.get_by_role("menuitem", name="Reactivate account")).to_be_enabled()
    admin.page.keyboard.press("Escape")

    admin.open(f"/accounts/{first(api, 'status=C&account_type=managed')}")
    for name in ("Log in", "Ask for professional services"):
        expect(admin.page.get_by_role("main").get_by_text(name, exact=True)).to_have_count(0)


def test_d7_every_dialog_names_its_account_and_shows_what_it_changes(admin: Visitor) -> None:
    account = paid(admin.stack.http("partner_admin"))
    name = account["organization"]
    admin.open(f"/accounts/{account['account_id']}")
    for entry, title in (
        ("Change billing", f"Change the billing of {name}"),
        ("Cancel account", f"Cancel {name}"),
        ("Make it a referred account", f"Make {name} a referred account?"),
        ("Change plan", f"Change the plan of {name}"),
    ):
        choose_action(admin, entry)
        dialog = opened(admin, title)
        admin.page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)

    choose_action(admin, "Change plan")
    dialog = opened(admin, f"Change the plan of {name}")
    expect(dialog).to_contain_text("Plan: Standard")
    expect(dialog).not_to_contain_text("first paid plan")
    expect(dialog.get_by_role("radio", checked=True)).to_have_count(0)
    dialog.get_by_role("button", name="Change plan").click()
    expect(dialog).to_contain_text("Choose one.")
    dialog.locator("label").filter(has_text="Lite").click()
    expect(dialog).to_contain_text("Standard → Lite")
    expect(dialog).to_contain_text("Downgrade")


def test_d8_grave_acts_are_asked_for_with_what_they_cost_and_do(visit: Callable[..., Visitor]) -> None:
    operator, admin = visit("operator", path="partners"), visit("partner_admin")
    operators, api = operator.stack.http("operator"), admin.stack.http("partner_admin")
    account = paid(api)
    asked = {"account_id": account["account_id"], "kind": "consulting", "brief": "A plan for the spring."}
    request = done(api.post("/service-requests", asked))["service_request_id"]
    change(operators, "PATCH", f"/service-requests/{request}", {"quote": 45_000})
    admin.open("/services")
    admin.row_menu(f"the request of {account['organization']}", "Accept the quote")
    dialog = opened(admin, f"Accept the quote of $450.00: {account['organization']}")
    expect(dialog).to_contain_text("The work is ordered, and it costs you $450.00.")
    assert done(api.get(f"/service-requests/{request}"))["status"] == "quoted"
    dialog.get_by_role("button", name="Accept the quote of $450.00").click()
    admin.reported("The request has been changed.")
    assert done(api.get(f"/service-requests/{request}"))["status"] == "accepted"

    operator.press("Act for this partner: Harbour Lane Agency")
    operator.open(f"/accounts/{account['account_id']}")
    operator.press("Set a hold: Balance due")
    dialog = opened(operator, f"Set the hold “Balance due” on {account['organization']}?")
    expect(dialog).to_contain_text("SMS can’t be used until the hold is lifted")
    operator.fill(reason="Invoice 4711 is 60 days overdue.")
    dialog.get_by_role("button", name="Set a hold").click()
    operator.reported("The hold has been set.")
    operator.press("Lift Balance due")
    opened(operator, f"Lift the hold “Balance due” from {account['organization']}?")
    operator.page.get_by_role("alertdialog").get_by_role("button", name="Lift Balance due").click()
    operator.reported("The hold has been lifted.")
    admin.open(f"/accounts/{account['account_id']}")
    expect(admin.section("History")).to_contain_text("Reason: Invoice 4711 is 60 days overdue.")


def test_d27_the_history_is_told_in_the_words_of_the_forms_and_filtered_by_person_and_kind(admin: Visitor) -> None:
    api = admin.stack.http("partner_admin")
    account = paid(api)
    done(api.post("/reports", {"report": "all-accounts-summary", "formats": ["csv"]}))
    admin.open("/audit")
    table = admin.page.get_by_role("table")
    imported = table.get_by_role("row").filter(has_text="Accounts imported")
    expect(imported.first).to_contain_text("Accounts created: ")
    assert imported.count() < 5
    run = table.get_by_role("row").filter(has_text="Report run").first
    expect(run).not_to_contain_text("changed")
    admin.choose("What", "Account created")
    admin.settled()
    expect(table.get_by_role("row").nth(1)).to_contain_text("Account created")
    expect(table.get_by_text("Report run")).to_have_count(0)
    admin.choose("Who", "Ada Harbour")
    admin.settled()
    assert "who=" in admin.page.url
    expect(table.get_by_role("row").nth(1)).to_contain_text("Ada Harbour")
    assert done(api.get(f"/audit?account_id={account['account_id']}"))["items"][-1]["kind"] == "account.created"


def test_d29_d30_d31_counts_headings_and_words_are_us_english(admin: Visitor) -> None:
    account = paid(admin.stack.http("partner_admin"))
    admin.open(f"/accounts?q={account['username']}")
    expect(admin.page.get_by_text(re.compile(r"^1 accounts"))).to_have_count(0)
    admin.open("/reports")
    expect(admin.page.get_by_role("columnheader", name="Contents")).to_be_visible()
    expect(admin.page.get_by_role("columnheader", name="Holds")).to_have_count(0)
    admin.open("/reports/deliveries")
    expect(admin.page.get_by_text("What happened")).to_have_count(0)
    expect(admin.page.get_by_text("As the system")).to_have_count(0)


def test_d39_a_notice_waits_while_it_is_read_and_covers_no_row_s_buttons(admin: Visitor) -> None:
    admin.page.clock.install()
    admin.press("Save")
    admin.reported("The settings have been saved.")
    notice = admin.page.locator("[data-notice]")
    notice.hover()
    admin.page.clock.run_for(20_000)
    expect(notice).to_have_count(1)
    box = notice.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] < 1280 - 300
    admin.page.mouse.move(5, 5)
    admin.page.clock.run_for(8_000)
    expect(notice).to_have_count(0)


def choose_action(visitor: Visitor, entry: str) -> None:
    """Choose what to do with the account of this page."""
    visitor.page.get_by_role("button", name="Account actions").click()
    visitor.page.get_by_role("menuitem", name=entry).click()


def paid(api: Api) -> dict[str, str]:
    """An open account of the first partner that has paid before."""
    found = done(api.get("/accounts?q=names_its_account"))["items"]
    owner = {"first_name": "Nan", "last_name": "Name", "email": "nan@named.example"}
    body = {"username": "names_its_account", "organization": "Named Company", "plan": "standard", "owner": owner}
    account: dict[str, str] = found[0] if found else done(api.post("/accounts", body))
    return account


def opened(visitor: Visitor, title: str) -> Locator:
    """The dialog of this title."""
    dialogs = visitor.page.get_by_role("dialog", name=title, exact=True)
    dialog = dialogs.or_(visitor.page.get_by_role("alertdialog", name=title, exact=True))
    expect(dialog).to_be_visible()
    return dialog
