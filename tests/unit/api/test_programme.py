"""The programme over HTTP: each route once as it is meant, with what its answer says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.domain.accounts.accounts import Account, AccountType
from tests.unit.api.bodies import created

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api_client import ApiClient, Reply
    from tests.fakes import FakePorts

FORM = {
    "legal_business_name": "Analytical Engines Ltd",
    "business_type": "private_profit",
    "ein": "12-3456789",
    "street": "1 Main Street",
    "city": "Springfield",
    "state": "MA",
    "zip_code": "01101",
    "website": "https://engines.example",
    "privacy_policy_url": "https://engines.example/privacy",
    "terms_url": "https://engines.example/terms",
    "contact_name": "Ada Lovelace",
    "contact_phone": "+1 555 0100",
    "contact_email": "ada@engines.example",
    "opt_in_type": "web_form",
    "use_case": "marketing",
    "sample_message": "Engines at 8.",
    "sender_name": "Engines",
}
OWNER = {"email": "c@client.example"}


@pytest.fixture
def operator(caller: Callable[[str], ApiClient]) -> ApiClient:
    return caller("operator")


@pytest.fixture
def client(caller: Callable[[str], ApiClient]) -> ApiClient:
    """The platform, acting for the client of the account that the tests make."""
    return caller("platform").using(Acting_For="ada_lovelace")


def ok(reply: Reply, status: int = 200) -> Any:
    assert reply.status == status, reply.text
    return reply.json if reply.text else None


def put(client: ApiClient, path: str, body: Any, version: int) -> Any:
    return ok(client.using(If_Match=f'"{version}"').put(path, body))


def move_to(partner_id: str = "prt_other") -> dict[str, Any]:
    consent = {"given_by": "Ada", "given_at": "2026-11-01T09:00:00Z", "evidence": "Ticket 17"}
    return {"to_partner_id": partner_id, "qualifies": True, "consent": consent}


def a_referred_account(platform: ApiClient, admin: ApiClient) -> dict[str, Any]:
    put(admin, "/invite", {"slug": "acme", "greeting": "Hello", "logo_url": "https://acme.example/logo.png"}, 0)
    body = {"username": "ada_lovelace", "organization": "Client & Co", "owner": OWNER}
    signed_up: dict[str, Any] = ok(platform.post("/invites/acme/sign-ups", body), 201)
    return signed_up


def test_a_plan_is_changed_with_what_is_to_be_kept(admin: ApiClient) -> None:
    path = f"/accounts/{created(admin, plan='premium')['account_id']}/plan"
    account = ok(admin.put(path, {"plan": "lite", "keep_add_ons": ["newsletter_archive"]}))
    assert account["add_ons"]["newsletter_archive"]["entitlement"] == "active"
    refused = admin.put(path, {"plan": "trial"})
    assert (refused.status, refused.code) == (409, "conflict")


def test_a_cancellation_is_dated_withdrawn_and_takes_effect(admin: ApiClient) -> None:
    path = f"/accounts/{created(admin)['account_id']}/cancellation"
    dated = ok(admin.put(path, {"reason": "poor_results", "effective_on": "2026-12-01"}))
    assert (dated["status"], dated["cancellation"]["effective_on"]) == ("O", "2026-12-01")
    assert ok(admin.delete(path))["cancellation"] is None
    past = admin.put(path, {"reason": "poor_results", "effective_on": "2026-11-04"})
    assert (past.status, past.pointers) == (422, ["/effective_on"])
    assert admin.put(path, {"reason": "bored"}).status == 422
    assert ok(admin.put(path, {"reason": "poor_results"}))["status"] == "C"
    (departure,) = ok(admin.get("/departures"))["items"]
    assert (departure["event"], departure["days_ago"], departure["reason"]) == ("cancellation", 0, "poor_results")
    assert admin.put(path, {"reason": "poor_results"}).status == 409


def test_holds_and_billing(admin: ApiClient, operator: ApiClient) -> None:
    path = f"/accounts/{created(admin)['account_id']}"
    assert operator.put(f"{path}/holds/suspended").status == 409
    assert ok(admin.put(f"{path}/billing-mode", {"billing_mode": "direct"}))["billing_mode"] == "direct"
    assert ok(operator.put(f"{path}/holds/suspended"))["holds"] == ["suspended"]
    assert ok(operator.put(f"{path}/holds/compliance"))["holds"] == ["compliance", "suspended"]
    assert ok(operator.delete(f"{path}/holds/suspended"))["holds"] == ["compliance"]
    assert operator.delete(f"{path}/holds/suspended").status == 409
    assert operator.put(f"{path}/holds/forever").status == 404
    assert admin.put(f"{path}/holds/compliance").status == 403


def test_an_sms_registration_from_its_form_to_its_approval(admin: ApiClient, operator: ApiClient) -> None:
    path = f"/accounts/{created(admin)['account_id']}"
    ok(admin.put(f"{path}/add-ons/sms"))
    empty = ok(admin.get(f"{path}/sms-registration"))
    assert (empty["status"], empty["version"]) == ("not_started", 0)
    draft = put(admin, f"{path}/sms-registration", {**FORM, "contact_email": ""}, 0)
    assert (draft["status"], draft["form"]["ein"], draft["form"]["contact_email"]) == ("draft", "123456789", None)
    gap = admin.post(f"{path}/sms-registration/submission", key="s-1")
    assert (gap.status, gap.pointers) == (422, ["/contact_email"])
    put(admin, f"{path}/sms-registration", FORM, 1)
    assert ok(admin.post(f"{path}/sms-registration/submission", key="s-1"))["status"] == "submitted"
    (waiting,) = ok(operator.get("/sms-registrations"))["items"]
    assert waiting["account_id"] in path
    review = f"{path}/sms-registration/review"
    assert operator.post(review, {"status": "rejected"}, key="r-0").status == 422
    ok(operator.post(review, {"status": "in_review"}, key="r-1"))
    assert ok(operator.post(review, {"status": "approved"}, key="r-2"))["status"] == "approved"
    assert ok(admin.get(path))["add_ons"]["sms"] == {
        "entitlement": "active",
        "usable": True,
        "payer": "partner",
        "registration": "approved",
        "refusal": None,
    }
    assert ok(operator.get("/sms-registrations"))["items"] == []


def test_from_invite_to_permission_and_back(
    admin: ApiClient, anyone: ApiClient, client: ApiClient, ports: FakePorts
) -> None:
    signed_up = a_referred_account(client, admin)
    path = f"/accounts/{signed_up['account_id']}"
    seen = ok(anyone.get("/invites/acme"))
    assert (seen["partner_name"], seen["greeting"], seen["trial_days"]) == ("Prt_Acme", "Hello", 60)
    ok(anyone.post("/invites/acme/visits", key=None), 204)
    invite = ok(admin.get("/invite"))
    assert (invite["visits"], invite["sign_ups"], invite["url"]) == (1, 1, "https://app.example.com/join/acme")
    account = ok(admin.get(path))
    assert (account["account_type"], account["status"], account["trial_ends_on"]) == ("referred", "T", "2027-01-04")
    assert "last_permission_request" not in account
    asked = ok(admin.put(f"{path}/permission-request"))
    assert (asked["status"], asked["expires_on"]) == ("pending", "2026-12-05")
    assert ok(admin.delete(f"{path}/permission-request"))["permission_ends_on"] is None
    assert ok(admin.get(path))["last_permission_request"] == {"status": "withdrawn", "ended_on": "2026-11-05"}
    assert "last_permission_request" not in ok(admin.get("/accounts"))["items"][0]
    late = client.put(f"{path}/permission-request/answer", {"approved": True})
    assert (late.status, late.code) == (409, "conflict")
    ports.later(days=6)
    soon = admin.put(f"{path}/permission-request")
    assert (soon.status, soon.code, int(soon.headers["Retry-After"])) == (429, "too-many-requests", 86_401)
    assert "7 days later at the earliest" in soon.text
    ports.later(days=1)
    ok(admin.put(f"{path}/permission-request"))
    assert "last_permission_request" not in ok(admin.get(path))
    assert ok(client.put(f"{path}/permission-request/answer", {"approved": True}))["account_type"] == "managed"
    assert ok(admin.put(f"{path}/account-type", {"account_type": "referred"}))["account_type"] == "referred"
    assert admin.put(f"{path}/account-type", {"account_type": "managed"}).status == 422


def test_a_sign_in_link_is_given_and_redeemed(admin: ApiClient, caller: Callable[[str], ApiClient]) -> None:
    path = f"/accounts/{created(admin)['account_id']}/sign-in-links"
    first, again = ok(admin.post(path, key="l-1"), 201), ok(admin.post(path, key="l-1"), 201)
    assert first["token"] != again["token"]
    assert again["url"] == f"https://app.example.com/sign-in#token={again['token']}"
    platform = caller("platform")
    gone = platform.post("/sign-in-links/redemptions", {"token": first["token"]}, key="t-1")
    assert (gone.status, gone.code) == (410, "gone")
    used = ok(platform.post("/sign-in-links/redemptions", {"token": again["token"]}, key="t-2"))
    assert (used["username"], used["subject"], used["role"]) == ("ada_lovelace", "admin", "partner_admin")
    assert ok(platform.post("/sign-in-links/redemptions", {"token": again["token"]}, key="t-2")) == used
    assert platform.post("/sign-in-links/redemptions", {"token": again["token"]}, key="t-3").status == 410
    for odd in ("", "x", "acct_1." + "x" * 43):
        assert platform.post("/sign-in-links/redemptions", {"token": odd}, key=f"odd-{odd}").status == 410


def test_activity_is_answered_report_by_report(admin: ApiClient, client: ApiClient) -> None:
    account = created(admin)
    own = {"username": "ADA_lovelace", "as_of": "2026-11-05T09:00:00Z", "list_size": 7}
    own |= {"login_count": 2, "campaigns_sent": 1, "last_login_on": "2026-11-04"}
    body = {"reports": [own, {**own, "username": "nobody"}, own]}
    for key in ("a-1", "a-1"):
        outcomes = [item["outcome"] for item in ok(client.post("/activity", body, key=key))["items"]]
        assert outcomes == ["updated", "unknown_username", "unchanged"]
    assert ok(admin.get(f"/accounts/{account['account_id']}"))["activity"]["list_size"] == 7
    future = client.post("/activity", {"reports": [{**own, "as_of": "2026-11-06T00:00:00Z"}]}, key="a-2")
    assert (future.status, future.pointers) == (422, ["/reports/0/as_of"])
    assert client.post("/activity", {"reports": [own] * 501}, key="a-3").status == 422
    assert client.post("/activity", {"reports": []}, key="a-4").status == 422


def test_work_is_asked_for_quoted_priced_and_done(admin: ApiClient, operator: ApiClient) -> None:
    new = {"account_id": created(admin)["account_id"], "kind": "template_design", "brief": "A template.", "budget": 100}
    asked = ok(admin.post("/service-requests", new, key="w-1"), 201)
    assert (asked["status"], asked["may_contact_client"], asked["margin"]) == ("requested", False, None)
    path = f"/service-requests/{asked['service_request_id']}"
    ok(operator.patch(path, {"quote": 5000}, 1))
    priced = ok(admin.patch(path, {"price": 8000, "status": "accepted"}, 2))
    assert (priced["margin"], priced["status"]) == ({"amount": 3000, "currency": "USD"}, "accepted")
    assert admin.patch(path, {"status": "done"}, 3).status == 409
    for version, state in ((3, "in_progress"), (4, "done")):
        assert ok(operator.patch(path, {"status": state}, version))["status"] == state
    assert ok(admin.get(path)) == ok(admin.get("/service-requests"))["items"][0]


def test_the_team(admin: ApiClient, ports: FakePorts) -> None:
    new = {"email": "Grace@agency.example", "name": "Grace", "role": "partner_viewer"}
    partner = ports.partners.get("prt_acme")
    ports.book.put(type(partner)(partner_id="prt_acme", name="Acme", created_at=ports.now, admin_count=1))
    grace = ok(admin.post("/team", new, key="i-1"), 201)
    assert (grace["email"], grace["role"]) == ("grace@agency.example", "partner_viewer")
    team = ok(admin.get("/team"))
    assert [item["role"] for item in team["items"]] == ["partner_admin", "partner_manager", "partner_viewer"]
    assert [item["email"] for item in team["invitations"]] == ["grace@agency.example"]
    assert ok(admin.patch("/team/viewer", {"role": "partner_manager"}, 1))["role"] == "partner_manager"
    ok(admin.delete("/team/viewer"), 204)
    assert admin.delete("/team/viewer").status == 404
    assert admin.delete("/team/admin").status == 409


def test_settings_and_partners(admin: ApiClient, operator: ApiClient) -> None:
    changed = ok(admin.patch("/settings", {"recipients": ["a@x.example"], "link_days": 3}, 1))
    assert (changed["recipients"], changed["link_days"], changed["report_retention_days"]) == (["a@x.example"], 3, 30)
    assert admin.patch("/settings", {"link_days": 4}, 1).status == 412
    made = ok(operator.post("/partners", {"name": "Third", "terms": {"trial_days": 9}}, key="p-1"), 201)
    assert (made["terms"]["trial_days"], made["terms"]["permission_days"]) == (9, 30)
    path = f"/partners/{made['partner_id']}"
    ok(operator.patch(path, {"terms": {"bonus": {"amount": 1, "currency": "EUR"}}}, 1))
    terms = ok(operator.patch(path, {"terms": {"trial_days": 8}, "suspended": True}, 2))["terms"]
    assert (terms["bonus"], terms["trial_days"]) == ({"amount": 1, "currency": "EUR"}, 8)
    assert [item["name"] for item in ok(operator.get("/partners"))["items"]] == ["Prt_Acme", "Prt_Other", "Third"]
    assert ok(operator.get(path))["suspended"] is True


def test_an_operator_finds_moves_and_erases(admin: ApiClient, operator: ApiClient) -> None:
    account = created(admin)
    path = f"/accounts/{account['account_id']}"
    assert ok(operator.get("/usernames/Ada_Lovelace"))["account_id"] == account["account_id"]
    assert operator.get("/usernames/nobody-here").status == 404
    for wrong in ("", "prt_none", "x" * 200):
        assert operator.post(f"{path}/moves", move_to(wrong), key="m-0").status == 422
    ok(operator.post(f"{path}/moves", move_to(), key="m-1"))
    existing = operator.using(Partner_Id="prt_other")
    ok(existing.put(f"{path}/cancellation", {"reason": "poor_results"}))
    erased = ok(existing.post(f"{path}/erasure", key="e-1"))
    assert set(erased["owner"].values()) == {""}


def test_the_trail_is_filtered_and_paged(admin: ApiClient) -> None:
    path = f"/accounts/{created(admin)['account_id']}"
    for add_on in ("sms", "seo"):
        ok(admin.put(f"{path}/add-ons/{add_on}"))
    first = ok(admin.get("/audit?kind=add_on.activated&limit=1"))
    second = ok(admin.get(f"/audit?kind=add_on.activated&limit=1&cursor={first['next']}"))
    assert [item["items"][0]["changes"][0]["new"] for item in (first, second)] == ["seo, sms", "sms"]
    assert ok(admin.get("/audit?until=2026-11-05T11:59:59Z"))["items"] == []
    assert admin.get("/audit?since=2026-11-05T11:59:59").status == 422


def test_the_platform_acts_for_a_client_on_no_other_account(admin: ApiClient, client: ApiClient) -> None:
    mine, other = created(admin, billing_mode="direct"), created(admin, username="other_one", billing_mode="direct")
    assert client.put(f"/accounts/{mine['account_id']}/add-ons/seo").status == 200
    refused = client.put(f"/accounts/{other['account_id']}/add-ons/seo")
    assert (refused.status, refused.code) == (404, "not-found")
    assert refused.json["detail"] == client.put("/accounts/acct_none/add-ons/seo").json["detail"]


def test_a_referred_account_is_not_the_partners_to_decide_over(admin: ApiClient, client: ApiClient) -> None:
    path = f"/accounts/{a_referred_account(client, admin)['account_id']}"
    refused = admin.put(f"{path}/plan", {"plan": "lite"})
    assert (refused.status, refused.code) == (403, "forbidden")
    upgraded = ok(client.put(f"{path}/plan", {"plan": "premium"}))
    assert (upgraded["status"], upgraded["bonus"]["status"]) == ("O", "tracking")


def test_all_that_was_done_left_the_counters_exact(admin: ApiClient, client: ApiClient, ports: FakePorts) -> None:
    a_referred_account(client, admin)
    created(admin, username="second_one")
    ports.book.assert_counted()
    assert {item.account_type for item in ports.book.all(Account)} == {AccountType.REFERRED, AccountType.MANAGED}
