"""Erasing a person: nothing of a marked one is left in tables, files, logs or kept answers, but what is named here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.domain.accounts.accounts import Account
from chalicelib.domain.accounts.bonuses import Bonus
from chalicelib.domain.accounts.erasures import Erasure
from chalicelib.domain.audit import AuditEntry, FieldChange
from chalicelib.domain.imports.imports import Import, Rejections
from chalicelib.domain.kernel.idempotency import RequestRecord
from chalicelib.domain.kernel.money import Money
from chalicelib.domain.mail.deliveries import Delivery, DeliveryKind
from chalicelib.domain.partners.partners import PartnerSettings
from chalicelib.domain.report_runs.report_runs import ReportRun, ReportRunStatus
from chalicelib.domain.report_runs.report_schedules import ReportSchedule
from chalicelib.domain.report_runs.transitions import started
from chalicelib.domain.service_requests import ServiceRequest
from chalicelib.jobs.settle_worker import settle_worker
from chalicelib.jobs.sweeper import sweeper
from chalicelib.services.accounts.erasure_recovery import carry_out
from chalicelib.services.report_runs.worker import make
from tests.unit.api.bodies import created, new
from tests.unit.api.conftest import ACME, OTHER
from tests.unit.jobs.events import scheduled_event, sqs_event

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api_client import ApiClient
    from tests.fakes import FakePorts

MARK = "zerlinda"
ADDRESS = f"{MARK}.quux@marked.example"
PERSON: dict[str, Any] = {
    "username": ADDRESS,
    "owner": {"email": ADDRESS, "first_name": MARK.title(), "last_name": f"{MARK}quux", "phone": "+1 555 0199"},
    "website": f"https://{MARK}.example",
    "partner_account_id": f"crm-{MARK}",
}
CONSENT = {"given_by": f"{MARK} herself", "given_at": "2026-10-01T10:00:00Z", "evidence": f"a mail of {MARK}'s"}
KEPT_UNTIL_ITS_END = {RequestRecord}
"""Answers kept for repeated requests go 72 hours and a day later by their TTL, and are given to nobody before."""


def in_book(ports: FakePorts) -> dict[str, list[str]]:
    """What there is that names the person, by kind."""
    found: dict[str, list[str]] = {}
    for key, thing in ports.book.things.items():
        if MARK in f"{key} {thing}".casefold() and type(thing) not in KEPT_UNTIL_ITS_END:
            found.setdefault(type(thing).__name__, []).append(str(thing))
    return found


def in_files(ports: FakePorts) -> list[str]:
    return [key for key, content in ports.files.kept.items() if MARK in content.decode("latin-1").casefold()]


def work(ports: FakePorts) -> None:
    """Let the workers do what was handed over."""
    while ports.report_queue.sent:
        _, message = ports.report_queue.sent.pop(0)
        make(ports, message["partner_id"], message["report_run_id"])
    while ports.settle_queue.sent:
        _, message = ports.settle_queue.sent.pop(0)
        settle_worker(sqs_event(message), None)


def plant(admin: ApiClient, ports: FakePorts) -> dict[str, Any]:
    """Put the person in every place that can name it."""
    account = created(admin, **PERSON)
    own = account["account_id"]
    partner = ports.partners.get(ACME)
    ports.book.put(replace(partner, settings=PartnerSettings(recipients=(ADDRESS,)), confirmed_recipients=(ADDRESS,)))
    asked = {"kind": "consulting", "brief": f"Call {MARK}.", "account_id": own}
    assert admin.post("/service-requests", asked, key="service").status == 201
    report = {"report": "portfolio", "formats": ["csv"], "filters": {"q": MARK.upper()}, "email_to": [ADDRESS]}
    assert admin.post("/reports", report, key="report").status == 202
    schedule = {**report, "timing": {"frequency": "daily", "hour": 6}}
    assert admin.post("/report-schedules", schedule, key="schedule").status == 201
    assert admin.post("/reports", {**report, "filters": {"q": "unrelated"}}, key="other").status == 202
    work(ports)
    ports.book.put(replace(partner, settings=PartnerSettings()))
    plant_older(ports, own)
    return account


def plant_older(ports: FakePorts, own: str) -> None:
    """What earlier versions left: values in the trail, an import's files, a bonus under the username."""
    current = ports.book.all(AuditEntry)[0]
    fields = ("website", "partner_account_id", "form.city", "form.sample_message", "sender_name", "username")
    changes = tuple(FieldChange(name, MARK, f"{MARK} 2") for name in fields)
    ports.book.put(replace(current, audit_id="aud_0", account_id=own, acting_for=ADDRESS, changes=changes))
    made = Import(
        partner_id=ACME,
        import_id="imp_1",
        kind="portfolio",  # type: ignore[arg-type]
        requested_by="admin",
        role="operator",  # type: ignore[arg-type]
        created_at=ports.now,
        status="done",  # type: ignore[arg-type]
        rejections=Rejections(0, f"1,{MARK}"),
    )
    ports.book.put(made)
    for name in ("upload.csv", "result.csv", "rejected/000000.csv"):
        ports.files.kept[made.folder + name] = MARK.encode()
    day = ports.now.date()
    ports.book.put(
        Bonus(
            account_id=own,
            partner_id=ACME,
            username=ADDRESS,
            organization="Org",
            initial_upgrade_on=day,
            earned_on=day,
            money=Money(1, "USD"),
        )
    )
    ports.book.put(
        Delivery(
            partner_id=ACME,
            delivery_id="mail_1",
            kind=DeliveryKind.REPORT_READY,
            queued_at=ports.now,
            last_heartbeat_at=ports.now,
            address=ADDRESS.title(),
        )
    )


