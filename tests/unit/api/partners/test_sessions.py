"""Sessions of the console over HTTP: begun, renewed and ended by their cookie, and by no page of another origin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib import config
from chalicelib.api.http import session_cookie
from chalicelib.api.partners import sessions as session_views
from chalicelib.domain.partners.sessions import Session
from tests.api_client import ApiClient, Reply

if TYPE_CHECKING:
    from chalice.app import Chalice

    from tests.fakes import FakePorts

ORIGIN = "https://partners.example"
NAME = "__Host-partnerbook-session"
ADMIN = "admin"


@dataclass
class Browser:
    """One browser of one person: it keeps the cookie that answers set."""

    app: Chalice
    cookie: str = ""
    origin: str = ORIGIN

    def call(self, method: str, path: str, body: Any = None, subject: str | None = None) -> Reply:
        headers = {
            "Origin": self.origin,
            "Cookie": f"theme=dark; {NAME}={self.cookie}" if self.cookie else "theme=dark",
        }
        reply = ApiClient(self.app, subject, headers).call(method, path, body)
        if "Set-Cookie" in reply.headers:
            self.cookie = reply.headers["Set-Cookie"].partition("=")[2].partition(";")[0]
        return reply

    def sign_in(self, subject: str = ADMIN, name: str = "first") -> Reply:
        return self.call("POST", "/sessions", {"refresh_token": f"{subject}/{name}/0"}, subject)

    def renew(self, idle: int = 0) -> str | None:
        reply = self.call("POST", "/sessions/renewal", {"idle_seconds": idle})
        assert reply.status == 200, reply.text
        token: str | None = reply.json["access_token"]
        return token


@pytest.fixture(autouse=True)
def chosen(monkeypatch: pytest.MonkeyPatch) -> config.Settings:
    made = config.Settings(console_url=f"{ORIGIN}/console", session_idle_minutes=30, session_hours=12)
    for module in (session_cookie, session_views):
        monkeypatch.setattr(module, "settings", lambda: made)
    return made


@pytest.fixture
def browser(app: Chalice, ports: FakePorts) -> Browser:
    return Browser(app)


def kept(ports: FakePorts) -> list[Session]:
    return ports.book.all(Session)


def test_signing_in_sets_a_cookie_that_no_script_and_no_other_site_can_use(browser: Browser) -> None:
    reply = browser.sign_in()
    assert reply.status == 200, reply.text
    assert reply.json == {
        "access_token": "access-admin/first/1",
        "expires_in": 300,
        "idle_limit": 1800,
        "ends_in": 43200,
    }
    name, attributes = reply.headers["Set-Cookie"].partition("=")[0], reply.headers["Set-Cookie"].split("; ")[1:]
    assert name == NAME
    assert attributes == ["Max-Age=1800", "Path=/", "HttpOnly", "SameSite=Strict", "Secure"]
    assert reply.headers["Cache-Control"] == "no-store"


def test_without_tls_the_cookie_is_named_after_the_port(monkeypatch: pytest.MonkeyPatch, browser: Browser) -> None:
    local = config.Settings(console_url="http://127.0.0.1:4566/console")
    monkeypatch.setattr(session_cookie, "settings", lambda: local)
    browser.origin = "http://127.0.0.1:4566"
    header = browser.sign_in().headers["Set-Cookie"]
    assert header.startswith("partnerbook-session-4566=")
    assert header.endswith("Path=/; HttpOnly; SameSite=Strict")


def test_a_session_is_renewed_by_its_cookie_which_changes_each_time(browser: Browser, ports: FakePorts) -> None:
    browser.sign_in()
    cookies = {browser.cookie}
    for number in (2, 3, 4):
        ports.now += timedelta(minutes=4)
        assert browser.renew() == f"access-admin/first/{number}"
        cookies.add(browser.cookie)
    assert len(cookies) == 4
    assert len(kept(ports)) == 1


def test_the_refresh_token_that_the_page_had_is_of_no_use_afterwards(browser: Browser) -> None:
    browser.sign_in()
    assert browser.sign_in().code == "unauthenticated"


@pytest.mark.parametrize("token", ["", "x", "manager/first/0", "e" * 9000])
def test_a_refresh_token_that_is_none_or_somebody_elses_begins_nothing(
    browser: Browser, ports: FakePorts, token: str
) -> None:
    reply = browser.call("POST", "/sessions", {"refresh_token": token}, ADMIN)
    assert reply.status in (401, 403, 422), reply.text
    assert "Set-Cookie" not in reply.headers
    assert kept(ports) == []


def test_a_cookie_used_beside_its_copy_ends_the_session_for_both(browser: Browser, ports: FakePorts) -> None:
    browser.sign_in()
    thief = Browser(browser.app, browser.cookie)
    assert thief.renew()
    assert browser.renew()
    ports.now += timedelta(minutes=4)
    assert thief.renew()
    ports.now += timedelta(minutes=1)
    assert browser.renew() is None
    assert thief.renew() is None
    assert ports.sign_ins.revoked == ["first"]
    assert kept(ports) == []


def test_a_cookie_that_opens_nothing_says_nothing_and_is_taken_away(browser: Browser, ports: FakePorts) -> None:
    browser.sign_in()
    subject, session_id, key, secret = browser.cookie.split(".")
    wrong = [
        "", "x", "a.b.c", "a.b.c.d", "!.b.c.d", "====.b.c.d", f"{subject}.sess_none.{key}.{secret}",
        f"{subject}.{session_id}.{secret}.{secret}", f"bm9ib2R5.{session_id}.{key}.{secret}",
    ]  # fmt: skip
    answers = {(reply.status, reply.text, reply.headers.get("Set-Cookie")) for reply in map(_renewal(browser), wrong)}
    nothing = '{"access_token":null,"expires_in":0,"idle_limit":1800,"ends_in":0}'
    assert answers == {(200, nothing, f"{NAME}=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict; Secure")}
    assert len(kept(ports)) == 1, "a stranger who knows a session's id ends nothing"


def _renewal(browser: Browser) -> Any:
    return lambda cookie: Browser(browser.app, cookie).call("POST", "/sessions/renewal", {})


def test_a_session_ends_half_an_hour_after_the_last_input_and_twelve_hours_after_it_began(
    browser: Browser, ports: FakePorts
) -> None:
    browser.sign_in()
    ports.now += timedelta(minutes=20)
    reply = browser.call("POST", "/sessions/renewal", {"idle_seconds": 19 * 60})
    assert "Max-Age=660;" in reply.headers["Set-Cookie"], "eleven minutes are left"
    ports.now += timedelta(minutes=11)
    assert browser.renew() is None
    browser.sign_in(name="second")
    for _ in range(47):
        ports.now += timedelta(minutes=15)
        assert browser.renew()
    ports.now += timedelta(minutes=15)
    assert browser.renew() is None
    assert ports.sign_ins.revoked == ["first", "second"]


def test_idle_as_long_as_a_session_may_be_is_over_at_once(browser: Browser, ports: FakePorts) -> None:
    browser.sign_in()
    assert browser.renew(idle=1800) is None
    assert kept(ports) == []


def test_a_session_that_the_identity_provider_ended_is_over(browser: Browser, ports: FakePorts) -> None:
    browser.sign_in()
    ports.sign_ins.ended.append(ADMIN)
    assert browser.renew() is None
    assert kept(ports) == []


def test_while_the_identity_provider_is_down_nothing_ends(browser: Browser, ports: FakePorts) -> None:
    browser.sign_in()
    ports.sign_ins.down = True
    reply = browser.call("POST", "/sessions/renewal", {})
    assert (reply.status, "Set-Cookie" in reply.headers) == (503, False)
    ports.sign_ins.down = False
    assert browser.renew()


def test_signing_out_ends_the_session_and_the_sign_in_once_and_for_all(browser: Browser, ports: FakePorts) -> None:
    browser.sign_in()
    copy = Browser(browser.app, browser.cookie)
    for tab in (browser, copy, browser):
        reply = tab.call("DELETE", "/sessions/current")
        assert (reply.status, reply.text) == (204, "")
        assert "Max-Age=0" in reply.headers["Set-Cookie"]
    assert copy.renew() is None
    assert ports.sign_ins.revoked == ["first"]
    assert kept(ports) == []


def test_signing_in_again_ends_the_session_that_this_browser_had(browser: Browser, ports: FakePorts) -> None:
    browser.sign_in()
    browser.sign_in("manager", "hers")
    assert [session.subject for session in kept(ports)] == ["manager"]
    assert ports.sign_ins.revoked == ["first"]


def test_ending_all_sessions_is_for_every_browser_of_the_caller_and_of_nobody_else(
    browser: Browser, ports: FakePorts
) -> None:
    other, colleague = Browser(browser.app), Browser(browser.app)
    browser.sign_in()
    other.sign_in(name="second")
    colleague.sign_in("manager")
    assert browser.call("DELETE", "/sessions", subject=ADMIN).status == 204
    assert ports.sign_ins.ended == [ADMIN]
    assert [session.subject for session in kept(ports)] == ["manager"]
    assert (browser.renew(), other.renew()) == (None, None)
    assert colleague.renew()


def test_whoever_is_on_no_team_keeps_a_session_too(browser: Browser, ports: FakePorts) -> None:
    assert browser.sign_in("newcomer").status == 200
    assert browser.call("DELETE", "/sessions", subject="newcomer").status == 204
    assert kept(ports) == []


FORGED = ["", "null", "https://evil.example", f"{ORIGIN}.evil.example", f"{ORIGIN}:8443", "http://partners.example"]


@pytest.mark.parametrize("origin", FORGED)
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/sessions", {"refresh_token": "admin/forged/0"}),
        ("POST", "/sessions/renewal", {}),
        ("DELETE", "/sessions/current", None),
    ],
)
def test_a_page_of_another_origin_is_refused_and_changes_nothing(
    browser: Browser, ports: FakePorts, method: str, path: str, body: Any, origin: str
) -> None:
    browser.sign_in()
    before = (kept(ports), set(ports.sign_ins.used))
    forger = Browser(browser.app, browser.cookie, origin)
    reply = forger.call(method, path, body, ADMIN if path == "/sessions" else None)
    assert (reply.code, "Set-Cookie" in reply.headers) == ("forbidden", False)
    assert (kept(ports), set(ports.sign_ins.used)) == before


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_what_the_browser_itself_says_is_no_page_of_the_console_is_refused(browser: Browser, site: str) -> None:
    browser.sign_in()
    headers = {"Origin": ORIGIN, "Cookie": f"{NAME}={browser.cookie}", "Sec-Fetch-Site": site}
    assert ApiClient(browser.app, None, headers).call("DELETE", "/sessions/current").code == "forbidden"
    headers["Sec-Fetch-Site"] = "same-origin"
    assert ApiClient(browser.app, None, headers).call("DELETE", "/sessions/current").status == 204


def test_a_form_of_another_page_cannot_be_a_request_of_ours(browser: Browser) -> None:
    headers = {"Origin": ORIGIN, "content-type": "text/plain"}
    reply = ApiClient(browser.app, None, headers).call("POST", "/sessions/renewal", "{}")
    assert reply.code == "wrong-media-type"


def test_a_stage_that_does_not_know_its_address_yet_keeps_no_sessions(
    monkeypatch: pytest.MonkeyPatch, browser: Browser
) -> None:
    monkeypatch.setattr(session_cookie, "settings", lambda: config.Settings(console_url="/console"))
    for origin in ("", "null", "://"):
        browser.origin = origin
        assert browser.sign_in().code == "forbidden"
