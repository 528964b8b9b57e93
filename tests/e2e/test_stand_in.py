"""The stand-in for the platform: a client signs up by an invite, answers its partner, buys, mails and leaves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import pytest

from infra.local.api import send

if TYPE_CHECKING:
    from infra.local.api import Answer, Api
    from tests.e2e.stack import EmbeddedStack

pytestmark = pytest.mark.stack

FORM = {"organization": "Tern & Co", "first_name": "Tess", "last_name": "Tern", "email": "tess@tern.example"}


def post(stack: EmbeddedStack, path: str, origin: str = "", **form: str) -> Answer:
    """Send a form as a browser does, and go where it is led."""
    url = stack.info.client_side_url
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": origin or url}
    answer = send("POST", url + path, urlencode(form).encode(), headers)
    return send("GET", url + answer.headers["Location"]) if answer.status == 303 else answer


@pytest.fixture
def admin(stack: EmbeddedStack) -> Api:
    """Of the second partner: the accounts of the first stay as the sample has them."""
    return stack.http(stack.info.user("partner_admin", second=True))


@pytest.fixture
def client(stack: EmbeddedStack, admin: Api) -> dict[str, Any]:
    """An account that has just signed up by the partner's invite."""
    existing = admin.get("/invite")
    set_up = admin.put("/invite", {"slug": "come-aboard", "greeting": "Ahoy."}, If_Match=existing.headers["ETag"])
    assert set_up.status == 200
    username = f"tern-{uuid4().hex[:8]}"
    assert post(stack, "/join/come-aboard", username=username, **FORM).status == 200
    (account,) = admin.get(f"/accounts?q={username}").json()["items"]
    return dict(account)


def test_an_invite_leads_to_its_page_and_whoever_fills_it_in_is_a_client(
    stack: EmbeddedStack, admin: Api, client: dict[str, Any]
) -> None:
    assert (client["organization"], client["account_type"], client["status"]) == ("Tern & Co", "referred", "T")
    invite = admin.get("/invite").json()
    assert invite["url"] == f"{stack.info.client_side_url}/join/come-aboard"
    page = send("GET", invite["url"]).content.decode()
    assert "Ahoy." in page
    assert "stand-in for the platform" in page
    refused = post(stack, "/join/come-aboard", username="?", **FORM)
    assert (refused.status, "Tern &amp; Co" in refused.content.decode()) == (409, True)
    after = admin.get("/invite").json()
    assert (after["visits"], after["sign_ups"]) == (invite["visits"] + 1, invite["sign_ups"])


def test_a_client_answers_its_partner_mails_buys_and_leaves(
    stack: EmbeddedStack, admin: Api, client: dict[str, Any]
) -> None:
    path, home = f"/accounts/{client['account_id']}", f"/clients/{client['username']}"
    assert "asks to manage" not in send("GET", stack.info.client_side_url + home).content.decode()
    post(stack, home, do="plan", plan="standard")
    assert admin.put(f"{path}/permission-request").status == 200
    assert "asks to manage" in send("GET", stack.info.client_side_url + home).content.decode()
    post(stack, home, do="answer", approved="true")
    assert "it: updated." in post(stack, home, do="campaign").content.decode()
    post(stack, home, do="plan", plan="premium")
    post(stack, home, do="add-on", add_on="seo", has="inactive")
    after = admin.get(path).json()
    assert (after["account_type"], after["plan"]) == ("managed", "premium")
    assert after["activity"]["campaigns_sent"] == 1
    assert after["add_ons"]["seo"]["entitlement"] == "active"
    assert "The account is canceled." in post(stack, home, do="cancel", reason="poor_results").content.decode()
    again = post(stack, home, do="add-on", add_on="sms", has="inactive")
    assert (again.status, 'role="alert"' in again.content.decode()) == (409, True)
    assert admin.get(path).json()["status"] == "C"


def test_logging_in_to_an_account_opens_it_once(stack: EmbeddedStack, admin: Api, client: dict[str, Any]) -> None:
    path = f"/accounts/{client['account_id']}"
    admin.put(f"{path}/permission-request")
    post(stack, f"/clients/{client['username']}", do="answer", approved="true")
    link = admin.post(f"{path}/sign-in-links").json()["url"]
    assert link.startswith(f"{stack.info.client_side_url}/sign-in#token=")
    token = re.findall(r"token=([^&]+)", urlsplit(link).fragment)[0]
    assert "Tern &amp; Co" in post(stack, "/sign-in", token=token).content.decode()
    assert post(stack, "/sign-in", token=token).status == 409


def test_another_site_s_page_can_press_nothing(stack: EmbeddedStack, client: dict[str, Any]) -> None:
    assert post(stack, "/clients", origin="https://evil.example", username=client["username"]).status == 403
    assert send("GET", f"{stack.info.client_side_url}/nowhere").status == 404
