"""Signing in: for the first time, with the wrong password, for long, and again after the session has ended."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from infra.local.stack_info import StackUser
from tests.e2e.joining import mailed_token

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Route

    from infra.local.api import Api
    from tests.e2e.console.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]

OWN_PASSWORD = "A-long-one-of-my-own-7"


def test_a_wrong_password_is_said_without_telling_who_exists(visit: Callable[..., Visitor]) -> None:
    visitor = visit(signed_in=False)
    visitor.refused(400)
    for username in ("ada@example.com", "nobody-of-that-name"):
        visitor.page.get_by_label("Username or e-mail").fill(username)
        visitor.page.get_by_label("Password").fill("Not-the-password-1")
        visitor.press("Sign in")
        visitor.sees("The username or the password is not right.")


def follow_invitation(visitor: Visitor, team: Api, address: str, former: str = "") -> str:
    """Invite this address and follow the mailed link; gives its token."""
    made = team.post("/team", {"email": address, "name": "Noor New", "role": "partner_viewer"})
    assert made.status == 201, made.content
    token = mailed_token(visitor.stack, address, unlike=[former])
    visitor.page.goto(f"{visitor.stack.info.console_url}invitation#{token}")
    return token


def test_somebody_new_chooses_an_own_password_and_joins_by_the_mailed_link(visit: Callable[..., Visitor]) -> None:
    newcomer = visit(signed_in=False)
    address = f"{uuid.uuid4().hex[:8]}@agency.example"
    follow_invitation(newcomer, newcomer.stack.http("partner_admin"), address)
    newcomer.sees(f"Harbour Lane Agency invites {address} to its team. Role: Viewer.")
    newcomer.press("I am new: choose a password")
    newcomer.sees("Choose your own password")
    newcomer.fill(value=OWN_PASSWORD, repeated="Another-one-altogether-7")
    newcomer.press("Save and go on")
    newcomer.sees("The two passwords are not the same.")
    newcomer.fill(value=OWN_PASSWORD, repeated=OWN_PASSWORD)
    newcomer.press("Save and go on")
    newcomer.press("Accept and join")
    newcomer.sees("Noor New")
    newcomer.press("Sign out")
    newcomer.sign_in(StackUser(address, OWN_PASSWORD, "partner_viewer", None))
    newcomer.sees("Noor New")


def test_who_is_on_two_teams_chooses_one_and_changes_to_the_other(visit: Callable[..., Visitor]) -> None:
    visitor = visit(signed_in=False)
    stack, address = visitor.stack, f"{uuid.uuid4().hex[:8]}@agency.example"
    second = stack.info.user("partner_admin", second=True)
    former = follow_invitation(visitor, stack.http("partner_admin"), address)
    visitor.press("I am new: choose a password")
    visitor.fill(value=OWN_PASSWORD, repeated=OWN_PASSWORD)
    visitor.press("Save and go on")
    visitor.press("Accept and join")
    visitor.sees("Harbour Lane Agency")
    visitor.settled()
    follow_invitation(visitor, stack.http(second), address, former)
    visitor.press("Accept and join")
    visitor.sees("Quiet Street Studio")
    visitor.press("Change partner")
    visitor.sees("Choose a partner")
    visitor.press("Harbour Lane Agency")
    expect(visitor.page.get_by_role("navigation", name="My organization")).to_be_attached()
    visitor.sees("Harbour Lane Agency")


RENEWAL = "/v1/sessions/renewal"


def test_a_page_that_nobody_touches_for_half_an_hour_asks_for_the_password(admin: Visitor) -> None:
    admin.page.clock.install()
    admin.press("Sign out")
    admin.sign_in(admin.stack.info.user("partner_admin"))
    admin.settled()
    admin.refused(400)  # A renewal that was under way when the session ended.
    admin.page.clock.fast_forward("30:01")
    expect(admin.page.get_by_role("dialog", name="Your session has ended")).to_be_visible()


def test_a_warning_before_an_idle_session_ends_can_be_answered(admin: Visitor) -> None:
    admin.page.clock.install()
    admin.press("Sign out")
    admin.sign_in(admin.stack.info.user("partner_admin"))
    admin.settled()
    admin.page.clock.fast_forward("29:10")
    warning = admin.page.get_by_role("alertdialog", name="Are you still there?")
    warning.get_by_role("button", name="Stay signed in").click()
    expect(warning).to_have_count(0)
    admin.page.clock.fast_forward("28:00")
    expect(admin.page.get_by_role("alertdialog")).to_have_count(0)
    expect(admin.page.get_by_role("dialog")).to_have_count(0)


def test_a_session_is_renewed_in_silence_before_its_token_ends(visit: Callable[..., Visitor]) -> None:
    visitor = visit(signed_in=False)
    visitor.page.clock.install()
    visitor.page.reload()
    visitor.sign_in(visitor.stack.info.user("partner_admin"))
    visitor.settled()
    with visitor.page.expect_response(is_renewal) as renewal:
        visitor.page.clock.fast_forward("04:30")
    second = renewal.value.json()["access_token"]
    with visitor.page.expect_request("**/v1/team") as asked:
        visitor.menu("Team")
    assert asked.value.headers["authorization"] == f"Bearer {second}"
    expect(visitor.page.get_by_role("dialog")).to_have_count(0)


def is_renewal(answer: object) -> bool:
    """An answer to the request for the next token."""
    return str(getattr(answer, "url")).endswith(RENEWAL)  # noqa: B009  the event's type is Playwright's own


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
    admin.refused(401)
    admin.page.route("**/v1/**", refused)
    admin.fill(username="half_written", owner__email="half@written.example")
    admin.press("Create account")
    expect(admin.page.get_by_role("dialog", name="Your session has ended")).to_be_visible()
    admin.page.unroute_all()
    dialog = admin.page.get_by_role("dialog")
    dialog.get_by_label("Password").fill(admin.stack.info.user("partner_admin").password)
    dialog.get_by_role("button", name="Sign in", exact=True).click()
    expect(dialog).to_have_count(0)
    expect(admin.page.locator("[name=organization]")).to_have_value("Half Written Ltd")


def test_somebody_else_may_sign_in_where_a_session_has_ended_and_finds_nothing_of_it(admin: Visitor) -> None:
    admin.menu("My accounts")
    admin.refused(401)
    admin.page.route("**/v1/team", refused)
    admin.page.get_by_role("navigation").get_by_role("link", name="Team").click()
    expect(admin.page.get_by_role("dialog", name="Your session has ended")).to_be_visible()
    admin.page.unroute_all()
    admin.press("Sign in as someone else")
    expect(admin.page.get_by_label("Username or e-mail")).to_be_visible()
    expect(admin.page.get_by_text("Harbour Lane Agency")).to_have_count(0)
    admin.sign_in(admin.stack.info.user("partner_admin", second=True))
    expect(admin.page.get_by_role("row").filter(has_text="Ada Harbour")).to_have_count(0)
    admin.sees("Quinn Street")


def refused(route: Route) -> None:
    route.fulfill(status=401, json={"type": "/problems/unauthenticated", "title": "Unauthenticated", "detail": "No."})
