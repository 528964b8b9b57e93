"""Forms: what a colleague saved is kept, what was typed is understood, and what is wrong is said in our words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.e2e.console.seed_data import change, done

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Locator

    from tests.e2e.console.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]

MARK = re.compile("Someone else changed this")


def test_d2_what_a_colleague_saved_first_is_not_overwritten_by_the_second_save(admin: Visitor) -> None:
    api = admin.stack.http("partner_admin")
    before = done(api.get("/settings"))
    kept, links, wanted = before["report_retention_days"] % 90 + 1, before["link_days"] % 28 + 1, 30
    admin.refused(412)
    expect(admin.page.locator("[name=link_days]")).to_have_value(str(before["link_days"]))
    change(api, "PATCH", "/settings", {"report_retention_days": kept, "link_days": links})
    admin.fill(link_days=str(wanted))
    admin.press("Save")
    admin.sees("Someone else saved changes while you were editing.")
    expect(admin.page.locator("[name=report_retention_days]")).to_have_value(str(kept))
    expect(admin.page.get_by_label("Report files are kept")).to_have_accessible_description(MARK)
    theirs = re.compile(f"changed this to “{links}”")
    expect(admin.page.get_by_label("Links in e-mails")).to_have_accessible_description(theirs)
    expect(admin.page.locator("[name=time_zone]")).not_to_have_accessible_description(MARK)
    admin.press("Save")
    admin.reported("The settings have been saved.")
    expect(admin.page.get_by_text(MARK)).to_have_count(0)
    saved = done(api.get("/settings"))
    assert (saved["report_retention_days"], saved["link_days"]) == (kept, wanted)


def test_d2_a_profile_and_the_terms_of_a_partner_take_what_a_colleague_saved(visit: Callable[..., Visitor]) -> None:
    admin = visit("partner_admin")
    api, operators = admin.stack.http("partner_admin"), admin.stack.http("operator")
    path = f"/accounts/{done(api.get('/accounts?limit=1&status=O&account_type=managed'))['items'][0]['account_id']}"
    admin.refused(412)
    admin.open(path)
    admin.press("Edit profile")
    change(api, "PATCH", path, {"owner": {"phone": "111-222-3333"}})
    admin.fill(partner_account_id="own-17")
    admin.press("Save")
    expect(admin.page.locator("[name='owner.phone']")).to_have_value(re.compile("111"))
    admin.press("Save")
    admin.reported("The profile has been saved.")
    assert "111" in done(api.get(path))["owner"]["phone"]

    operator = visit("operator", path="partners")
    operator.refused(412)
    partner = next(item for item in done(operators.get("/partners"))["items"] if item["name"] == "Quiet Street Studio")
    operator.row_menu("Quiet Street Studio", "Change terms")
    days = partner["terms"]["trial_days"] % 90 + 1
    path = f"/partners/{partner['partner_id']}"
    change(operators, "PATCH", path, {"terms": {**partner["terms"], "trial_days": days}})
    operator.fill(terms__permission_days="29")
    operator.press("Save")
    expect(operator.page.locator("[name='terms.trial_days']")).to_have_value(str(days))
    operator.press("Save")
    operator.reported("The partner has been saved.")
    assert done(operators.get(path))["terms"]["trial_days"] == days


def test_d15_a_schedule_names_its_time_zone_on_both_ends(admin: Visitor) -> None:
    change(admin.stack.http("partner_admin"), "PATCH", "/settings", {"time_zone": "America/New_York"})
    admin.page.reload()
    admin.settled()
    admin.open("/reports/schedules")
    admin.press("New schedule")
    admin.page.get_by_label("Time (America/New_York)").fill("6 am")
    admin.press("Save")
    admin.reported("The schedule has been saved.")
    row = admin.page.get_by_role("row").filter(has_text="New Account Bonus Tracker").last
    expect(row).to_contain_text("Every Monday at 6:00 AM (America/New_York)")
    expect(row).to_contain_text(re.compile("Nov 9, 2026, 6:00 AM EST"))


def test_d16_a_schedule_is_edited(admin: Visitor) -> None:
    api = admin.stack.http("partner_admin")
    timing = {"frequency": "monthly", "day": 15, "hour": 18, "minute": 30}
    filters = {"plan": "premium"}
    body = {"report": "managed-account-details", "account_status": "O", "formats": ["csv"], "timing": timing}
    made = done(api.post("/report-schedules", {**body, "filters": filters, "email_to": ["ada@example.com"]}))
    admin.open("/reports/schedules")
    row = admin.page.get_by_role("row").filter(has_text="Premium")
    row.last.get_by_role("button").click()
    admin.page.get_by_role("menuitem", name="Edit").click()
    expect(admin.page.get_by_role("dialog", name="Edit the schedule of Managed Account Details")).to_be_visible()
    expect(admin.page.locator("[name=account_status]")).to_have_value("O")
    expect(admin.page.locator("[name=day]")).to_have_value("15")
    expect(admin.page.locator("[name=at]")).to_have_value("18:30")
    expect(admin.page.locator("[name=email_to]")).to_have_value("ada@example.com")
    expect(admin.page.get_by_role("checkbox", name="CSV", exact=True)).to_be_checked()
    admin.fill(at="7:45", email_to="")
    admin.press("Save")
    admin.reported("The schedule has been saved.")
    changed = done(api.get(f"/report-schedules/{made['report_schedule_id']}"))
    assert (changed["timing"]["hour"], changed["timing"]["minute"], changed["timing"]["day"]) == (7, 45, 15)
    assert (changed["filters"], changed["email_to"], changed["account_status"]) == (filters, [], "O")


def test_d18_d19_an_import_that_must_fail_is_not_started_and_problems_are_not_counted_as_rows(
    admin: Visitor, tmp_path: Path
) -> None:
    admin.refused(409, 422)
    header = "username,organization,owner_first_name,owner_last_name,owner_email"
    upload_file(admin, tmp_path, "username,organization\r\nlantern,Lantern Books\r\n")
    admin.sees("Columns missing: owner_first_name, owner_last_name, owner_email.")
    expect(admin.page.get_by_role("button", name="Start the import")).to_have_count(0)

    upload_file(admin, tmp_path, f"{header}\r\nbad name!,Lantern,Lou,Lantern,not an address\r\n")
    admin.sees("None of these rows can be imported.")
    expect(admin.page.get_by_role("button", name="Start the import")).to_be_disabled()

    rows = "bad name!,Lantern,Lou,Lantern,not an address\r\nworse name!,Quarry,Q,Quarry,neither\r\n"
    fine = f"forms_{random_name()},Harbor Books,Hal,Harbor,hal@harbor.example\r\n"
    upload_file(admin, tmp_path, f"{header}\r\n{rows}{fine}")
    admin.press("Start the import")
    admin.sees("2 rows, 4 problems")

    admin.open("/imports")
    admin.press("New import")
    with admin.page.expect_download() as download:
        admin.press("Download the template")
    assert download.value.path().read_text().count("\n") == 3


def upload_file(visitor: Visitor, folder: Path, content: str) -> None:
    """Upload this as a new import, and wait for what is said of it."""
    file = folder / "accounts.csv"
    file.write_text(content, newline="")
    visitor.open("/imports")
    visitor.press("New import")
    visitor.page.locator("input[type=file]").set_input_files(file)
    visitor.press("Upload")
    visitor.page.wait_for_url("**/imports/**")
    visitor.settled()


def test_d22_d23_an_sms_registration_knows_the_account_the_states_by_name_and_what_is_required(admin: Visitor) -> None:
    api = admin.stack.http("partner_admin")
    name = f"texting_{random_name()}"
    owner = {"first_name": "Tess", "last_name": "Text", "email": "tess@texting.example", "phone": "207-555-0111"}
    body = {"username": name, "organization": "Texting Company", "plan": "standard", "owner": owner}
    account_id = done(api.post("/accounts", {**body, "website": "https://texting.example"}))["account_id"]
    done(api.put(f"/accounts/{account_id}/add-ons/sms", {}))
    admin.open(f"/accounts/{account_id}/sms-registration")
    for field, value in (
        ("legal_business_name", "Texting Company"),
        ("website", "https://texting.example"),
        ("contact_name", "Tess Text"),
        ("contact_email", "tess@texting.example"),
    ):
        expect(admin.page.locator(f"[name={field}]")).to_have_value(value)
    for field in ("street", "city", "ein", "sample_message"):
        expect(admin.page.locator(f"[name={field}]")).to_have_attribute("aria-required", "true")
    for field in ("website", "facebook_page"):
        expect(admin.page.locator(f"[name={field}]")).not_to_have_attribute("aria-required", "true")
    admin.choose("Business type", "Sole proprietor")
    expect(admin.page.locator("[name=ein]")).not_to_have_attribute("aria-required", "true")
    admin.drop_down("State").click()
    admin.page.keyboard.type("Mass")
    expect(admin.page.get_by_role("option", name="Massachusetts")).to_be_focused()
    admin.page.keyboard.press("Enter")
    admin.press("Save draft")
    admin.reported("The draft has been saved.")
    assert done(api.get(f"/accounts/{account_id}/sms-registration"))["form"]["state"] == "MA"


def test_d32_d33_typed_input_is_understood_or_refused_in_our_words_and_leaves_no_gap(admin: Visitor) -> None:
    admin.open("/accounts/new")
    website = admin.page.locator("[name=website]")
    website.fill("bluefern.example")
    website.blur()
    expect(website).to_have_value("https://bluefern.example")
    admin.fill(username="bad name!", organization="Blue Fern", owner__email="nobody")
    admin.press("Create account")
    username, email = admin.page.locator("[name=username]"), admin.page.locator("[name='owner.email']")
    expect(username).to_have_accessible_description(re.compile("Use only letters, digits, and _ @"))
    expect(email).to_have_accessible_description("Enter an e-mail address, such as name@example.com.")
    before = height_of(email)
    email.fill("fern@bluefern.example")
    email.blur()
    expect(email).not_to_have_attribute("aria-invalid", "true")
    admin.page.get_by_role("heading", level=1).click()
    expect(admin.page.get_by_text("Enter an e-mail address")).to_have_count(0)
    assert height_of(email) < before - 10

    admin.open("/invite")
    admin.press("Leave")
    admin.heading("Invite link")
    slug = admin.page.locator("[name=slug]")
    slug.fill("Harbour Lane Agency")
    admin.press("Save")
    admin.reported("The invite has been saved.")
    expect(slug).to_have_value("harbour-lane-agency")


def height_of(field: Locator) -> float:
    """How much room the field takes with its label and what is said of it."""
    box = field.locator("xpath=..").bounding_box()
    assert box is not None
    return box["height"]


def test_d38_what_can_only_be_read_does_not_look_like_a_field(visit: Callable[..., Visitor]) -> None:
    viewer, admin = visit("partner_viewer"), visit("partner_admin")
    border = "element => getComputedStyle(element).borderColor"
    read, written = (person.page.locator("[name=time_zone]").evaluate(border) for person in (viewer, admin))
    assert read == "rgba(0, 0, 0, 0)"
    assert written != read


def random_name() -> str:
    """A part of a username that nobody has yet."""
    return uuid4().hex[:8]


def test_the_country_that_is_chosen_in_the_settings_is_saved(admin: Visitor) -> None:
    api = admin.stack.http("partner_admin")
    before = done(api.get("/settings"))["country"]
    chosen, code = ("Germany", "DE") if before != "DE" else ("Canada", "CA")
    admin.page.get_by_role("button", name="Country").click()
    admin.page.get_by_role("option", name=chosen, exact=True).click()
    admin.press("Save")
    admin.reported("The settings have been saved.")
    assert done(api.get("/settings"))["country"] == code