def erase(operator: ApiClient, own: str, ports: FakePorts) -> Any:
    assert (
        operator.using(Idempotency_Key="c").put(f"/accounts/{own}/cancellation", {"reason": "poor_results"}).status
        == 200
    )
    ports.later(seconds=1)
    reply = operator.post(f"/accounts/{own}/erasure", key="erase")
    assert reply.status == 200, reply.text
    return reply.json


class Killed(BaseException):
    """The process is gone; nothing after this runs."""


def killed() -> None:
    raise Killed


@pytest.mark.parametrize("moved", [False, True])
def test_erasing_a_marked_person_leaves_no_trace(
    admin: ApiClient,
    caller: Callable[[str], ApiClient],
    ports: FakePorts,
    caplog: pytest.LogCaptureFixture,
    *,
    moved: bool,
) -> None:
    account = plant(admin, ports)
    own, operator = account["account_id"], caller("operator")
    if moved:
        move = {"to_partner_id": OTHER, "qualifies": False, "consent": CONSENT}
        assert operator.post(f"/accounts/{own}/moves", move, key="move").status == 200
        operator = operator.using(Partner_Id=OTHER)
    planted = {Account, ServiceRequest, ReportRun, ReportSchedule, AuditEntry, Import, Bonus, Delivery}
    assert planted <= {type(thing) for thing in ports.book.things.values() if MARK in str(thing).casefold()}
    assert len(in_files(ports)) == 4
    erase(operator, own, ports)
    status = operator.get(f"/accounts/{own}/erasure").json
    assert (status["status"], {status["status"] for status in status["partners"]}) == ("running", {"running"})
    assert set(in_book(ports)) & {"Account", "UsernameClaim"} == set(), "what the account knew is gone at once"
    work(ports)
    assert in_book(ports) == {}
    assert in_files(ports) == []
    status = operator.get(f"/accounts/{own}/erasure").json
    assert (status["status"], len(status["partners"])) == ("done", 2 if moved else 1)
    for key, path, body in (
        (f"create-{ADDRESS}", "/accounts", new(**PERSON)),
        ("service", "/service-requests", {"kind": "consulting", "brief": f"Call {MARK}.", "account_id": own}),
        (
            "report",
            "/reports",
            {"report": "portfolio", "formats": ["csv"], "filters": {"q": MARK.upper()}, "email_to": [ADDRESS]},
        ),
    ):
        reply = admin.post(path, body, key=key)
        assert (reply.status in (404, 410), MARK in reply.text.casefold()) == (True, False), (path, reply.text)
    assert caplog.records
    assert not [record for record in caplog.records if MARK in str(record.__dict__).casefold()]


