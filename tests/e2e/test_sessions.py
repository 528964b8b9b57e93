"""Sessions on the running stack: by real tokens of the pool, which rotate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from infra.local.api import Api

if TYPE_CHECKING:
    from infra.local.api import Answer
    from tests.e2e.stack import EmbeddedStack

pytestmark = pytest.mark.stack


@dataclass
class Browser:
    """One browser: it keeps the cookie that answers set."""

    stack: EmbeddedStack
    cookie: str = ""

    def call(self, method: str, path: str, body: Any = None, token: str | None = None, origin: str = "") -> Answer:
        headers = {"Origin": origin or self.stack.place.endpoint} | ({"Cookie": self.cookie} if self.cookie else {})
        answer = Api(self.stack.info.api_url, token, headers).request(method, path, body)
        if set_cookie := answer.headers["Set-Cookie"]:
            self.cookie = set_cookie.partition(";")[0]
        return answer

    def renew(self) -> str | None:
        answer = self.call("POST", "/sessions/renewal", {})
        assert answer.status == 200, answer.content
        token: str | None = answer.json()["access_token"]
        return token


def tokens(stack: EmbeddedStack) -> dict[str, str]:
    """What signing in gives."""
    person = stack.info.user("partner_viewer")
    signed_in = stack.aws("cognito-idp").initiate_auth(
        ClientId=stack.info.user_pool_client_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": person.username, "PASSWORD": person.password},
    )
    result: dict[str, str] = signed_in["AuthenticationResult"]
    return result


def begun(stack: EmbeddedStack) -> Browser:
    browser, given = Browser(stack), tokens(stack)
    answer = browser.call("POST", "/sessions", {"refresh_token": given["RefreshToken"]}, given["AccessToken"])
    assert answer.status == 200, answer.content
    assert answer.headers["Set-Cookie"].endswith("; Path=/; HttpOnly; SameSite=Strict"), answer.headers
    return browser


@pytest.mark.aws("W20")
def test_a_session_lives_by_its_cookie_until_it_is_ended(stack: EmbeddedStack) -> None:
    browser = begun(stack)
    copied = Browser(stack, browser.cookie)
    token = browser.renew()
    assert Api(stack.info.api_url, token).get("/me").status == 200
    assert copied.renew(), "until the new cookie is shown, the former one may be an answer that was lost"
    assert browser.renew()
    assert browser.renew()
    forged = Browser(stack, browser.cookie).call("POST", "/sessions/renewal", {}, origin="https://evil.example")
    assert (forged.status, forged.json()["type"]) == (403, "/problems/forbidden")
    assert browser.renew()
    assert browser.call("DELETE", "/sessions/current").status == 204
    assert (browser.renew(), copied.renew()) == (None, None)


def test_signing_out_everywhere_ends_each_browser_and_its_refresh_tokens(stack: EmbeddedStack) -> None:
    first, second = begun(stack), begun(stack)
    token = first.renew()
    assert first.call("DELETE", "/sessions", token=token).status == 204
    assert (first.renew(), second.renew()) == (None, None)
