"""Mail on the embedded stack: what comes, where its links lead, what bounces, and how somebody gets out of it."""

from __future__ import annotations

import json
import re
import time
import uuid
from typing import TYPE_CHECKING, Any

import pytest

from infra.local.api import Api, send
from infra.local.nightly import AS_SCHEDULED
from tests.e2e.joining import mailed_token, signed_in
from tests.e2e.report_desk import ReportDesk

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.stack import EmbeddedStack

pytestmark = pytest.mark.stack

SUMMARY = "all-accounts-summary"
READY = "All Accounts Summary is ready"
BOUNCING = "bounce@simulator.amazonses.com"


@pytest.fixture(scope="module")
def admin(stack: EmbeddedStack) -> Api:
    return stack.http("partner_admin")


def eventually(found: Callable[[], Any], patience: float = 60) -> Any:
    """What this gives once it gives something."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if result := found():
            return result
        time.sleep(0.3)
    return pytest.fail("It did not come.")


def settings(admin: Api) -> dict[str, Any]:
    answer: dict[str, Any] = admin.get("/settings").json()
    return answer


def mailed_run(stack: EmbeddedStack, admin: Api, *recipients: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A run that was mailed to these, and those mails."""
    run = ReportDesk(admin).run(SUMMARY, ["csv", "pdf"], email_to=list(recipients))
    assert run["status"] == "ready", run["reason"]

    def sent() -> list[dict[str, Any]] | None:
        mails = admin.get(f"/deliveries?report_run_id={run['report_run_id']}").json()["items"]
        return mails if mails and all(mail["status"] == "sent" for mail in mails) else None

    deliveries: list[dict[str, Any]] = eventually(sent)
    assert sorted(mail["to"] for mail in deliveries) == sorted(recipients)
    return run, deliveries


def links(mail: dict[str, Any]) -> list[str]:
    """The links to files in a mail, the same in both its faces."""
    found = [re.findall(r"https?://[^\s\"<>]+/downloads/[\w-]+", mail[face]) for face in ("text", "html")]
    assert found[0] == found[1]
    return found[0]


def mail_to(stack: EmbeddedStack, address: str, subject: str) -> dict[str, Any]:
    def come() -> dict[str, Any] | None:
        return next((mail for mail in stack.mails() if (mail["to"], mail["subject"]) == (address, subject)), None)

    found: dict[str, Any] = eventually(come)
    return found


def test_a_report_is_mailed_and_its_links_download_it(stack: EmbeddedStack, admin: Api) -> None:
    (recipient,) = settings(admin)["recipients"]
    run, _ = mailed_run(stack, admin, recipient)
    mail = stack.mail_about(READY)
    assert (mail["to"], "List-Unsubscribe" in mail["headers"]) == (recipient, False)
    csv, pdf = links(mail)
    for link, start in ((csv, b"\xef\xbb\xbfAccount"), (pdf, b"%PDF-")):
        existing = send("GET", link)
        assert existing.status == 302
        file = send("GET", existing.headers["Location"])
        assert (file.status, file.content[: len(start)]) == (200, start)
        assert re.search(
            r"partnerbook-all-accounts-summary-2026-11-05-\d{4}-UTC\.", file.headers["Content-Disposition"]
        )
    direct = {item["format"]: item["bytes"] for item in run["files"]}
    assert len(send("GET", send("GET", csv).headers["Location"]).content) == direct["csv"]


def test_scanners_use_nothing_up_and_revoking_ends_it(stack: EmbeddedStack, admin: Api) -> None:
    (recipient,) = settings(admin)["recipients"]
    run, _ = mailed_run(stack, admin, recipient)
    link = links(stack.mail_about(READY))[0]
    assert [send("HEAD", link).status for _ in range(20)] == [200] * 20
    assert [send("GET", link).status for _ in range(20)] == [302] * 20
    assert admin.delete(f"/reports/{run['report_run_id']}/links").status == 204
    problem, page = send("GET", link), send("GET", link, headers={"Accept": "text/html"})
    assert (problem.status, problem.json()["type"]) == (410, "/problems/gone")
    assert (page.status, page.headers["Content-Type"]) == (410, "text/html; charset=utf-8")
    assert b"revoked" in page.content
    assert send("GET", f"{link[:-1]}{'A' if link[-1] != 'A' else 'B'}").status == 404


