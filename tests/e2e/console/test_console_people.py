"""What each role sees and may do, and the team itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.joining import joined

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.console.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]


def test_a_viewer_reads_and_runs_reports_and_changes_nothing(visit: Callable[..., Visitor]) -> None:
    viewer = visit("partner_viewer", path="")
    viewer.sees("You can read, run and download reports.")
    viewer.menu("My accounts")
    for name in ("New account", "Imports"):
        expect(viewer.page.get_by_role("link", name=name)).to_have_count(0)
    expect(viewer.page.get_by_role("checkbox")).to_have_count(0)
    viewer.page.get_by_role("link", name=re.compile("^Client")).first.click()
    expect(viewer.page.get_by_role("switch", name="SEO")).to_be_disabled()
    for page in ("Team", "Settings", "Invite link"):
        viewer.menu(page)
        expect(viewer.page.get_by_role("button", name=re.compile("^(Save|Invite someone)$"))).to_have_count(0)
    viewer.menu("Reports")
    expect(viewer.page.get_by_role("button", name="Run a Report")).to_be_enabled()


def test_a_manager_looks_after_accounts_but_not_after_settings_and_team(visit: Callable[..., Visitor]) -> None:
    manager = visit("partner_manager")
    manager.sees("Only administrators change the settings.")
    expect(manager.page.get_by_role("button", name="Save")).to_have_count(0)
    manager.menu("Team")
    expect(manager.page.get_by_role("button", name="Invite someone")).to_have_count(0)
    expect(manager.page.get_by_role("button", name=re.compile("^Actions for"))).to_have_count(0)
    manager.open("/accounts?status_group=single_bill&q=0020-inwck")
    expect(manager.page.get_by_role("link", name="New account")).to_be_visible()
    manager.row_menu("Client 0020-INWCK", "Manage account details")
    expect(manager.page.get_by_role("switch", name="SEO")).to_be_enabled()
    expect(manager.section("For operators")).to_have_count(0)
    manager.menu("Professional services")
    expect(manager.page.get_by_role("button", name="Request services")).to_be_enabled()


def test_the_platform_s_own_sign_in_is_told_that_it_has_no_place_here(visit: Callable[..., Visitor]) -> None:
    visitor = visit(signed_in=False)
    platform = visitor.stack.info.user("platform")
    visitor.refused(403, 400, 422)
    visitor.page.get_by_label("Username or e-mail").fill(platform.username)
    visitor.page.get_by_label("Password").fill(platform.password)
    visitor.press("Sign in")
    expect(visitor.page.get_by_role("button", name="Sign out")).to_be_visible()
    expect(visitor.page.get_by_text("Client 00")).to_have_count(0)


def test_an_operator_chooses_a_partner_and_finds_an_account_by_its_username(visit: Callable[..., Visitor]) -> None:
    operator = visit("operator")
    operator.heading("Choose a partner")
    operator.menu("Partners")
    operator.fill(username="0020-inwck")
    operator.press("Find")
    operator.sees("This account belongs to Harbour Lane Agency.")
    operator.press("Open the account")
    operator.heading("Client 0020-INWCK")
    expect(operator.section("For operators")).to_be_visible()
    operator.press("Change partner")
    operator.heading("Choose a partner")


def test_a_partner_without_accounts_is_told_how_to_begin(visit: Callable[..., Visitor]) -> None:
    second = visit("partner_admin", second=True)
    second.menu("My accounts")
    second.sees("No accounts yet")
    second.menu("Bonus tracker")
    second.sees("No bonuses here")
    second.menu("Cancels and move-outs")
    second.sees("No departures")


def test_leaving_a_half_written_form_asks_first(admin: Visitor) -> None:
    admin.menu("My accounts")
    admin.page.get_by_role("link", name="New account").click()
    admin.fill(organization="Not yet saved")
    admin.page.get_by_role("link", name="Reports", exact=True).click()
    admin.sees("Leave without saving?")
    admin.press("Stay here")
    expect(admin.page.locator("[name=organization]")).to_have_value("Not yet saved")


def test_team_members_are_invited_and_invitations_sent_again_and_revoked(admin: Visitor) -> None:
    admin.menu("Team")
    admin.press("Invite someone")
    admin.fill(name="Nina New", email="nina@harbour.example")
    admin.press("Send invitation")
    admin.reported("Nina New has been invited.")
    expect(admin.page.get_by_role("row").filter(has_text="Nina New")).to_contain_text("nina@harbour.example")
    admin.row_menu("the invitation of Nina New", "Send the invitation again")
    admin.reported("The invitation has been sent again. The link in the former mail no longer works.")
    admin.row_menu("the invitation of Nina New", "Revoke the invitation")
    admin.press("Revoke the invitation")
    admin.reported("The invitation has been revoked.")
    expect(admin.page.get_by_role("row").filter(has_text="Nina New")).to_have_count(0)


def test_members_roles_are_changed_and_members_removed(admin: Visitor) -> None:
    team = admin.stack.http("partner_admin")
    subject = joined(admin.stack, team, admin.stack.info.partner_id, "partner_manager")
    address = next(item["email"] for item in team.get("/team").json()["items"] if item["member_id"] == subject)
    admin.menu("Team")
    row = admin.page.get_by_role("row").filter(has_text=address)
    row.get_by_role("button").click()
    admin.page.get_by_role("menuitem", name="Change role").click()
    admin.check("Viewer")
    admin.press("Save")
    admin.reported("The role has been changed.")
    expect(row).to_contain_text("Viewer")
    row.get_by_role("button").click()
    admin.page.get_by_role("menuitem", name="Remove from the team").click()
    admin.press("Remove from the team")
    admin.reported("They are no longer on the team.")


def test_the_last_administrator_cannot_be_removed(admin: Visitor) -> None:
    admin.menu("Team")
    admin.refused(409)
    admin.row_menu("Ada Harbour", "Remove from the team")
    admin.press("Remove from the team")
    admin.sees("This is the last admin of the team")


def test_an_operator_sees_how_far_the_erasure_of_a_person_is(visit: Callable[..., Visitor]) -> None:
    operator = visit("operator")
    admin = operator.stack.http("partner_admin")
    accounts = admin.get("/accounts?status=C&account_type=managed&limit=50").json()["items"]
    named = next(account for account in reversed(accounts) if account["owner"]["email"])
    operator.menu("Partners")
    operator.press("Act for this partner: Harbour Lane Agency")
    operator.settled()
    operator.open(f"/accounts/{named['account_id']}")
    section = operator.section("For operators")
    expect(section).not_to_contain_text("Erasure of personal data")
    operator.press("Erase personal data")
    operator.page.get_by_role("alertdialog").get_by_role("button", name="Erase personal data").click()
    operator.reported("The personal data has been erased.")
    expect(section).to_contain_text("Erasure of personal data")
    expect(section).to_contain_text(re.compile(r"Done\s*Requested "))