def test_what_names_others_stays(admin: ApiClient, caller: Callable[[str], ApiClient], ports: FakePorts) -> None:
    account = plant(admin, ports)
    erase(caller("operator"), account["account_id"], ports)
    work(ports)
    searches = [item.request.filters.q for item in ports.book.all(ReportRun)]
    assert sorted(map(str, searches)) == ["None", "unrelated"]
    (schedule,) = ports.book.all(ReportSchedule)
    assert schedule.paused, "without its search it would report everybody"
    assert {item.status for item in ports.book.all(ReportRun)} == {ReportRunStatus.EXPIRED}


def test_an_erased_address_is_never_a_username_again(
    admin: ApiClient, caller: Callable[[str], ApiClient], ports: FakePorts
) -> None:
    account = plant(admin, ports)
    erased = erase(caller("operator"), account["account_id"], ports)
    assert erased["username"].startswith("erased_")
    for name in (ADDRESS, ADDRESS.upper()):
        reply = admin.post("/accounts", new(username=name), key=f"again-{name}")
        assert (reply.status, reply.pointers) == (409, ["/username"])
    assert ports.usernames.find(ADDRESS) is None
    assert ADDRESS not in str(ports.book.all(Account))
    found = ports.usernames.find(erased["username"])
    assert found
    assert found.account_id == account["account_id"]


def test_an_erasure_waits_for_a_report_that_was_begun_before_it(
    admin: ApiClient, caller: Callable[[str], ApiClient], ports: FakePorts
) -> None:
    account = plant(admin, ports)
    own, operator = account["account_id"], caller("operator")
    run = ports.book.all(ReportRun)[0]
    ports.book.put(
        replace(started(replace(run, status=ReportRunStatus.REQUESTED, files=()), ports.now), version=run.version)
    )
    erase(operator, own, ports)
    work(ports)
    status = operator.get(f"/accounts/{own}/erasure").json
    assert (status["status"], "still being made" in status["partners"][0]["waiting_for"]) == ("running", True)
    ports.book.put(replace(run, version=run.version))
    ports.later(seconds=301)
    sweeper(scheduled_event(), None)
    work(ports)
    assert operator.get(f"/accounts/{own}/erasure").json["status"] == "done"
    assert in_book(ports) == {}


def test_an_erasure_whose_message_was_lost_is_found_by_the_sweeper(
    admin: ApiClient, caller: Callable[[str], ApiClient], ports: FakePorts
) -> None:
    account = plant(admin, ports)
    ports.settle_queue.full = True
    erase(caller("operator"), account["account_id"], ports)
    ports.settle_queue.full = False
    assert ports.settle_queue.sent == []
    ports.later(seconds=301)
    sweeper(scheduled_event(), None)
    work(ports)
    assert in_book(ports) == {}


def test_an_erasure_killed_at_any_write_goes_on_and_ends_the_same(
    admin: ApiClient, caller: Callable[[str], ApiClient], ports: FakePorts
) -> None:
    account = plant(admin, ports)
    erase(caller("operator"), account["account_id"], ports)
    ports.settle_queue.sent.clear()
    kills = 0
    while True:
        ports.transaction_writer.meanwhile = [lambda: None, killed]
        try:
            carry_out(ports, ACME, account["account_id"])
            break
        except Killed:
            kills += 1
    ports.transaction_writer.meanwhile = []
    assert kills > 3
    assert in_book(ports) == {}
    assert carry_out(ports, ACME, account["account_id"]) is None
    assert all(item.traces == () for item in ports.book.all(Erasure))


def test_only_who_was_erased_has_an_erasure(admin: ApiClient, caller: Callable[[str], ApiClient]) -> None:
    account = created(admin)
    assert caller("operator").get(f"/accounts/{account['account_id']}/erasure").status == 404
    assert admin.get(f"/accounts/{account['account_id']}/erasure").status == 403
