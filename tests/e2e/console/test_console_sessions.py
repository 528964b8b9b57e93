"""A session outlasts its page: by reload, in other tabs, until it is ended in all of them; and another password ends it."""

from __future__ import annotations

import re
import time
import uuid
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from infra.local.stack_info import StackUser
from tests.e2e.console.accessibility import Inspector, LOOKS, Sight, WIDTHS
from tests.e2e.console.pictures import Album
from tests.e2e.console.visitor import HEIGHT
from tests.e2e.joining import joined

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.e2e.console.visitor import Visitor
    from tests.e2e.stack import EmbeddedStack

pytestmark = [pytest.mark.browser, pytest.mark.stack]

FORGE = """
async ([url, mode]) => {
  const headers = mode === 'cors' ? { 'Content-Type': 'application/json' } : {};
  try {
    const answer = await fetch(url, { method: 'POST', mode, credentials: 'include', headers, body: '{}' });
    return answer.type;
  } catch (error) { return error.name; }
}
"""
MENU = "My organization"
IN_SCRIPTS_REACH = "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"
ANOTHER = "Another-long-one-of-my-own-8"
CODE_PATIENCE = COOKIE_PATIENCE = 30


def is_in(page: Page) -> None:
    expect(page.get_by_role("navigation", name=MENU)).to_be_attached()


def is_out(page: Page) -> None:
    expect(page.get_by_label("Username or e-mail")).to_be_visible()


def test_d3_a_reload_a_new_tab_a_bookmark_and_a_failed_chunk_ask_for_no_password(admin: Visitor) -> None:
    admin.settled()
    admin.page.reload()
    is_in(admin.page)
    admin.heading("Settings")
    (cookie,) = admin.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Strict", "/")
    in_reach = admin.page.evaluate(IN_SCRIPTS_REACH)
    assert "ey" not in in_reach
    assert cookie["value"] not in in_reach

    admin.menu("My accounts")
    with admin.context.expect_page() as opened:
        admin.page.get_by_role("link", name=re.compile("Client 00")).first.click(modifiers=["ControlOrMeta"])
    is_in(opened.value)
    expect(opened.value.get_by_role("heading", level=1, name=re.compile("Client 00"))).to_be_visible()
    bookmark = admin.context.new_page()
    bookmark.goto(f"{admin.stack.info.console_url}reports")
    expect(bookmark.get_by_role("heading", level=1, name="Reports")).to_be_visible()

    admin.expected |= {"Failed to load resource", "dynamically imported module", "TypeError"}
    admin.page.route("**/console/assets/*.js", lambda route: route.abort())
    admin.page.get_by_role("navigation").get_by_role("link", name="History").click()
    again = admin.page.get_by_role("button", name=re.compile("Load the page again|Try again"))
    expect(again).to_be_visible()
    admin.page.unroute_all()
    again.click()
    admin.heading("History")
    is_in(admin.page)


def test_d3_signing_out_of_one_tab_signs_out_of_all(admin: Visitor) -> None:
    admin.settled()
    second = admin.context.new_page()
    second.goto(f"{admin.stack.info.console_url}team")
    is_in(second)
    admin.press("Sign out")
    is_out(second)
    admin.page.reload()
    is_out(admin.page)
    deadline = time.monotonic() + COOKIE_PATIENCE
    while admin.context.cookies() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert admin.context.cookies() == [], "the session is ended although the page was left at once"


def test_d3_signing_in_in_one_tab_signs_in_in_all(visit: Callable[..., Visitor]) -> None:
    visitor = visit(signed_in=False)
    second = visitor.context.new_page()
    second.goto(f"{visitor.stack.info.console_url}team")
    is_out(second)
    visitor.sign_in(visitor.stack.info.user("partner_admin"))
    is_in(second)


def test_an_operator_still_acts_for_the_same_partner_after_a_reload(visit: Callable[..., Visitor]) -> None:
    operator = visit("operator", path="partners")
    operator.press("Act for this partner: Harbour Lane Agency")
    operator.menu("Team")
    operator.page.reload()
    operator.heading("Team")
    operator.sees("Harbour Lane Agency")


def test_a_page_of_another_origin_of_the_same_site_gets_and_ends_nothing(admin: Visitor) -> None:
    """Ports are no part of a site, so that the browser sends the Strict cookie along: the API looks at the origin."""
    admin.settled()
    before = admin.context.cookies()
    other = admin.context.new_page()
    other.goto(admin.stack.info.mailbox_url)
    renewal = f"{admin.stack.info.api_url}/sessions/renewal"
    assert other.evaluate(FORGE, [renewal, "cors"]) == "TypeError"
    assert other.evaluate(FORGE, [renewal, "no-cors"]) == "opaque"
    assert admin.context.cookies() == before
    admin.page.reload()
    is_in(admin.page)


def test_d28_the_dialog_of_an_ended_session_keeps_its_distances_and_is_accessible(admin: Visitor, album: Album) -> None:
    admin.page.clock.install()
    admin.settled()
    admin.page.reload()
    is_in(admin.page)
    admin.settled()
    inspector = Inspector(admin, album)
    admin.page.clock.fast_forward("29:10")
    expect(admin.page.get_by_role("alertdialog", name="Are you still there?")).to_be_visible()
    look(inspector, "idle-warning")
    admin.page.clock.fast_forward("01:00")
    dialog = admin.page.get_by_role("dialog", name="Your session has ended")
    expect(dialog).to_be_visible()
    boxes = [
        box
        for box in (
            dialog.get_by_label("Username or e-mail").bounding_box(),
            dialog.get_by_label("Password").bounding_box(),
            dialog.get_by_role("button", name="Sign in", exact=True).bounding_box(),
            dialog.get_by_role("button", name="Forgot your password?").bounding_box(),
        )
        if box
    ]
    gaps = [below["y"] - above["y"] - above["height"] for above, below in zip(boxes, boxes[1:], strict=False)]
    assert len(gaps) == 3
    assert min(gaps) >= 12, gaps
    look(inspector, "session-ended")
    assert not inspector.reported, inspector.reported
    admin.page.reload()
    is_out(admin.page)


