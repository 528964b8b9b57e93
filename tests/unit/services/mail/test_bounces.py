"""Bounces and complaints: the delivery is marked, and the address gets no more where it is for good."""

from __future__ import annotations

import pytest

from chalicelib.domain.mail.deliveries import DeliveryStatus
from chalicelib.domain.mail.suppressions import Suppression, SuppressionReason
from chalicelib.services.mail.bounces import Feedback, record_notification
from tests.unit.services.mail.mailing import GRACE, agency, delivered, made, mails

BOUNCE = Feedback(message_id="message-1", complaint=False, permanent=True, addresses=(GRACE,))
COMPLAINT = Feedback(message_id="message-1", complaint=True, permanent=False, addresses=(GRACE,))
FULL = Feedback(message_id="message-1", complaint=False, permanent=False, addresses=(GRACE,))


@pytest.mark.parametrize(
    ("feedback", "state", "reason"),
    [
        (BOUNCE, DeliveryStatus.BOUNCED, SuppressionReason.BOUNCED),
        (COMPLAINT, DeliveryStatus.COMPLAINED, SuppressionReason.COMPLAINED),
    ],
)
def test_it_marks_the_mail_and_stops_further_ones(
    feedback: Feedback, state: DeliveryStatus, reason: SuppressionReason
) -> None:
    ports = agency()
    made(ports)
    delivered(ports)
    for _ in range(3):
        assert record_notification(ports, feedback)
    (mail,) = mails(ports)
    assert (mail.status, bool(mail.reason)) == (state, True)
    (suppression,) = ports.book.all(Suppression)
    assert suppression.reason is reason
    assert GRACE not in str(suppression), "what is kept is no address"
    ports.later(seconds=1)
    made(ports)
    assert {item.status for item in delivered(ports)} == {state, DeliveryStatus.SUPPRESSED}
    assert len(ports.mailer.sent) == 1


def test_a_full_mailbox_stops_nothing() -> None:
    ports = agency()
    made(ports)
    delivered(ports)
    record_notification(ports, FULL)
    assert mails(ports)[0].status is DeliveryStatus.BOUNCED
    assert ports.book.all(Suppression) == []


def test_news_of_a_mail_nobody_knows_still_stops_mail_to_the_address() -> None:
    ports = agency()
    assert record_notification(ports, BOUNCE) is None
    assert len(ports.book.all(Suppression)) == 1


def test_a_complaint_after_a_bounce_is_the_last_word() -> None:
    ports = agency()
    made(ports)
    delivered(ports)
    record_notification(ports, BOUNCE)
    record_notification(ports, COMPLAINT)
    assert mails(ports)[0].status is DeliveryStatus.COMPLAINED
    assert [item.reason for item in ports.book.all(Suppression)] == [SuppressionReason.COMPLAINED]