def test_a_message_delivered_three_times_is_one_mail(stack: EmbeddedStack, admin: Api) -> None:
    (recipient,) = settings(admin)["recipients"]
    before = len(stack.mails())
    _, (delivery,) = mailed_run(stack, admin, recipient)
    body = json.dumps({"partner_id": stack.info.partner_id, "delivery_id": delivery["delivery_id"]})
    sqs, url = stack.aws("sqs"), stack.physical("DeliveryQueue")
    for _ in range(3):
        sqs.send_message(QueueUrl=url, MessageBody=body, MessageGroupId=stack.info.partner_id)

    def taken() -> bool:
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        counts = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
        return not any(int(count) for count in counts.values())

    eventually(taken)
    assert len(stack.mails()) == before + 1
    (after,) = admin.get(f"/deliveries?report_run_id={delivery['report_run_id']}").json()["items"]
    assert (after["attempts"], after["status"]) == (1, "sent")


def test_a_person_sends_it_again(stack: EmbeddedStack, admin: Api) -> None:
    (recipient,) = settings(admin)["recipients"]
    _, (delivery,) = mailed_run(stack, admin, recipient)
    before = len(stack.mails())
    assert admin.post(f"/deliveries/{delivery['delivery_id']}/resend").status == 202
    eventually(lambda: len(stack.mails()) == before + 1)


def test_a_mail_that_bounces_is_marked_and_the_address_gets_no_more(stack: EmbeddedStack, admin: Api) -> None:
    current = settings(admin)
    kept = admin.patch(
        "/settings", {"recipients": [*current["recipients"], BOUNCING]}, If_Match=f'"{current["version"]}"'
    )
    assert kept.status == 200, kept.content
    try:
        path = "/deliveries?kind=recipient_confirmation"
        eventually(lambda: [m["status"] for m in admin.get(path).json()["items"][:1]] in (["sent"], ["bounced"]))
        _tell_again(stack, admin, path)
        eventually(lambda: admin.get(path).json()["items"][0]["status"] == "bounced")
        shown = {
            setting["address"]: (setting["status"], setting["reason"])
            for setting in settings(admin)["recipient_states"]
        }
        assert shown[BOUNCING] == ("suppressed", "bounced")
        _confirm(stack, BOUNCING)
        again = ReportDesk(admin).run(SUMMARY, ["html"], email_to=[BOUNCING])
        path = f"/deliveries?report_run_id={again['report_run_id']}"
        mail = eventually(lambda: next(iter(admin.get(f"{path}&status=suppressed").json()["items"]), None))
        assert "came back" in mail["reason"]
    finally:
        now = settings(admin)
        admin.patch("/settings", {"recipients": current["recipients"]}, If_Match=f'"{now["version"]}"')


def _confirm(stack: EmbeddedStack, address: str) -> None:
    """Have a recipient confirmed whose mailbox nobody can open."""
    stack.aws("dynamodb").update_item(
        TableName="partnerbook-local-partners",
        Key={"partner_id": {"S": stack.info.partner_id}},
        UpdateExpression="SET confirmed_recipients = list_append(confirmed_recipients, :address)",
        ExpressionAttributeValues={":address": {"L": [{"S": address}]}},
    )


def _tell_again(stack: EmbeddedStack, admin: Api, path: str) -> None:
    """The emulator tells of a bounce before it has taken the mail; a queue would wait six minutes to tell it again."""
    found = stack.aws("dynamodb").query(
        TableName="partnerbook-local-deliveries",
        KeyConditionExpression="partner_id = :p AND delivery_id = :d",
        ExpressionAttributeValues={
            ":p": {"S": stack.info.partner_id},
            ":d": {"S": admin.get(path).json()["items"][0]["delivery_id"]},
        },
    )
    message_id = found["Items"][0]["message_id"]["S"]
    news = {
        "notificationType": "Bounce",
        "mail": {"messageId": message_id, "timestamp": "2026-11-05T12:00:00.000Z"},
        "bounce": {"bounceType": "Permanent", "bouncedRecipients": [{"emailAddress": BOUNCING}]},
    }
    stack.aws("sns").publish(TopicArn=stack.physical("BounceTopic"), Message=json.dumps(news))


