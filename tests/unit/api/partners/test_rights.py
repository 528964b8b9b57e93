"""Links, kept answers and running imports are judged by today's rights, whatever was right when they were made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from chalicelib.domain.access import Role
from chalicelib.domain.partners.members import Member
from chalicelib.domain.partners.partners import PartnerSettings
from chalicelib.domain.report_runs.downloads import Download
from tests.unit.api.bodies import created, new
from tests.unit.api.conftest import ACME, OTHER
from tests.unit.api.mail.test_mail import mailed, work

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api_client import ApiClient
    from tests.fakes import FakePorts

VIEWER = "viewer@example.com"
CONSENT = {"given_by": "the client", "given_at": "2026-10-01T10:00:00Z", "evidence": "an e-mail"}


def partner_with(ports: FakePorts, *recipients: str, suspended: bool = False) -> None:
    partner = ports.partners.get(ACME)
    settings, confirmed = PartnerSettings(recipients=recipients), tuple(map(str.lower, recipients))
    ports.book.put(replace(partner, settings=settings, confirmed_recipients=confirmed, suspended=suspended))


def without(ports: FakePorts, subject: str) -> Member:
    member = ports.members.get(subject, ACME)
    assert member
    del ports.book.things[Member, subject, ACME]
    return member


def test_a_mailed_link_works_while_its_recipient_is_of_the_team_and_no_longer(
    admin: ApiClient, anyone: ApiClient, ports: FakePorts
) -> None:
    link = f"/downloads/{mailed(admin, ports)}"
    assert anyone.get(link).status == 302
    ports.book.put(replace(without(ports, "viewer"), role=Role.PARTNER_ADMIN))
    assert anyone.get(link).status == 302, "another role that may read reports"
    viewer = without(ports, "viewer")
    refused = anyone.get(link)
    assert (refused.status, "no longer receives" in refused.text) == (410, True)
    ports.book.put(replace(viewer, partner_id=OTHER))
    assert anyone.get(link).status == 410, "of another team now"
    ports.book.put(viewer)
    assert anyone.get(link).status == 302, "back on the team"


def test_a_mailed_link_is_for_the_person_it_was_mailed_to_and_not_for_who_has_the_address_now(
    admin: ApiClient, anyone: ApiClient, ports: FakePorts
) -> None:
    link = f"/downloads/{mailed(admin, ports)}"
    ports.book.put(replace(without(ports, "viewer"), subject="somebody-new"))
    assert anyone.get(link).status == 410


def test_a_mailed_link_ends_when_its_recipient_is_taken_out_of_the_settings(
    admin: ApiClient, anyone: ApiClient, ports: FakePorts
) -> None:
    partner_with(ports, "Boss@acme.example")
    link = f"/downloads/{mailed(admin, ports, email_to=['boss@acme.example'])}"
    assert anyone.get(link).status == 302
    partner_with(ports, "other@acme.example")
    assert anyone.get(link).status == 410
    partner_with(ports, "boss@acme.example")
    assert anyone.get(link).status == 302


def test_a_mailed_link_of_a_suspended_partner_opens_nothing(
    admin: ApiClient, anyone: ApiClient, ports: FakePorts
) -> None:
    partner_with(ports, VIEWER)
    link = f"/downloads/{mailed(admin, ports)}"
    partner_with(ports, VIEWER, suspended=True)
    assert anyone.get(link).status == 410


def test_a_link_from_before_recipients_were_noted_opens_nothing(
    admin: ApiClient, anyone: ApiClient, ports: FakePorts
) -> None:
    token = mailed(admin, ports)
    (link,) = ports.book.all(Download)
    ports.book.put(replace(link, recipient=None))  # type: ignore[arg-type]
    assert anyone.get(f"/downloads/{token}").status == 410


def test_a_link_keeps_no_address(admin: ApiClient, ports: FakePorts) -> None:
    mailed(admin, ports)
    assert VIEWER not in str(ports.book.all(Download))


def test_what_was_queued_is_not_mailed_once_its_recipient_is_gone_or_the_partner_suspended(
    admin: ApiClient, ports: FakePorts
) -> None:
    mailed(admin, ports)
    for key, end in (("gone", lambda: without(ports, "viewer")), ("suspended", lambda: partner_with(ports, VIEWER))):
        delivery = admin.get("/deliveries").json["items"][0]
        assert admin.post(f"/deliveries/{delivery['delivery_id']}/resend", key=key).status in (200, 202)
        end()
        if key == "suspended":
            partner_with(ports, VIEWER, suspended=True)
        work(ports)
        assert len(ports.mailer.sent) == 1, key


def test_an_answer_kept_for_a_repeated_request_is_not_found_once_the_account_has_left(
    admin: ApiClient, caller: Callable[[str], ApiClient], ports: FakePorts
) -> None:
    account = created(admin)
    path = f"/accounts/{account['account_id']}"
    assert admin.using(Idempotency_Key="plan").put(f"{path}/plan", {"plan": "lite"}).status == 200
    move = {"to_partner_id": OTHER, "qualifies": False, "consent": CONSENT}
    moved = caller("operator").post(f"{path}/moves", move, key="move")
    assert moved.status == 200
    again = admin.post("/accounts", new(), key=f"create-{account['username']}")
    assert (again.status, account["organization"] in again.text) == (404, False)
    assert admin.using(Idempotency_Key="plan").put(f"{path}/plan", {"plan": "lite"}).status == 404
    same = caller("operator").post(f"{path}/moves", move, key="move")
    assert (same.status, same.json) == (200, moved.json), "the operator's own request again"


@pytest.mark.parametrize("moved", [False, True])
def test_an_answer_kept_for_a_repeated_request_tells_nothing_of_who_was_erased_since(
    admin: ApiClient, caller: Callable[[str], ApiClient], ports: FakePorts, *, moved: bool
) -> None:
    account = created(admin)
    path, operator = f"/accounts/{account['account_id']}", caller("operator")
    asked = {"kind": "consulting", "brief": "Call Ada Lovelace.", "account_id": account["account_id"]}
    assert admin.post("/service-requests", asked, key="service").status == 201
    if moved:
        move = {"to_partner_id": OTHER, "qualifies": False, "consent": CONSENT}
        operator.post(f"{path}/moves", move, key="move")
        operator = operator.using(Partner_Id=OTHER)
    assert operator.call("PUT", f"{path}/cancellation", {"reason": "poor_results"}).status == 200
    ports.later(seconds=1)
    erased = operator.post(f"{path}/erasure", key="erase")
    assert erased.status == 200
    for reply in (
        admin.post("/accounts", new(), key=f"create-{account['username']}"),
        admin.post("/service-requests", asked, key="service"),
    ):
        assert reply.status == (404 if moved else 410)
        assert "Lovelace" not in reply.text
    assert operator.post(f"{path}/erasure", key="erase").json == erased.json


def test_a_started_imports_form_is_not_given_out_again(caller: Callable[[str], ApiClient], ports: FakePorts) -> None:
    operator = caller("operator")
    made = operator.post("/imports", {"kind": "portfolio"}, key="import").json
    assert operator.post("/imports", {"kind": "portfolio"}, key="import").json["upload"] == made["upload"]
    ports.files.kept[f"imports/{ACME}/{made['import_id']}/upload.csv"] = b"username\n"
    assert operator.post(f"/imports/{made['import_id']}/start", key="start").status == 202
    assert operator.post("/imports", {"kind": "portfolio"}, key="import").json["upload"] is None


def test_who_was_removed_or_demoted_since_imports_nothing_more(ports: FakePorts, admin: ApiClient) -> None:
    from chalicelib.services.imports.worker import run
    from chalicelib.services.rate_limiter import RateLimiter

    for role in (None, Role.PARTNER_MANAGER):
        made = admin.post("/imports", {"kind": "managed-accounts"}, key=f"import-{role}").json["import_id"]
        ports.files.kept[f"imports/{ACME}/{made}/upload.csv"] = b"username\n"
        assert admin.post(f"/imports/{made}/start", key=f"start-{role}").status == 202
        member = without(ports, "admin")
        if role:
            ports.book.put(replace(member, role=role))
        ended = run(ports, ACME, made, RateLimiter(0))
        assert ended
        assert (ended.status, "may no longer import" in (ended.reason or "")) == ("failed", True)
        ports.book.put(member)
