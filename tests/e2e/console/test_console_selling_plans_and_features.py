"""The flows of "Partners: How to sell product plans and features", step by step on the console."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.console.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]

SINGLE_BILL, DIRECT, REFERRED = "billed-together", "billed-directly", "referred-by-us"


def account(visitor: Visitor, username: str, **changes: str) -> str:
    """An account of the first partner with this username, made by the API; its id."""
    api = visitor.stack.http("partner_admin")
    body = {
        "username": username,
        "organization": f"The {username} company",
        "plan": "standard",
        "owner": {"first_name": "Kim", "last_name": "Own", "email": f"{username}@example.com"},
        **changes,
    }
    found = api.get(f"/accounts?q={username}").json()["items"]
    made = found[0] if found else api.post("/accounts", body).json()
    return str(made["account_id"])


def test_for_managed_client_accounts_create_a_new_account(admin: Visitor) -> None:
    admin.menu("My accounts")
    admin.page.get_by_role("link", name="New account").click()
    admin.heading("New account")
    admin.fill(username="bad name!", organization="Lighthouse Bakery", owner__email="lena@lighthouse.example")
    admin.fill(owner__first_name="Lena", owner__last_name="Light")
    admin.page.get_by_label(re.compile("Username")).fill("lighthouse_bakery")
    admin.check("Standard")
    admin.press("Create account")
    admin.heading("Lighthouse Bakery")
    expect(admin.section("Plan, billing and holds")).to_contain_text("Single bill")
    expect(admin.section("Plan, billing and holds")).to_contain_text("day 0 of 95")


def test_a_username_that_is_taken_is_said_at_its_field_and_nothing_is_lost(admin: Visitor) -> None:
    admin.open("/accounts/new")
    admin.refused(409)
    admin.fill(username="0002-ORFBO", organization="Twice Ltd", owner__email="twice@example.com")
    admin.press("Create account")
    username = admin.page.locator("[name=username]")
    expect(username).to_have_accessible_description(re.compile("The username 0002-ORFBO is taken"))
    expect(username).to_be_focused()
    expect(admin.page.locator("[name=organization]")).to_have_value("Twice Ltd")


def test_for_referred_client_accounts_customize_and_share_the_invite_link(admin: Visitor) -> None:
    admin.menu("Invite link")
    admin.fill(slug="harbour-lane", greeting="Come aboard: your first campaign is on us.")
    admin.press("Save")
    admin.reported("The invite has been saved.")
    expect(admin.section("Invite link").locator("code")).to_have_text(re.compile("/harbour-lane$"))
    admin.press("Copy invite link")
    admin.reported("Invite link copied.")
    expect(admin.page.get_by_role("img", name="QR code of the invite link")).to_be_visible()

    visits = int(admin.section("Invite link").locator("dd").first.inner_text())
    admin.stack.public().post("/invites/harbour-lane/visits")
    admin.page.reload()
    admin.settled()
    expect(admin.section("Invite link").locator("dd").first).to_have_text(str(visits + 1))


def test_add_ons_for_managed_client_accounts_on_the_single_bill(admin: Visitor) -> None:
    # 1. From the MY ORGANIZATION menu on the left-hand side, click Accounts > My accounts.
    expect(admin.page.get_by_role("button", name="Accounts", exact=True)).to_have_attribute("aria-expanded", "true")
    admin.menu("My accounts")
    # 2. Narrow your account search by "Single Bill" from Status and "Managed" from Account type.
    admin.choose("Status", "Single Bill")
    admin.choose("Account type", "Managed")
    admin.settled()
    assert "status_group=single_bill&account_type=managed" in admin.page.url
    # 3. Click the three dots to expand the menu and select Manage account details.
    admin.row_menu("Client 0020-INWCK", "Manage account details")
    admin.heading("Client 0020-INWCK")
    # 4. Scroll to the Add-ons section at the bottom of the page and activate or deactivate the add-on.
    sections = admin.page.locator("main section[aria-label]")
    expect(sections.last).to_have_attribute("aria-label", "Add-ons")
    seo = admin.page.get_by_role("switch", name="SEO")
    current = seo.is_checked()
    for now in (not current, current):
        admin.section("Add-ons").locator("label").filter(has_text="SEO").click()
        expect(seo).to_be_checked(checked=now)
        admin.reported("SEO is active." if now else "SEO has been deactivated.")
    # Note: Newsletter Archive is included free in the Premium plan.
    admin.sees("Included in Premium")
    expect(admin.page.get_by_role("switch", name="Newsletter Archive")).to_have_count(0)


def test_after_adding_sms_a_single_bill_account_needs_its_own_registration(visit: Callable[..., Visitor]) -> None:
    admin = visit("partner_admin")
    account_id = account(admin, SINGLE_BILL)
    admin.open(f"/accounts/{account_id}")
    admin.section("Add-ons").locator("label").filter(has_text="SMS").click()
    admin.sees("Complete the SMS registration before sending messages.")
    admin.page.get_by_role("link", name="Start SMS registration").click()
    admin.heading("SMS registration")
    admin.refused(422)
    admin.fill(legal_business_name="Billed Together Inc.", contact_email="kim@gmail.com")
    admin.press("Submit for review")
    admin.sees("is needed, not at a free mailbox provider")
    admin.fill(contact_email="kim@together.example")
    admin.press("Submit for review")
    admin.sees("This is needed: the US state, two letters.")
    admin.sees("This is needed: the type of business.")
    expect(admin.page.locator("[name=legal_business_name]")).to_have_value("Billed Together Inc.")
    fill_registration(admin)
    admin.press("Submit for review")
    admin.reported("The registration has been submitted.")
    expect(admin.page.locator("[aria-current=step]")).to_have_text(re.compile("Submitted"))

    operator = visit("operator")
    operator.menu("SMS reviews")
    operator.page.get_by_role("link", name="Review: Billed Together Inc.").click()
    operator.press("Approve")
    operator.reported("The registration has been approved.")
    admin.open(f"/accounts/{account_id}")
    admin.page.reload()
    admin.settled()
    expect(admin.section("Add-ons")).to_contain_text("Ready to use.")


def fill_registration(visitor: Visitor) -> None:
    """Everything that a business in the US has to say."""
    visitor.fill(ein="12-3456789", street="1 Quay Street", city="Portland", zip_code="04101")
    visitor.fill(website="https://together.example", privacy_policy_url="https://together.example/privacy")
    visitor.fill(terms_url="https://together.example/terms", contact_name="Kim Own", contact_phone="+1 207 555 0100")
    visitor.fill(contact_email="kim@together.example", sender_name="Together")
    visitor.fill(sample_message="Together: fresh bread at 7. Reply STOP to opt out.")
    visitor.choose("Business type", "Private company")
    visitor.choose("State", "Maine")
    visitor.choose("How people opt in", "On a web form")
    visitor.choose("Use case", "Marketing")


def test_add_ons_for_managed_client_accounts_not_on_the_single_bill(admin: Visitor) -> None:
    account(admin, DIRECT, billing_mode="direct")
    admin.menu("My accounts")
    admin.choose("Status", "Active")
    admin.choose("Account type", "Managed")
    admin.search(DIRECT)
    # 3. Click the Login button next to the account you want to enable with an add-on.
    admin.press(f"Log in: The {DIRECT} company")
    admin.sees("It works once, within 60 seconds")
    expect(admin.page.get_by_role("button", name="Open the account")).to_be_visible()
    admin.page.keyboard.press("Escape")
    admin.row_menu(f"The {DIRECT} company", "Manage account details")
    expect(admin.page.get_by_role("switch", name="SEO")).to_be_disabled()
    admin.sees("This account is billed directly: log in to the account and change the add-on there.")


def test_referred_clients_purchase_add_ons_inside_their_own_account(admin: Visitor) -> None:
    admin.menu("My accounts")
    admin.choose("Status", "Open")
    admin.choose("Account type", "Referred")
    admin.settled()
    admin.page.get_by_role("link", name=re.compile("^Client")).first.click()
    admin.sees("This is a referred account: its client activates and deactivates add-ons inside the account.")
    for name in ("SMS", "SEO", "Inbox Preview"):
        expect(admin.page.get_by_role("switch", name=name)).to_be_disabled()
    admin.section("Permission to manage").get_by_role("button", name="Request permission").click()
    admin.page.get_by_role("alertdialog").get_by_role("button", name="Request permission").click()
    admin.reported("The client has been asked for permission.")
    admin.section("Permission to manage").get_by_role("button", name="Withdraw the request").click()
    admin.page.get_by_role("alertdialog").get_by_role("button", name="Withdraw the request").click()
    admin.reported("The request has been withdrawn.")
    expect(admin.section("Permission to manage")).to_contain_text("Your last request was withdrawn on Nov 5, 2026.")


def test_request_professional_services_and_set_your_own_margin(visit: Callable[..., Visitor]) -> None:
    admin = visit("partner_admin")
    admin.open(f"/accounts/{account(admin, SINGLE_BILL)}")
    admin.page.get_by_role("link", name="Ask for professional services").click()
    expect(admin.page.get_by_role("checkbox", name="The client may be contacted")).not_to_be_checked()
    admin.fill(brief="A spring campaign with three mails.", budget="500")
    admin.press("Send request")
    admin.reported("The request has been sent.")

    operator = visit("operator")
    operator.press("Act for this partner: Harbour Lane Agency")
    operator.menu("Professional services")
    operator.row_menu(f"the request of The {SINGLE_BILL} company", "Quote")
    operator.fill(quote="300")
    operator.press("Save")
    operator.reported("The request has been changed.")

    admin.open("/team")
    admin.menu("Professional services")
    admin.page.reload()
    admin.settled()
    admin.row_menu(f"the request of The {SINGLE_BILL} company", "Set your price")
    admin.sees("The work costs you $300.00.")
    admin.fill(price="450")
    admin.press("Save")
    expect(admin.page.get_by_role("row").filter(has_text=SINGLE_BILL).first).to_contain_text("$150.00")


def test_the_billing_dialog_names_the_add_ons_that_end(admin: Visitor) -> None:
    found = account(admin, "leaves_the_bill", billing_mode="single_bill")
    assert admin.stack.http("partner_admin").put(f"/accounts/{found}/add-ons/seo", {}).status < 300
    admin.open(f"/accounts/{found}")
    admin.page.get_by_role("button", name="Account actions").click()
    admin.page.get_by_role("menuitem", name="Change billing").click()
    dialog = admin.page.get_by_role("dialog")
    expect(dialog).not_to_contain_text("SEO")
    dialog.locator("label").filter(has_text="Direct").click()
    expect(dialog).to_contain_text("You activated SEO: leaving the single bill deactivates what you pay for.")


def test_of_a_referred_account_s_profile_only_the_partner_s_own_id_is_changed(admin: Visitor) -> None:
    found = admin.stack.http("partner_admin").get("/accounts?limit=1&status=O&account_type=referred").json()["items"][0]
    own_id = f"own-{found['version']}"
    admin.open(f"/accounts/{found['account_id']}")
    admin.press("Edit profile")
    dialog = admin.page.get_by_role("dialog")
    expect(dialog).to_contain_text("its client keeps the profile inside the account. You can change your own id.")
    expect(dialog.get_by_role("textbox")).to_have_count(1)
    admin.fill(partner_account_id=own_id)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    admin.sees(own_id)
