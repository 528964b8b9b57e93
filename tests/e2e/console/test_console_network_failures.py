"""The console when the API is away, slow, or refuses: what it says, and the way on."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Route

    from tests.e2e.console.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]


@dataclass
class Held:
    """Requests that the network keeps to itself until it is told to let them go; later ones pass."""

    routes: list[Route] = field(default_factory=list)
    is_slow: bool = True

    def hold(self, route: Route) -> None:
        if self.is_slow:
            self.routes.append(route)
        else:
            route.continue_()

    def release(self) -> None:
        self.is_slow = False
        while self.routes:
            self.routes.pop().continue_()


def test_offline_is_said_with_a_way_on_and_comes_back(admin: Visitor) -> None:
    admin.menu("Team")
    admin.expected.add("net::ERR_INTERNET_DISCONNECTED")
    admin.context.set_offline(True)
    admin.press("Invite someone")
    admin.fill(name="Olga Offline", email="olga@offline.example")
    admin.press("Send invitation")
    admin.sees("Check your connection and try again. Nothing you entered is lost.")
    expect(admin.page.locator("[name=name]")).to_have_value("Olga Offline")
    admin.context.set_offline(False)
    admin.press("Cancel")
    admin.menu("Professional services")
    admin.heading("Professional services")


def test_a_list_that_could_not_be_read_offers_to_try_again(admin: Visitor) -> None:
    admin.expected.add("net::ERR_FAILED")
    admin.page.route("**/v1/team", lambda route: route.abort())
    admin.page.get_by_role("navigation").get_by_role("link", name="Team").click()
    admin.sees("Partnerbook cannot be reached")
    admin.page.unroute_all()
    admin.press("Try again")
    admin.sees("Ada Harbour")


def test_a_page_whose_script_cannot_be_loaded_offers_to_try_again(admin: Visitor) -> None:
    admin.expected |= {"net::ERR_INTERNET_DISCONNECTED", "dynamically imported module"}
    admin.context.set_offline(True)
    admin.page.get_by_role("navigation").get_by_role("link", name="Bonus tracker").click()
    admin.sees("cannot be reached")
    admin.context.set_offline(False)
    admin.press("Try again")
    admin.heading("Bonus tracker")


def test_while_the_api_is_slow_the_page_says_that_it_loads(admin: Visitor) -> None:
    slow = Held()
    admin.page.route("**/v1/team", slow.hold)
    admin.page.get_by_role("navigation").get_by_role("link", name="Team").click()
    expect(admin.page.locator("main [aria-busy=true]")).to_be_visible()
    slow.release()
    expect(admin.page.locator("main [aria-busy=true]")).to_have_count(0)
    admin.sees("Ada Harbour")


def test_an_add_on_switch_moves_only_when_the_server_has_answered(admin: Visitor) -> None:
    admin.menu("My accounts")
    admin.choose("Status", "Single Bill")
    admin.settled()
    admin.row_menu("Client 0020-INWCK", "Manage account details")
    switch = admin.page.get_by_role("switch", name="SEO")
    current = switch.is_checked()
    slow = Held()
    admin.page.route("**/add-ons/seo", slow.hold)
    admin.section("Add-ons").locator("label").filter(has_text="SEO").click()
    admin.sees("Deactivating…" if current else "Activating…")
    expect(switch).to_be_checked(checked=current)
    slow.release()
    expect(switch).to_be_checked(checked=not current)
    admin.page.unroute_all()
    admin.section("Add-ons").locator("label").filter(has_text="SEO").click()
    expect(switch).to_be_checked(checked=current)


def test_a_switch_that_is_refused_stays_and_says_why(admin: Visitor) -> None:
    detail = "The account is suspended; add-ons can be changed when the hold is lifted."
    problem = {"type": "/problems/conflict", "title": "Conflict", "status": 409, "detail": detail}
    admin.menu("My accounts")
    admin.choose("Status", "Single Bill")
    admin.settled()
    admin.row_menu("Client 0020-INWCK", "Manage account details")
    switch = admin.page.get_by_role("switch", name="SEO")
    current = switch.is_checked()
    admin.refused(409)
    admin.page.route("**/add-ons/seo", lambda route: route.fulfill(status=409, json=problem))
    admin.section("Add-ons").locator("label").filter(has_text="SEO").click()
    admin.reported("The account is suspended")
    expect(switch).to_be_checked(checked=current)


def test_a_lost_answer_is_asked_for_again_with_the_same_key(admin: Visitor) -> None:
    """The first answer is lost on its way: the retry carries the same key, and there is one account."""
    keys: list[str] = []

    def lose_the_first(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    admin.open("/accounts/new")
    admin.expected.add("net::ERR_FAILED")
    admin.page.route("**/v1/accounts", lose_the_first)
    username = f"lost-{int(time.time())}"
    admin.fill(username=username, organization="Lost And Found", owner__email="lost@found.example")
    admin.press("Create account")
    admin.heading("Lost And Found")
    assert len(keys) == 2
    assert len(set(keys)) == 1
    found = admin.stack.http("partner_admin").get(f"/accounts?q={username}").json()["items"]
    assert len(found) == 1


def test_one_that_changed_meanwhile_is_not_written_over(admin: Visitor) -> None:
    admin.menu("My accounts")
    admin.search("0027-kwykw")
    admin.row_menu("Client 0027-KWYKW", "Manage account details")
    admin.press("Edit profile")
    account_id = admin.page.url.rsplit("/", 1)[1]
    api = admin.stack.http("partner_admin")
    version = api.get(f"/accounts/{account_id}").json()["version"]
    changed = {"website": f"https://meanwhile.example/{version}"}
    assert api.patch(f"/accounts/{account_id}", changed, If_Match=f'"{version}"').status == 200
    admin.refused(412)
    admin.fill(organization="Written Over")
    admin.press("Save")
    admin.sees("Someone else saved changes while you were editing")
    assert api.get(f"/accounts/{account_id}").json()["organization"] == "Client 0027-KWYKW"