def test_a_schedule_is_tried_mailed_and_unsubscribed_from(stack: EmbeddedStack, admin: Api) -> None:
    (recipient,) = settings(admin)["recipients"]
    timing = {"frequency": "daily", "hour": 6}
    made = admin.post("/report-schedules", {"report": SUMMARY, "formats": ["csv"], "timing": timing})
    assert made.status == 201, made.content
    path = f"/report-schedules/{made.json()['report_schedule_id']}"
    assert admin.post(f"{path}/runs").status == 202
    mail = mail_to(stack, recipient, "All Accounts Summary: 5 November 2026 UTC")
    unsubscribe_link = mail["headers"]["List-Unsubscribe"].strip("<>")
    assert mail["headers"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    page = send("GET", unsubscribe_link)
    assert (page.status, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    done = send("POST", unsubscribe_link, b"List-Unsubscribe=One-Click", form)
    assert done.status == 200, done.content
    admin.post(f"{path}/runs")
    eventually(lambda: admin.get("/deliveries?status=suppressed").json()["items"])
    assert admin.delete(path).status == 204
    stack.aws("dynamodb").delete_item(
        TableName="partnerbook-local-suppressions", Key={"address": {"S": _key(recipient, stack.info.partner_id)}}
    )


def _key(address: str, partner_id: str) -> str:
    from chalicelib.domain.mail.suppressions import suppression_key

    return suppression_key(address, partner_id)


def test_the_clock_starts_what_is_due_and_nothing_twice(stack: EmbeddedStack, admin: Api) -> None:
    timing = {"frequency": "daily", "hour": 0}
    made = admin.post("/report-schedules", {"report": SUMMARY, "formats": ["csv"], "timing": timing}).json()
    key = {"partner_id": {"S": stack.info.partner_id}, "report_schedule_id": {"S": made["report_schedule_id"]}}
    stack.aws("dynamodb").update_item(
        TableName="partnerbook-local-report-schedules",
        Key=key,
        UpdateExpression="SET next_run_at = :due",
        ExpressionAttributeValues={":due": {"S": "2026-11-03T00:00:00.000000+00:00"}},
    )
    tick, function = json.dumps(AS_SCHEDULED).encode(), stack.physical("ScheduledReports")
    for _ in range(3):
        answer = stack.aws("lambda").invoke(FunctionName=function, Payload=tick)
        reported = answer["Payload"].read()
        assert "FunctionError" not in answer, reported
    runs = [
        run
        for run in admin.get("/reports?limit=50").json()["items"]
        if run["report_schedule_id"] == made["report_schedule_id"]
    ]
    assert len(runs) == 1
    assert "2026-11-04 00:00 UTC, 2026-11-05 00:00 UTC" in runs[0]["notes"][0]
    assert admin.delete(f"/report-schedules/{made['report_schedule_id']}").status == 204


@pytest.mark.aws("B1")
@pytest.mark.aws("W16")
def test_an_invited_person_joins_by_the_mailed_link_and_signs_in_by_address(stack: EmbeddedStack, admin: Api) -> None:
    address = f"{uuid.uuid4().hex[:8]}@agency.example"
    invited = admin.post("/team", {"email": address, "name": "Ada", "role": "partner_viewer"})
    assert invited.status == 201, invited.content
    body = {"token": mailed_token(stack, address)}
    assert stack.public().post("/invitations/look-ups", body).json()["email"] == address
    first = stack.public().post("/invitations/sign-ins", body).json()["first_password"]
    ada = signed_in(stack, address, first)
    assert ada.get("/me").status == 403
    assert ada.post("/invitations/acceptances", body).status == 201
    assert ada.get("/me").json()["role"] == "partner_viewer"
    assert stack.public().post("/invitations/look-ups", body).status == 410
    (member,) = [item for item in admin.get("/team").json()["items"] if item["email"] == address]
    assert admin.delete(f"/team/{member['member_id']}").status == 204
    assert ada.get("/me").status == 403
    sweeper = stack.physical("Sweeper")
    answer = stack.aws("lambda").invoke(FunctionName=sweeper, Payload=json.dumps(AS_SCHEDULED).encode())
    assert "FunctionError" not in answer, answer["Payload"].read()
    waiting = stack.aws("dynamodb").scan(TableName="partnerbook-local-session-endings", Select="COUNT")
    assert waiting["Count"] == 0, "who is on no team any more was signed out"


def test_a_person_of_two_teams_chooses_one_with_each_request(stack: EmbeddedStack, admin: Api) -> None:
    second = stack.http(stack.info.user("partner_admin", second=True))
    address, tokens = f"{uuid.uuid4().hex[:8]}@agency.example", []
    for team in (admin, second):
        assert team.post("/team", {"email": address, "name": "Bo", "role": "partner_manager"}).status == 201
        tokens.append(mailed_token(stack, address, unlike=tokens))
    first = stack.public().post("/invitations/sign-ins", {"token": tokens[0]}).json()["first_password"]
    both = signed_in(stack, address, first)
    for token in tokens:
        assert both.post("/invitations/acceptances", {"token": token}).status == 201
    me = both.get("/me").json()
    assert (me["role"], len(me["memberships"])) == (None, 2)
    assert both.get("/accounts").status == 400
    for item in me["memberships"]:
        assert both.get("/me", Partner_Id=item["partner_id"]).json()["partner_id"] == item["partner_id"]
