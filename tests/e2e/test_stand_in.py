"""The stand-in for the platform: a client signs up by an invite, answers its partner, buys, mails and leaves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import pytest

from infra.local.api import send

if TYPE_CHECKING:
    from infra.local.api import Answer
    from tests.e2e.stack import EmbeddedStack

pytestmark = pytest.mark.stack


def post(stack: EmbeddedStack, path: str, origin: str = "", **form: str) -> Answer:
    """Send a form as a browser does, and go where it is led."""
    url = stack.info.client_side_url
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": origin or url}
    answer = send("POST", url + path, urlencode(form).encode(), headers)
    return send("GET", url + answer.headers["Location"]) if answer.status == 303 else answer


def test_an_invite_leads_to_its_page_and_whoever_fills_it_in_is_a_client(stack: EmbeddedStack) -> None:
    admin, username = stack.http("partner_admin"), f"tern-{uuid4().hex[:8]}"
    existing = admin.get("/invite")
    invite = admin.put(
        "/invite", {"slug": "come-aboard", "greeting": "Ahoy."}, If_Match=existing.headers["ETag"]
    ).json()
    assert invite["url"] == f"{stack.info.client_side_url}/join/come-aboard"
    page = send("GET", invite["url"]).content.decode()
    assert "Ahoy." in page
    assert "stand-in for the platform" in page
    form = {"organization": "Tern & Co", "first_name": "Tess", "last_name": "Tern", "email": "tess@tern.example"}
    refused = post(stack, "/join/come-aboard", username="?", **form)
    assert (refused.status, "Tern &amp; Co" in refused.content.decode()) == (409, True)
    joined = post(stack, "/join/come-aboard", username=username, **form)
    assert joined.status == 200
    assert "on trial" in joined.content.decode()
    (account,) = admin.get(f"/accounts?q={username}").json()["items"]
    assert (account["organization"], account["account_type"]) == ("Tern & Co", "referred")
    counts = admin.get("/invite").json()
    assert counts["sign_ups"] == invite["sign_ups"] + 1
    assert counts["visits"] > invite["visits"]


def test_a_client_answers_its_partner_mails_buys_and_leaves(stack: EmbeddedStack) -> None:
    admin = stack.http("partner_admin")
    account = admin.get("/accounts?status=O&account_type=referred&plan=standard&list_size_max=40&limit=1").json()[
        "items"
    ][0]
    path, home = f"/accounts/{account['account_id']}", f"/clients/{account['username']}"
    assert "asks to manage" not in send("GET", stack.info.client_side_url + home).content.decode()
    assert admin.put(f"{path}/permission-request").status == 200
    assert "asks to manage" in send("GET", stack.info.client_side_url + home).content.decode()
    post(stack, home, do="answer", approved="true")
    sent = account["activity"]["campaigns_sent"]
    assert "it: updated." in post(stack, home, do="campaign").content.decode()
    post(stack, home, do="plan", plan="premium")
    has = account["add_ons"]["seo"]["entitlement"]
    post(stack, home, do="add-on", add_on="seo", has=has)
    after = admin.get(path).json()
    assert (after["account_type"], after["plan"]) == ("managed", "premium")
    assert after["activity"]["campaigns_sent"] == sent + 1
    assert after["add_ons"]["seo"]["entitlement"] != has
    assert "The account is canceled." in post(stack, home, do="cancel", reason="poor_results").content.decode()
    again = post(stack, home, do="add-on", add_on="sms", has="inactive")
    assert (again.status, 'role="alert"' in again.content.decode()) == (409, True)
    assert admin.get(path).json()["status"] == "C"


def test_logging_in_to_an_account_opens_it_once(stack: EmbeddedStack) -> None:
    admin = stack.http("partner_admin")
    account = admin.get("/accounts?status=O&account_type=managed&limit=1").json()["items"][0]
    link = admin.post(f"/accounts/{account['account_id']}/sign-in-links").json()["url"]
    assert link.startswith(f"{stack.info.client_side_url}/sign-in#token=")
    token = re.findall(r"token=([^&]+)", urlsplit(link).fragment)[0]
    assert account["organization"].split()[0] in post(stack, "/sign-in", token=token).content.decode()
    assert post(stack, "/sign-in", token=token).status == 409


def test_another_site_s_page_can_press_nothing(stack: EmbeddedStack) -> None:
    assert post(stack, "/clients", origin="https://evil.example", username="0014-bmaqu").status == 403
    assert send("GET", f"{stack.info.client_side_url}/nowhere").status == 404
