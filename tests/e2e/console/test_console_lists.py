"""My accounts as a list: what is searched for comes at once, in the order asked for, and where one was before."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.e2e.console.test_console_network_failures import Held

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Request

    from tests.e2e.console.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]

DASHBOARD_KB = 60


def watched(visitor: Visitor, path: str) -> list[Request]:
    """Requests for this path, from now on."""
    asked: list[Request] = []
    visitor.page.on("request", lambda request: asked.append(request) if urlsplit(request.url).path == path else None)
    return asked


def frame(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("region", name="My accounts").first


def first_row(visitor: Visitor) -> Locator:
    return visitor.page.locator("tbody th a").first


def test_d4_a_search_is_one_request_and_d10_what_is_loading_never_passes_for_its_result(admin: Visitor) -> None:
    admin.menu("My accounts")
    name = first_row(admin).inner_text()
    username = admin.page.locator("tbody th span").first.inner_text()
    asked, slow = watched(admin, "/v1/accounts"), Held()
    admin.page.route("**/v1/accounts?**", slow.hold)
    admin.page.get_by_label("Search accounts").fill(username)
    expect(admin.page.get_by_text("Searching…").first).to_be_visible()
    expect(admin.page.locator("main").get_by_text("accounts loaded")).to_have_count(0)
    assert admin.page.locator("table").first.get_attribute("aria-rowcount") == "-1"
    slow.release()
    expect(admin.page.locator("main").get_by_text("1 account", exact=True)).to_be_visible()
    expect(first_row(admin)).to_have_text(name)
    admin.settled()
    assert len(asked) == 1, [request.url for request in asked]
    words = name.replace("’", "'").split()
    admin.page.get_by_label("Search accounts").fill(f"{words[-1][:6]} {words[0][:5]}")
    expect(admin.page.locator("tbody th a", has_text=name).first).to_be_visible()


def test_d11_back_from_an_account_leads_to_its_row_and_d12_sorting_to_the_top(admin: Visitor) -> None:
    admin.menu("My accounts")
    for way_back in ("back", "link"):
        frame(admin).evaluate("element => { element.scrollTop = 3000 }")
        admin.settled()
        before = frame(admin).evaluate("element => element.scrollTop")
        row = admin.page.locator("tbody tr[data-key]").nth(20).locator("a")
        name = row.inner_text()
        row.click()
        admin.heading(name)
        if way_back == "back":
            admin.page.go_back()
        else:
            admin.page.get_by_role("main").get_by_role("link", name="My accounts").click()
        admin.heading("My accounts")
        expect(admin.page.locator("a:focus")).to_have_text(name)
        assert abs(frame(admin).evaluate("element => element.scrollTop") - before) < 60
    admin.page.get_by_role("columnheader").get_by_role("button", name="List size").click()
    admin.settled()
    assert frame(admin).evaluate("element => element.scrollTop") == 0


def test_d13_the_server_sorts_and_counts(admin: Visitor) -> None:
    asked = watched(admin, "/v1/accounts")
    admin.open("/accounts?sort=-list_size")
    expect(admin.page.get_by_text("of 7,").first).to_be_visible()
    sizes = [int(text.replace(",", "")) for text in admin.page.locator("tbody tr[data-key] td:nth-child(7)").all_inner_texts()]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 1_000
    assert {parse_qs(urlsplit(request.url).query)["sort"][0] for request in asked} == {"-list_size"}
    expect(admin.page.get_by_role("columnheader", name="List size")).to_have_attribute("aria-sort", "descending")
    expect(admin.page.get_by_role("columnheader", name="Plan").get_by_role("button")).to_have_count(0)
    admin.open("/accounts?status_group=single_bill&account_type=managed")
    expect(admin.page.get_by_text("accounts loaded").first).to_contain_text(" of ")


def test_d41_a_refresh_that_fails_is_shown_with_a_way_on(admin: Visitor) -> None:
    admin.expected.add("net::ERR_FAILED")
    admin.menu("Team")
    admin.sees("Ada Harbour")
    admin.page.route("**/v1/team", lambda route: route.abort() if route.request.method == "GET" else route.continue_())
    admin.press("Invite someone")
    admin.fill(name="Rita Refresh", email=f"rita-{uuid4().hex[:8]}@refresh.example")
    admin.press("Send invitation")
    expect(admin.page.get_by_text("it could not be read again")).to_be_visible()
    admin.sees("Ada Harbour")
    admin.page.unroute_all()
    admin.press("Try again")
    expect(admin.page.get_by_text("it could not be read again")).to_have_count(0)


def test_the_dashboard_asks_for_figures_and_not_for_rows(admin: Visitor) -> None:
    sizes: dict[str, int] = {}

    def note(request: Request) -> None:
        if "/v1/" in request.url:
            sizes[request.url] = request.sizes()["responseBodySize"]

    admin.page.on("requestfinished", note)
    admin.menu("Dashboard")
    admin.settled()
    assert sum(sizes.values()) <= DASHBOARD_KB * 1_000, sizes
    assert any("/departure-counts" in url for url in sizes)