def look(inspector: Inspector, name: str) -> None:
    """What stands there now, by axe, wide and narrow, light and dark."""
    for width in reversed(WIDTHS):
        inspector.visitor.page.set_viewport_size({"width": width, "height": HEIGHT})
        inspector.look(Sight(name, "/", pictured=False), [look for look in LOOKS if look.width == width])


@pytest.fixture
def album(visit: Callable[..., Visitor]) -> Album:  # noqa: ARG001  the browser must be there
    return Album(None)  # type: ignore[arg-type]  no picture is taken


def a_person(stack: EmbeddedStack) -> StackUser:
    """Somebody who signs in by a password that a test may change."""
    partner_id = str(stack.http("partner_admin").get("/me").json()["partner"]["partner_id"])
    subject = joined(stack, stack.http("partner_admin"), partner_id, "partner_viewer")
    password, cognito = f"Own-{uuid.uuid4()}", stack.aws("cognito-idp")
    cognito.admin_set_user_password(
        UserPoolId=stack.info.user_pool_id, Username=subject, Password=password, Permanent=True
    )
    attributes = cognito.admin_get_user(UserPoolId=stack.info.user_pool_id, Username=subject)["UserAttributes"]
    address = next(item["Value"] for item in attributes if item["Name"] == "email")
    return StackUser(address, password, "partner_viewer", None)


def test_another_password_ends_all_other_sessions_and_not_this_one(visit: Callable[..., Visitor], album: Album) -> None:
    here, elsewhere = visit(signed_in=False), visit(signed_in=False)
    person = a_person(here.stack)
    here.sign_in(person)
    elsewhere.sign_in(person)
    elsewhere.settled()
    here.page.get_by_role("link", name="Profile").click()
    here.heading("Profile")
    inspector = Inspector(here, album)
    look(inspector, "profile")
    assert not inspector.reported, inspector.reported
    here.refused(400)
    here.fill(former="Not-my-password-1", value=ANOTHER, repeated=ANOTHER)
    here.press("Change password")
    here.sees("This is not your current password.")
    here.fill(former=person.password, value=ANOTHER, repeated=f"{ANOTHER}!")
    here.press("Change password")
    here.sees("The two passwords are not the same.")
    time.sleep(1)  # The emulator compares whole seconds of a sign-out with those of a token.
    here.fill(repeated=ANOTHER)
    here.press("Change password")
    here.reported("Your password has been changed.")
    here.settled()
    here.page.reload()
    is_in(here.page)
    elsewhere.page.reload()
    is_out(elsewhere.page)
    elsewhere.refused(400)
    elsewhere.page.get_by_label("Username or e-mail").fill(person.username)
    elsewhere.page.get_by_label("Password").fill(person.password)
    elsewhere.press("Sign in")
    elsewhere.sees("The username or the password is not right.")


@pytest.mark.aws("W22")
def test_a_forgotten_password_is_set_anew_by_a_mailed_code(visit: Callable[..., Visitor], album: Album) -> None:
    visitor, elsewhere = visit(signed_in=False), visit(signed_in=False)
    person = a_person(visitor.stack)
    elsewhere.sign_in(person)
    elsewhere.settled()
    visitor.page.get_by_label("Username or e-mail").fill("nobody@nowhere.example")
    visitor.press("Forgot your password?")
    inspector = Inspector(visitor, album)
    look(inspector, "password-reset")
    visitor.press("E-mail me a code")
    sent_text = visitor.page.get_by_text("If somebody signs in with this name")
    expect(sent_text).to_be_visible()
    visitor.press("Back to sign in")
    visitor.press("Forgot your password?")
    visitor.page.get_by_label("Username or e-mail").fill(person.username)
    visitor.press("E-mail me a code")
    expect(sent_text).to_be_visible()
    look(inspector, "password-reset-code")
    assert not inspector.reported, inspector.reported
    visitor.refused(400)
    visitor.fill(code="000000", value=ANOTHER, repeated=ANOTHER)
    visitor.press("Set the password and sign in")
    visitor.sees("That code is not right, or it has expired.")
    time.sleep(1)  # As above.
    visitor.fill(code=mailed_code(visitor.stack, person.username))
    visitor.press("Set the password and sign in")
    is_in(visitor.page)
    visitor.settled()
    visitor.page.reload()
    is_in(visitor.page)
    elsewhere.page.reload()
    is_out(elsewhere.page)


def mailed_code(stack: EmbeddedStack, address: str) -> str:
    """The code in the mail that came to this address last."""
    deadline = time.monotonic() + CODE_PATIENCE
    while time.monotonic() < deadline:
        for mail in stack.mails():
            found = re.search(r"Your code for Partnerbook is (\d{6})", mail["text"])
            if mail["to"] == address and found:
                return found[1]
        time.sleep(0.2)
    return pytest.fail(f"No code was mailed to {address}.")
