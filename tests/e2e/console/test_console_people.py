"""Each role's console, signing in for the first time, and a session that ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Route

    from tests.e2e.console.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]


def test_a_wrong_password_is_said_without_telling_who_exists(visit: Callable[..., Visitor]) -> None:
    visitor = visit(signed_in=False)
    visitor.refused(400)
    for username in ("ada", "nobody-of-that-name"):
        visitor.page.get_by_label("Username or e-mail").fill(username)
        visitor.page.get_by_label("Password").fill("Not-the-password-1")
        visitor.press("Sign in")
        visitor.sees("The username or the password is not right.")


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
    second.sees("Nobody has left")


def test_signing_out_leaves_nothing_on_the_page(admin: Visitor) -> None:
    admin.menu("My accounts")
    admin.press("Sign out")
    expect(admin.page.get_by_label("Password")).to_be_visible()
    expect(admin.page.get_by_text("Client 00")).to_have_count(0)
    stored = admin.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert "ey" not in stored


def test_an_ended_session_says_so_and_keeps_what_was_typed(admin: Visitor) -> None:
    admin.open("/accounts/new")
    admin.fill(organization="Half Written Ltd")
    admin.refused(400, 401)
    admin.page.route("**/v1/**", refused)
    admin.page.route(re.compile(r":\d+/$"), not_renewed)
    admin.fill(username="half_written", owner__email="half@written.example")
    admin.press("Create account")
    expect(admin.page.get_by_role("dialog", name="Your session has ended")).to_be_visible()
    admin.page.unroute_all()
    dialog = admin.page.get_by_role("dialog")
    dialog.get_by_label("Password").fill(admin.stack.info.user("partner_admin").password)
    dialog.get_by_role("button", name="Sign in", exact=True).click()
    expect(dialog).to_have_count(0)
    expect(admin.page.locator("[name=organization]")).to_have_value("Half Written Ltd")


def refused(route: Route) -> None:
    route.fulfill(status=401, json={"type": "/problems/unauthenticated", "title": "Unauthenticated", "detail": "No."})


def not_renewed(route: Route) -> None:
    if route.request.method == "POST":
        route.fulfill(status=400, json={"__type": "NotAuthorizedException"})
    else:
        route.continue_()


def test_leaving_a_half_written_form_asks_first(admin: Visitor) -> None:
    admin.menu("My accounts")
    admin.page.get_by_role("link", name="New account").click()
    admin.fill(organization="Not yet saved")
    admin.page.get_by_role("link", name="Reports", exact=True).click()
    admin.sees("Leave without saving?")
    admin.press("Cancel")
    expect(admin.page.locator("[name=organization]")).to_have_value("Not yet saved")


def test_everything_can_be_reached_by_keyboard(admin: Visitor) -> None:
    admin.menu("My accounts")
    admin.page.keyboard.press("Tab")
    admin.page.evaluate("document.querySelector('a[href=\"#content\"]').focus()")
    admin.page.keyboard.press("Enter")
    assert admin.page.evaluate("document.activeElement.id") == "content"
    admin.page.get_by_role("button", name="Actions for").first.focus()
    admin.page.keyboard.press("Enter")
    expect(admin.page.get_by_role("menuitem", name="Manage account details")).to_be_focused()
    admin.page.keyboard.press("Escape")
    expect(admin.page.get_by_role("menu")).to_have_count(0)


def test_team_members_are_invited_changed_and_removed(admin: Visitor) -> None:
    admin.menu("Team")
    admin.press("Invite someone")
    admin.fill(name="Nina New", email="nina@harbour.example")
    admin.press("Send invitation")
    admin.told("Nina New has been invited.")
    admin.row_menu("Nina New", "Change role")
    admin.check("Viewer")
    admin.press("Save")
    admin.told("The role has been changed.")
    expect(admin.page.get_by_role("row").filter(has_text="Nina New")).to_contain_text("Viewer")
    admin.row_menu("Nina New", "Remove from the team")
    admin.press("Remove from the team")
    admin.told("They are no longer on the team.")


def test_the_last_administrator_cannot_be_removed(admin: Visitor) -> None:
    admin.menu("Team")
    admin.refused(409)
    admin.row_menu("Ada Harbour", "Remove from the team")
    admin.press("Remove from the team")
    admin.sees("This is the last admin of the team")
