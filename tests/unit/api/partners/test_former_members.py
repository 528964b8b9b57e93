"""Removing a member: nothing of a marked one is left in tables, files, logs or mails, but what is named here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.domain.access import Role
from chalicelib.domain.accounts.accounts import Account
from chalicelib.domain.accounts.erasures import Erasure, ErasureScope, ErasureStatus
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.kernel.idempotency import RequestRecord
from chalicelib.domain.kernel.ids import random_id
from chalicelib.domain.mail.deliveries import Delivery, DeliveryKind
from chalicelib.domain.mail.email_messages import TeamInvitation
from chalicelib.domain.partners.members import Member
from chalicelib.domain.partners.partners import Partner, PartnerSettings
from chalicelib.domain.report_runs.downloads import Download
from chalicelib.domain.report_runs.report_runs import ReportRun, ReportRunStatus
from chalicelib.domain.report_runs.report_schedules import ReportSchedule
from chalicelib.jobs.settle_worker import settle_worker
from chalicelib.jobs.sweeper import sweeper
from chalicelib.services.accounts.erasure_recovery import carry_out
from chalicelib.services.mail.send_worker import deliver
from chalicelib.services.report_runs.scheduled_runs import run_due
from chalicelib.services.report_runs.worker import make
from tests.api_client import ApiClient
from tests.factories import a_member
from tests.unit.api.accounts.test_erasures import ADDRESS, MARK, Killed, in_book, in_files, killed
from tests.unit.api.bodies import created
from tests.unit.api.conftest import ACME, OTHER
from tests.unit.jobs.events import scheduled_event, sqs_event

if TYPE_CHECKING:
    from chalice import Chalice

    from tests.fakes import FakePorts

HER = "sub-4711"
VIEWER = "viewer@example.com"
REPORT: dict[str, Any] = {"report": "portfolio", "formats": ["csv"], "email_to": [ADDRESS.title(), VIEWER]}
DAILY = {**REPORT, "timing": {"frequency": "daily", "hour": 6}}
KEPT_SUBJECTS = {AuditEntry, ReportRun, Download}
"""Who changed something, who asked for a report, and whose link it was: a subject, which names nobody by itself."""


def write_reports_and_mail(ports: FakePorts) -> None:
    while ports.report_queue.sent:
        _, message = ports.report_queue.sent.pop(0)
        make(ports, message["partner_id"], message["report_run_id"])
    send_mail(ports)


def send_mail(ports: FakePorts) -> None:
    while ports.delivery_queue.sent:
        _, message = ports.delivery_queue.sent.pop(0)
        deliver(ports, message["partner_id"], message["delivery_id"])


def erase(ports: FakePorts) -> None:
    while ports.settle_queue.sent:
        _, message = ports.settle_queue.sent.pop(0)
        settle_worker(sqs_event(message), None)


def done(client: ApiClient, method: str, path: str, body: Any = None) -> None:
    reply = client.using(Idempotency_Key=random_id("key")).call(method, path, body)
    assert reply.status < 300, reply.text


def join(admin: ApiClient, app: Chalice, ports: FakePorts) -> ApiClient:
    """Invite her, and let her accept."""
    ports.sign_ins.addresses[HER] = ADDRESS
    done(admin, "POST", "/team", {"email": ADDRESS, "name": f"{MARK.title()} Quux", "role": "partner_viewer"})
    write_reports_and_mail(ports)
    letter = ports.mailer.sent[-1].content
    assert isinstance(letter, TeamInvitation)
    her = ApiClient(app, HER)
    done(her, "POST", "/invitations/acceptances", {"token": letter.token})
    return her


@pytest.fixture
def her(app: Chalice, admin: ApiClient, ports: FakePorts) -> ApiClient:
    """A member whose name and address are in every place that can hold them."""
    client = join(admin, app, ports)
    created(admin)
    done(admin, "POST", "/reports", REPORT)
    done(client, "POST", "/reports", {**REPORT, "email_to": [ADDRESS]})
    done(admin, "POST", "/report-schedules", DAILY)
    done(admin, "POST", "/report-schedules", {**DAILY, "email_to": [ADDRESS]})
    write_reports_and_mail(ports)
    ports.later(seconds=1)
    return client


def remove(admin: ApiClient, ports: FakePorts) -> None:
    done(admin, "DELETE", f"/team/{HER}")
    ports.later(seconds=1)


def naming(ports: FakePorts, text: str) -> set[type]:
    return {type(thing) for thing in ports.book.things.values() if text in str(thing).casefold()}


def schedules(ports: FakePorts) -> dict[tuple[str, ...], bool]:
    return {item.request.email_to: item.paused for item in ports.book.all(ReportSchedule)}


@pytest.mark.usefixtures("her")
def test_removing_a_marked_member_leaves_no_trace_but_her_subject(
    admin: ApiClient, ports: FakePorts, caplog: pytest.LogCaptureFixture
) -> None:
    assert naming(ports, MARK) == {Member, ReportRun, ReportSchedule, Delivery, RequestRecord}
    assert {item.kind for item in ports.book.all(Delivery)} >= {DeliveryKind.TEAM_INVITATION, DeliveryKind.REPORT_READY}
    remove(admin, ports)
    assert "Member" not in in_book(ports), "the member is gone at once"
    assert [item.scope for item in ports.book.all(Erasure)] == [ErasureScope.ADDRESSES]
    erase(ports)
    sweeper(scheduled_event(), None)
    assert in_book(ports) == {}
    assert in_files(ports) == []
    assert naming(ports, HER) - {RequestRecord} == KEPT_SUBJECTS
    assert caplog.records
    assert not [record for record in caplog.records if MARK in str(record.__dict__).casefold()]
    (erasure,) = ports.book.all(Erasure)
    assert (erasure.status, erasure.traces) == (ErasureStatus.DONE, ())


@pytest.mark.usefixtures("her")
def test_others_keep_their_mail_and_a_schedule_without_an_address_is_paused(admin: ApiClient, ports: FakePorts) -> None:
    remove(admin, ports)
    erase(ports)
    assert schedules(ports) == {(VIEWER,): False, (): True}
    assert [item.request.email_to for item in ports.book.all(ReportRun)] == [(VIEWER,), ()]
    assert {item.status for item in ports.book.all(ReportRun)} == {ReportRunStatus.READY}, "files name no member"
    assert [item.address for item in ports.book.all(Delivery)].count(VIEWER) == 1
    assert [item.kind for item in ports.book.all(AuditEntry)].count("report_schedule.person_erased") == 2


@pytest.mark.usefixtures("her")
def test_the_address_stays_where_she_has_come_back_before_the_erasure_runs(
    admin: ApiClient, app: Chalice, ports: FakePorts
) -> None:
    before = schedules(ports)
    remove(admin, ports)
    join(admin, app, ports)
    erase(ports)
    assert schedules(ports) == before
    assert naming(ports, MARK) == {Member, ReportRun, ReportSchedule, Delivery, RequestRecord}
    remove(admin, ports)
    erase(ports)
    assert in_book(ports) == {}, "the next removal erases it all the same"


@pytest.mark.usefixtures("her")
@pytest.mark.parametrize("confirmed", [True, False])
def test_the_address_of_a_recipient_stays_once_it_is_confirmed(
    admin: ApiClient, ports: FakePorts, *, confirmed: bool
) -> None:
    before = schedules(ports)
    remove(admin, ports)
    partner, listed = ports.partners.get(ACME), (ADDRESS.upper(),)
    at_hand = (ADDRESS,) if confirmed else ()
    ports.book.put(replace(partner, settings=PartnerSettings(recipients=listed), confirmed_recipients=at_hand))
    erase(ports)
    assert (schedules(ports) == before) is confirmed
    assert (ReportRun in naming(ports, MARK)) is confirmed


@pytest.mark.usefixtures("her")
def test_a_mail_that_asks_her_to_join_again_still_goes_to_her(admin: ApiClient, ports: FakePorts) -> None:
    remove(admin, ports)
    done(admin, "POST", "/team", {"email": ADDRESS, "name": "Again", "role": "partner_viewer"})
    erase(ports)
    assert [item.kind for item in ports.book.all(Delivery) if item.address == ADDRESS] == [DeliveryKind.TEAM_INVITATION]
    write_reports_and_mail(ports)
    assert ports.mailer.sent[-1].to == ADDRESS


@pytest.mark.usefixtures("her")
def test_an_account_keeps_its_owners_address_and_another_partner_its_own_mail(
    admin: ApiClient, ports: FakePorts
) -> None:
    owned = created(admin, username="owned_by_her", owner={"email": ADDRESS, "first_name": "O", "last_name": "P"})
    ports.book.put(a_member(subject=HER, partner_id=OTHER, email=ADDRESS))
    (other,) = (item for item in ports.book.all(ReportSchedule) if item.request.email_to == (ADDRESS,))
    ports.book.put(replace(other, partner_id=OTHER))
    remove(admin, ports)
    erase(ports)
    account = ports.accounts.get(ACME, owned["account_id"])
    assert account.owner.email == ADDRESS
    assert ports.report_schedules.get(OTHER, other.report_schedule_id).request.email_to == (ADDRESS,)
    assert naming(ports, MARK) - {RequestRecord} == {Account, Member, ReportSchedule}


@pytest.mark.usefixtures("her")
def test_a_report_that_is_still_made_for_her_is_waited_for_and_no_other(admin: ApiClient, ports: FakePorts) -> None:
    done(admin, "POST", "/reports", REPORT)
    done(admin, "POST", "/reports", {**REPORT, "email_to": []})
    remove(admin, ports)
    erase(ports)
    (erasure,) = ports.book.all(Erasure)
    assert (erasure.status, "still being made" in str(erasure.waiting_for)) == (ErasureStatus.RUNNING, True)
    _, message = ports.report_queue.sent.pop(0)
    make(ports, message["partner_id"], message["report_run_id"])
    send_mail(ports)
    ports.later(seconds=301)
    sweeper(scheduled_event(), None)
    erase(ports)
    assert in_book(ports) == {}
    assert ports.book.all(Erasure)[0].status is ErasureStatus.DONE, "a report that goes to nobody holds nothing up"


@pytest.mark.usefixtures("her")
def test_a_report_that_a_schedule_began_after_the_removal_loses_the_address_too(
    admin: ApiClient, ports: FakePorts
) -> None:
    remove(admin, ports)
    ports.later(days=1)
    runs = [run for run in run_due(ports) if run]
    assert {ADDRESS.title(), ADDRESS} <= {address for run in runs for address in run.request.email_to}
    write_reports_and_mail(ports)
    erase(ports)
    assert in_book(ports) == {}


@pytest.mark.usefixtures("her")
def test_an_erasure_of_an_address_whose_message_was_lost_is_found_by_the_sweeper(
    admin: ApiClient, ports: FakePorts
) -> None:
    ports.settle_queue.full = True
    remove(admin, ports)
    ports.settle_queue.full = False
    assert ports.settle_queue.sent == []
    ports.later(seconds=301)
    sweeper(scheduled_event(), None)
    erase(ports)
    assert in_book(ports) == {}


@pytest.mark.usefixtures("her")
def test_an_erasure_of_an_address_killed_at_any_write_goes_on_and_ends_the_same(
    admin: ApiClient, ports: FakePorts
) -> None:
    remove(admin, ports)
    (erasure,), kills = ports.book.all(Erasure), 0
    while True:
        ports.transaction_writer.meanwhile = [lambda: None, killed]
        try:
            carry_out(ports, ACME, erasure.account_id)
            break
        except Killed:
            kills += 1
    ports.transaction_writer.meanwhile = []
    assert kills > 3
    assert in_book(ports) == {}
    assert carry_out(ports, ACME, erasure.account_id) is None


@pytest.mark.usefixtures("her")
def test_an_index_that_still_has_her_on_the_team_keeps_no_address_and_takes_no_new_one(
    admin: ApiClient, ports: FakePorts
) -> None:
    ports.book.lag()
    remove(admin, ports)
    erase(ports)
    ports.book.catch_up()
    assert in_book(ports) == {}
    ports.book.put(a_member(subject=HER, partner_id=ACME, email=ADDRESS, role=Role.PARTNER_VIEWER))
    ports.book.lag()
    remove(admin, ports)
    assert admin.post("/reports", REPORT, key="late").status == 422


def has_recipients(admin: ApiClient, ports: FakePorts, *recipients: str) -> None:
    headers = {"If_Match": f'"{ports.partners.get(ACME).version}"', "Idempotency_Key": random_id("key")}
    reply = admin.using(**headers).call("PATCH", "/settings", {"recipients": list(recipients)})
    assert reply.status == 200, reply.text


def test_a_recipient_who_is_taken_out_of_the_settings_leaves_the_same_way(admin: ApiClient, ports: FakePorts) -> None:
    created(admin)
    has_recipients(admin, ports, ADDRESS, VIEWER)
    partner = ports.partners.get(ACME)
    ports.book.put(replace(partner, confirmed_recipients=(ADDRESS,)))
    done(admin, "POST", "/reports", REPORT)
    done(admin, "POST", "/report-schedules", DAILY)
    write_reports_and_mail(ports)
    assert naming(ports, MARK) == {Partner, ReportRun, ReportSchedule, Delivery, RequestRecord}
    has_recipients(admin, ports, ADDRESS.upper(), VIEWER)
    assert ports.book.all(Erasure) == [], "the same address written otherwise stays"
    ports.later(seconds=1)
    has_recipients(admin, ports)
    erase(ports)
    assert in_book(ports) == {}
    assert schedules(ports) == {(VIEWER,): False}, "a recipient who is on the team stays"
    assert len(ports.book.all(Erasure)) == 1


@pytest.mark.usefixtures("her")
def test_a_refused_removal_erases_nothing(admin: ApiClient, ports: FakePorts) -> None:
    assert admin.using(Idempotency_Key="r").call("DELETE", "/team/admin").status == 409
    assert ports.book.all(Erasure) == []
    assert ports.settle_queue.sent == []


@pytest.mark.usefixtures("her")
def test_a_removal_takes_no_kept_answer_away(admin: ApiClient, ports: FakePorts) -> None:
    body = {**REPORT, "filters": {"q": "bakery"}, "email_to": []}
    first = admin.post("/reports", body, key="searched")
    ports.later(seconds=1)
    remove(admin, ports)
    erase(ports)
    again = admin.post("/reports", body, key="searched")
    assert (again.status, again.json["report_run_id"]) == (first.status, first.json["report_run_id"])
