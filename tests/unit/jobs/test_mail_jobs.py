"""The delivery worker, the bounce worker and the scheduled reports, called as Lambda calls them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib import bootstrap
from chalicelib.domain.kernel.clock import system_clock
from chalicelib.domain.mail.deliveries import DeliveryStatus
from chalicelib.domain.mail.suppressions import Suppression
from chalicelib.domain.report_runs.report_runs import ReportRun
from chalicelib.jobs.bounce_worker import bounce_worker
from chalicelib.jobs.delivery_worker import delivery_worker
from chalicelib.jobs.scheduled_reports import scheduled_reports
from chalicelib.jobs.sweeper import sweeper
from tests.unit.jobs.events import recorded, scheduled_event, sqs_event
from tests.unit.reports.portfolio_of import ACME
from tests.unit.services.mail.mailing import GRACE, agency, made, mails
from tests.unit.services.report_runs.test_scheduled_runs import scheduled

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes import FakePorts

    Lines = Callable[[], list[dict[str, Any]]]

DONE = {"batchItemFailures": []}
AGAIN = {"batchItemFailures": [{"itemIdentifier": "message-0"}]}


@pytest.fixture
def ports(monkeypatch: pytest.MonkeyPatch) -> FakePorts:
    ports = agency()
    monkeypatch.setattr(bootstrap, "container", lambda: ports)
    return ports


def mail_event(ports: FakePorts) -> dict[str, Any]:
    return sqs_event(*(message for _, message in ports.delivery_queue.sent))


def news(
    kind: str = "Bounce", form: str = "notificationType", at: datetime | None = None, **reported: Any
) -> dict[str, Any]:
    """What SNS puts into the queue when SES tells it of a mail."""
    recipients = {"Bounce": "bouncedRecipients", "Complaint": "complainedRecipients", "Delivery": "recipients"}[kind]
    body = {
        form: kind,
        "mail": {"messageId": "message-1", "timestamp": (at or system_clock()).isoformat().replace("+00:00", "Z")},
        kind.lower(): {"bounceType": "Permanent", recipients: [{"emailAddress": GRACE}], **reported},
    }
    return sqs_event({"Type": "Notification", "MessageId": "sns-1", "Message": json.dumps(body)})


def test_the_worker_sends_the_mail_and_tells_no_address(ports: FakePorts, log: Lines, metrics: Lines) -> None:
    made(ports)
    assert delivery_worker(mail_event(ports), None) == DONE
    assert [mail.to for mail in ports.mailer.sent] == [GRACE]
    (reported,), (metric,) = log(), metrics()
    assert (reported["result"]["status"], metric["MailsSent"]) == ("sent", [1.0])
    assert "@" not in json.dumps(reported)


def test_every_event_three_times_leaves_what_it_left_the_first_time(ports: FakePorts) -> None:
    made(ports)
    event = mail_event(ports)
    delivery_worker(event, None)
    bounce_worker(news(), None)
    before = ports.book.dump()
    for _ in range(2):
        assert delivery_worker(event, None) == DONE
        assert bounce_worker(news(), None) == DONE
    assert ports.book.dump() == before
    assert len(ports.mailer.sent) == 1


def test_a_mail_of_which_nobody_knows_is_in_the_log_as_an_error(ports: FakePorts, log: Lines) -> None:
    made(ports)
    ports.mailer.failures.append(ConnectionError("ada@example.com"))
    assert delivery_worker(mail_event(ports), None) == AGAIN
    (reported,) = log()
    assert (reported["level"], reported["error"]) == ("ERROR", "builtins.ConnectionError")
    assert "ada@example.com" not in json.dumps(reported)
    assert delivery_worker(mail_event(ports), None) == DONE
    assert (mails(ports)[0].status, ports.mailer.sent) == (DeliveryStatus.UNSURE, [])


@pytest.mark.parametrize("form", ["notificationType", "eventType"])
@pytest.mark.parametrize(("kind", "state"), [("Bounce", "bounced"), ("Complaint", "complained")])
def test_ses_is_understood_in_both_its_forms(
    ports: FakePorts, log: Lines, metrics: Lines, form: str, kind: str, state: str
) -> None:
    made(ports)
    delivery_worker(mail_event(ports), None)
    assert bounce_worker(news(kind, form), None) == DONE
    assert mails(ports)[0].status.value == state
    assert len(ports.book.all(Suppression)) == 1
    assert metrics()[-1][f"Mails{state.capitalize()}"] == [1.0]
    assert GRACE not in json.dumps(log())


@pytest.mark.aws("W5")
def test_the_text_by_which_ses_tries_a_new_topic_is_no_failure(ports: FakePorts, log: Lines) -> None:
    before = ports.book.dump()
    assert bounce_worker(recorded("ses_topic_validated"), None) == DONE
    assert (log()[0]["level"], log()[0]["result"]) == ("INFO", {"nothing_to_do": True})
    assert ports.book.dump() == before


@pytest.mark.aws("W5")
@pytest.mark.parametrize("text", ["", "[]", '"Bounce"', "null", "7", "{}"])
def test_a_message_that_is_no_event_is_passed_over(ports: FakePorts, text: str) -> None:
    assert bounce_worker(sqs_event({"Type": "Notification", "Message": text}), None) == DONE


@pytest.mark.parametrize(("event", "state"), [("ses_bounce", "bounced"), ("ses_complaint", "complained")])
def test_the_documented_events_of_ses_are_understood(ports: FakePorts, event: str, state: str) -> None:
    made(ports)
    delivery_worker(mail_event(ports), None)
    for _ in range(2):
        assert bounce_worker(recorded(event), None) == DONE
    (mail,) = mails(ports)
    assert mail.status.value == state
    assert len(ports.book.all(Suppression)) == 1


def test_a_mail_that_was_delivered_is_no_news(ports: FakePorts) -> None:
    made(ports)
    delivery_worker(mail_event(ports), None)
    assert bounce_worker(news("Delivery"), None) == DONE
    assert mails(ports)[0].status is DeliveryStatus.SENT


def test_news_quicker_than_the_note_comes_again_and_old_news_of_an_unknown_mail_does_not(ports: FakePorts) -> None:
    assert bounce_worker(news(), None) == AGAIN
    assert len(ports.book.all(Suppression)) == 1, "mail to the address stops at once"
    assert bounce_worker(news(at=system_clock() - timedelta(hours=1)), None) == DONE


def test_the_schedule_starts_what_is_due(ports: FakePorts, log: Lines, metrics: Lines) -> None:
    scheduled(ports)
    ports.now = datetime(2026, 11, 6, 6, tzinfo=UTC)
    for _ in range(3):
        scheduled_reports(scheduled_event(), None)
    (run,) = ports.book.all(ReportRun)
    assert ports.report_queue.sent == [(ACME, {"partner_id": ACME, "report_run_id": run.report_run_id})]
    assert [reported["result"]["started"] for reported in log()] == [1, 0, 0]
    assert metrics()[0]["ScheduledReportsStarted"] == [1.0]


def test_the_sweeper_sees_to_mails_too(ports: FakePorts, log: Lines) -> None:
    made(ports)
    ports.delivery_queue.sent.clear()
    ports.later(seconds=300)
    sweeper(scheduled_event(), None)
    assert len(ports.delivery_queue.sent) == 1
    assert log()[0]["result"]["mails"] == {"queued": 1}
