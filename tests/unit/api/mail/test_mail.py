"""Mails, links and schedules over HTTP: what members see, and what somebody sees who only has a link."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.domain.mail.deliveries import Delivery, DeliveryStatus
from chalicelib.domain.mail.email_messages import ReportReady
from chalicelib.domain.mail.suppressions import Suppression
from chalicelib.domain.partners.partners import Partner, PartnerSettings
from chalicelib.domain.report_runs.downloads import Download
from chalicelib.domain.report_runs.report_runs import ReportRun
from chalicelib.services.mail.send_worker import deliver
from chalicelib.services.report_runs.worker import make
from tests.unit.api.bodies import created
from tests.unit.api.conftest import ACME

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api_client import ApiClient
    from tests.fakes import FakePorts

DETAILS = {
    "report": "managed-account-details",
    "formats": ["csv"],
    "account_status": "O",
    "email_to": ["viewer@example.com"],
}
DAILY = {**DETAILS, "timing": {"frequency": "daily", "hour": 6}}
PAGE = {"Accept": "text/html,application/xhtml+xml"}


def work(ports: FakePorts) -> None:
    """Let the workers do what was handed over."""
    for _, message in ports.report_queue.sent:
        make(ports, ACME, message["report_run_id"])
    for _, message in ports.delivery_queue.sent:
        deliver(ports, ACME, message["delivery_id"])


def mailed(admin: ApiClient, ports: FakePorts, **changes: Any) -> str:
    """The token of the link in a mail that was just sent."""
    reply = admin.post("/reports", {**DETAILS, **changes}, key=f"mailed-{len(ports.mailer.sent)}")
    assert reply.status == 202, reply.text
    work(ports)
    letter = ports.mailer.sent[-1].content
    assert isinstance(letter, ReportReady)
    return letter.report.links[0].token


def uses(ports: FakePorts) -> int:
    return sum(item.uses for item in ports.book.all(Download))


def test_a_report_is_mailed_to_whom_it_was_asked_for(admin: ApiClient, ports: FakePorts) -> None:
    mailed(admin, ports)
    (mail,) = admin.get("/deliveries").json["items"]
    assert (mail["to"], mail["kind"], mail["status"]) == ("viewer@example.com", "report_ready", "sent")
    assert [item.to for item in ports.mailer.sent] == ["viewer@example.com"]
    run = admin.get(f"/reports/{mail['report_run_id']}").json
    assert (run["email_to"], run["report_schedule_id"]) == (["viewer@example.com"], None)


def test_strangers_are_refused_by_name_and_nothing_is_written(admin: ApiClient, ports: FakePorts) -> None:
    addresses = ["viewer@example.com", "eve@elsewhere.example", "stranger@example.com"]
    reply = admin.post("/reports", {**DETAILS, "email_to": addresses})
    assert (reply.status, reply.pointers) == (422, ["/email_to/1", "/email_to/2"])
    assert "eve@elsewhere.example" in reply.text
    assert ports.book.all(ReportRun) == []


def test_recipients_in_the_settings_are_no_strangers_whatever_their_case(admin: ApiClient, ports: FakePorts) -> None:
    partner = ports.partners.get(ACME)
    settings = PartnerSettings(recipients=("Boss@Acme.example",))
    ports.book.put(replace(partner, settings=settings, confirmed_recipients=("boss@acme.example",)))
    mailed(admin, ports, email_to=["boss@acme.example"])
    assert [item.to for item in ports.mailer.sent] == ["boss@acme.example"]


def test_a_link_leads_to_a_fresh_url_with_the_right_name(admin: ApiClient, anyone: ApiClient, ports: FakePorts) -> None:
    reply = anyone.get(f"/downloads/{mailed(admin, ports)}")
    assert (reply.status, reply.text, reply.headers["Cache-Control"]) == (302, "", "no-store")
    assert "name=partnerbook-managed-account-details-O-2026-11-05-1200-UTC.csv&seconds=300" in reply.headers["Location"]


def test_twenty_scanners_use_nothing_up(admin: ApiClient, anyone: ApiClient, ports: FakePorts) -> None:
    token = mailed(admin, ports)
    for _ in range(20):
        assert anyone.call("HEAD", f"/downloads/{token}?utm_source=mail").status == 200
    assert uses(ports) == 0
    for _ in range(20):
        assert anyone.get(f"/downloads/{token}?utm_source=mail").status == 302
    assert uses(ports) == 20


def test_a_head_tells_nothing_of_whether_a_link_is_there(admin: ApiClient, anyone: ApiClient, ports: FakePorts) -> None:
    existing, unknown = (anyone.call("HEAD", f"/downloads/{token}") for token in (mailed(admin, ports), "x" * 43))
    assert (existing.status, existing.headers, existing.text) == (unknown.status, unknown.headers, unknown.text)


def test_an_unknown_link_is_not_found_and_an_expired_or_revoked_one_gone(
    admin: ApiClient, anyone: ApiClient, ports: FakePorts
) -> None:
    assert anyone.get(f"/downloads/{'x' * 43}").status == 404
    first = mailed(admin, ports)
    run_id = ports.book.all(ReportRun)[0].report_run_id
    assert admin.delete(f"/reports/{run_id}/links").status == 204
    assert anyone.get(f"/downloads/{first}").status == 410
    ports.later(seconds=1)
    admin.post(f"/deliveries/{ports.book.all(Delivery)[0].delivery_id}/resend", key="again")
    work(ports)
    letter = ports.mailer.sent[-1].content
    assert isinstance(letter, ReportReady)
    second = letter.report.links[0].token
    assert anyone.get(f"/downloads/{second}").status == 302, "a link mailed after the revocation works"
    ports.later(days=7)
    assert anyone.get(f"/downloads/{second}").status == 410


def test_a_link_to_a_file_that_is_gone_is_gone(admin: ApiClient, anyone: ApiClient, ports: FakePorts) -> None:
    token = mailed(admin, ports)
    run_id = ports.book.all(ReportRun)[0].report_run_id
    admin.delete(f"/reports/{run_id}")
    assert anyone.get(f"/downloads/{token}").code == "gone"


@pytest.mark.parametrize("hostile", ["%3Cscript%3E", "..", "a%2Fb", "%00", "x" * 200])
def test_no_answer_to_a_link_repeats_what_was_sent(anyone: ApiClient, hostile: str) -> None:
    for path in ("downloads", "unsubscribes"):
        reply = anyone.using(**PAGE).get(f"/{path}/{hostile}?{hostile}=1")
        assert reply.status == 404
        assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "script" not in reply.text.replace("<style", "")
        assert hostile not in reply.text.removeprefix("<!doctype html>") or hostile == ".."


def test_a_browser_gets_a_page_that_says_what_is_wrong(anyone: ApiClient, admin: ApiClient, ports: FakePorts) -> None:
    token = mailed(admin, ports)
    ports.later(days=8)
    page, problem = anyone.using(**PAGE).get(f"/downloads/{token}"), anyone.get(f"/downloads/{token}")
    assert (page.status, problem.status, problem.code) == (410, 410, "gone")
    assert "This link expired on 2026-11-12" in page.text
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")


def test_one_click_unsubscribes_and_looking_does_not(admin: ApiClient, anyone: ApiClient, ports: FakePorts) -> None:
    schedule = admin.post("/report-schedules", DAILY, key="s").json
    admin.post(f"/report-schedules/{schedule['report_schedule_id']}/runs", key="r")
    work(ports)
    token = ports.mailer.sent[0].unsubscribe_token
    page = anyone.get(f"/unsubscribes/{token}")
    assert (page.status, '<form method="post"' in page.text) == (200, True)
    assert ports.book.all(Suppression) == []
    one_click = anyone.using(content_type="application/x-www-form-urlencoded")
    for _ in range(2):
        done = one_click.call("POST", f"/unsubscribes/{token}", "List-Unsubscribe=One-Click")
        assert (done.status, "You are unsubscribed" in done.text) == (200, True)
    assert len(ports.book.all(Suppression)) == 1
    admin.post(f"/report-schedules/{schedule['report_schedule_id']}/runs", key="r2")
    work(ports)
    assert len(ports.mailer.sent) == 1
    assert admin.get("/deliveries?status=suppressed").json["items"][0]["reason"]


def test_an_unknown_way_out_ends_nothing(anyone: ApiClient, ports: FakePorts) -> None:
    assert anyone.call("POST", f"/unsubscribes/{'x' * 43}").status == 404
    assert ports.book.all(Suppression) == []


def test_a_download_token_unsubscribes_nobody(admin: ApiClient, anyone: ApiClient, ports: FakePorts) -> None:
    assert anyone.call("POST", f"/unsubscribes/{mailed(admin, ports)}").status == 404


def test_mails_are_listed_by_state_and_kind_page_by_page(admin: ApiClient, ports: FakePorts) -> None:
    for _ in range(3):
        mailed(admin, ports)
        ports.later(seconds=1)
    first = admin.get("/deliveries?limit=2&status=sent").json
    rest = admin.get(f"/deliveries?limit=2&status=sent&cursor={first['next']}").json
    ids = [item["delivery_id"] for item in first["items"] + rest["items"]]
    assert ids == sorted(ids, reverse=True)
    assert len(ids) == 3
    assert admin.get("/deliveries?kind=bonuses_earned").json["items"] == []
    assert admin.get("/deliveries?status=lost").status == 422


def test_resending_is_once_for_one_key(admin: ApiClient, ports: FakePorts) -> None:
    mailed(admin, ports)
    delivery_id = ports.book.all(Delivery)[0].delivery_id
    replies = [admin.post(f"/deliveries/{delivery_id}/resend", key="again") for _ in range(2)]
    assert [(reply.status, reply.json["status"]) for reply in replies] == [(202, "queued")] * 2
    work(ports)
    assert len(ports.mailer.sent) == 2
    ports.book.put(replace(ports.deliveries.get(ACME, delivery_id), status=DeliveryStatus.SENDING))
    assert admin.post(f"/deliveries/{delivery_id}/resend", key="now").status == 409


def test_other_partners_mails_schedules_and_links_are_as_unknown_ones(
    caller: Callable[[str], ApiClient], admin: ApiClient, ports: FakePorts
) -> None:
    mailed(admin, ports)
    schedule_id = admin.post("/report-schedules", DAILY, key="s").json["report_schedule_id"]
    delivery, run = ports.book.all(Delivery)[0], ports.book.all(ReportRun)[0]
    stranger, before = caller("stranger"), ports.book.dump()
    assert stranger.get("/deliveries").json == stranger.get("/report-schedules").json == {"items": []}
    for method, path, existing in (
        ("POST", "/deliveries/{}/resend", delivery.delivery_id),
        ("DELETE", "/reports/{}/links", run.report_run_id),
        ("GET", "/report-schedules/{}", schedule_id),
        ("DELETE", "/report-schedules/{}", schedule_id),
        ("POST", "/report-schedules/{}/runs", schedule_id),
    ):
        asking = stranger.using(Idempotency_Key="k") if method == "POST" else stranger
        foreign, unknown = (asking.call(method, path.format(item)) for item in (existing, "nothing"))
        assert (foreign.status, foreign.headers, foreign.text) == (unknown.status, unknown.headers, unknown.text)
        assert foreign.status == 404
    assert ports.book.dump() == before


def test_a_schedule_is_made_changed_paused_tried_and_deleted(admin: ApiClient, ports: FakePorts) -> None:
    reply = admin.post("/report-schedules", {**DAILY, "filters": {"plan": "lite"}}, key="s")
    made = reply.json
    path = f"/report-schedules/{made['report_schedule_id']}"
    assert (reply.status, reply.headers["ETag"], made["next_run_at"]) == (201, '"1"', "2026-11-06T06:00:00.000Z")
    assert reply.headers["Location"].endswith(path)
    assert admin.patch(path, {"paused": True}).status == 428
    changed = admin.patch(path, {"paused": True, "formats": ["pdf"], "email_to": []}, version=1).json
    assert (changed["paused"], changed["next_run_at"], changed["formats"]) == (True, None, ["pdf"])
    assert (changed["filters"], changed["account_status"]) == ({"plan": "lite"}, "O"), "what is left out stays"
    assert admin.patch(path, {"paused": False}, version=1).status == 412
    weekly = {"timing": {"frequency": "weekly", "weekday": "friday"}, "paused": False}
    assert admin.patch(path, weekly, version=2).json["next_run_at"] == "2026-11-06T06:00:00.000Z"
    tried = admin.post(f"{path}/runs", key="try")
    assert (tried.status, tried.json["report_schedule_id"]) == (202, made["report_schedule_id"])
    assert admin.get("/report-schedules").json["items"][0]["version"] == 3
    assert admin.delete(path).status == 204
    assert admin.get(path).status == 404
    kinds = [item["kind"] for item in admin.get("/audit").json["items"]]
    assert {"report_schedule.created", "report_schedule.changed", "report_schedule.deleted"} <= set(kinds)


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"account_status": "o"}, "/account_status"),
        ({"timing": {"frequency": "hourly"}}, "/timing/frequency"),
        ({"timing": {"frequency": "daily", "hour": 24}}, "/timing/hour"),
        ({"timing": {"frequency": "weekly"}}, "/timing/weekday"),
        ({"timing": {"frequency": "monthly", "day": 0}}, "/timing/day"),
        ({"email_to": ["eve@elsewhere.example"]}, "/email_to/0"),
        ({"formats": ["docx"]}, "/formats/0"),
        ({"colour": "red"}, "/colour"),
    ],
)
def test_each_wrong_value_of_a_schedule_is_refused_by_name(
    admin: ApiClient, changes: dict[str, Any], pointer: str
) -> None:
    reply = admin.post("/report-schedules", {**DAILY, **changes}, key="s")
    assert (reply.status, reply.pointers) == (422, [pointer])


def test_an_invitation_and_a_request_for_permission_are_mailed(admin: ApiClient, ports: FakePorts) -> None:
    new = {"email": "ada@acme.example", "name": "Ada", "role": "partner_viewer"}
    invitation = admin.post("/team", new, key="t").json["invitation_id"]
    work(ports)
    ports.later(seconds=1)
    assert admin.post(f"/team/invitations/{invitation}/resend", key="i").status == 200
    work(ports)
    assert [item.to for item in ports.mailer.sent] == ["ada@acme.example"] * 2
    account_id = created(admin)["account_id"]
    assert admin.put(f"/accounts/{account_id}/account-type", {"account_type": "referred"}).status == 200
    assert admin.put(f"/accounts/{account_id}/permission-request").status == 200
    work(ports)
    assert ports.mailer.sent[-1].to == "ada@engines.example"
    (mail,) = admin.get("/deliveries?kind=permission_request").json["items"]
    assert (mail["to"], mail["account_id"]) == (None, account_id)


def test_a_suspended_partner_mails_nothing_new(admin: ApiClient, ports: FakePorts) -> None:
    ports.book.things[Partner, ACME] = replace(ports.partners.get(ACME), suspended=True)
    assert admin.post("/report-schedules", DAILY, key="s").status == 403
