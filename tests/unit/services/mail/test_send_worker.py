"""Mails: brought about with what they tell of, sent once whatever is repeated, flagged where nobody can know."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.domain.kernel.errors import Conflict, Unavailable
from chalicelib.domain.kernel.ids import hashed_token
from chalicelib.domain.mail.deliveries import LEASE, DeliveryKind, DeliveryStatus
from chalicelib.domain.mail.email_messages import BonusesEarned, NotSent, ReportFailed, ReportReady
from chalicelib.domain.mail.suppressions import Suppression, SuppressionReason, suppression_key
from chalicelib.domain.partners.members import Member
from chalicelib.domain.report_runs.downloads import Download
from chalicelib.domain.report_runs.report_runs import ReportRun, ReportRunStatus
from chalicelib.services.mail import deliveries
from chalicelib.services.mail.recovery import recover_deliveries
from chalicelib.services.mail.send_worker import deliver
from chalicelib.services.report_runs.worker import make
from tests.factories import a_bonus
from tests.unit.reports.portfolio_of import ACME, ADMIN
from tests.unit.services.mail.mailing import BOSS, GRACE, agency, asked, delivered, made, mails

if TYPE_CHECKING:
    from chalicelib.domain.mail.deliveries import Delivery
    from tests.fakes import FakePorts


def only(ports: FakePorts) -> Delivery:
    (mail,) = mails(ports)
    return mail


def test_a_run_that_becomes_ready_mails_each_recipient_once() -> None:
    ports = agency()
    run = made(ports, email_to=(GRACE, BOSS, GRACE.upper()))
    delivered(ports)
    assert sorted(mail.to for mail in ports.mailer.sent) == sorted([GRACE, BOSS])
    assert {mail.status for mail in mails(ports)} == {DeliveryStatus.SENT}
    content = ports.mailer.sent[0].content
    assert isinstance(content, ReportReady)
    assert (content.report.rows, [link.format for link in content.report.links]) == (1, ["csv", "html"])
    assert [link.bytes for link in content.report.links] == [file.bytes for file in run.files]


def test_a_run_without_recipients_mails_nobody() -> None:
    ports = agency()
    made(ports, email_to=())
    assert mails(ports) == []
    assert ports.delivery_queue.sent == []


def test_a_run_that_fails_tells_why() -> None:
    ports = agency()
    ports.spooled_row_limit = 0
    run = asked(ports, formats=("pdf",))
    make(ports, ACME, run.report_run_id)
    delivered(ports)
    (mail,) = ports.mailer.sent
    assert isinstance(mail.content, ReportFailed)
    assert "CSV or XLSX" in mail.content.reason
    assert only(ports).kind is DeliveryKind.REPORT_FAILED


def test_the_same_message_three_times_is_one_mail() -> None:
    ports = agency()
    made(ports)
    before = delivered(ports)
    book = ports.book.dump()
    for _ in range(2):
        assert delivered(ports) == before
    assert len(ports.mailer.sent) == 1
    assert ports.book.dump() == book


def test_the_report_worker_run_again_brings_about_no_second_mail() -> None:
    ports = agency()
    run = made(ports)
    delivered(ports)
    assert make(ports, ACME, run.report_run_id) is None
    ports.later(days=1)
    recover_deliveries(ports)
    delivered(ports)
    assert len(ports.mailer.sent) == 1


def test_tokens_are_random_kept_as_hashes_and_end_with_the_settings_days() -> None:
    ports = agency(link_days=3)
    made(ports)
    delivered(ports)
    (mail,) = ports.mailer.sent
    assert isinstance(mail.content, ReportReady)
    tokens = [link.token for link in mail.content.report.links]
    kept = {item.token_hash: item for item in ports.book.all(Download)}
    assert {hashed_token(token) for token in tokens} == kept.keys()
    assert all(len(token) >= 43 for token in tokens)
    assert not any(token in str(ports.book.things) for token in tokens)
    assert {item.expires_at for item in kept.values()} == {ports.now + timedelta(days=3)}
    assert mail.content.report.links_end_at == ports.now + timedelta(days=3)


def test_a_link_never_outlives_its_file() -> None:
    ports = agency(link_days=7, report_retention_days=2)
    run = made(ports)
    delivered(ports)
    assert {item.expires_at for item in ports.book.all(Download)} == {run.expires_at}


@pytest.mark.parametrize("after", [LEASE.duration, timedelta(days=30)])
def test_a_crash_between_sending_and_noting_is_flagged_and_not_repeated(after: timedelta) -> None:
    ports = agency()
    made(ports)
    ports.mailer.failures.append(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        delivered(ports)
    assert only(ports).status is DeliveryStatus.SENDING
    delivered(ports)
    assert only(ports).status is DeliveryStatus.SENDING, "its worker may still be at it"
    ports.now += after
    delivered(ports)
    assert only(ports).status is DeliveryStatus.UNSURE
    recover_deliveries(ports)
    delivered(ports)
    assert ports.mailer.sent == []


def test_the_sweeper_flags_what_a_dead_worker_was_sending() -> None:
    ports = agency()
    made(ports)
    ports.mailer.failures.append(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        delivered(ports)
    ports.now += LEASE.duration
    assert recover_deliveries(ports) == {"unsure": 1}
    assert "may have arrived" in (only(ports).reason or "")


def test_an_answer_that_was_lost_is_flagged_at_once_and_raised_for_the_log() -> None:
    ports = agency()
    made(ports)
    ports.mailer.failures.append(ConnectionError())
    with pytest.raises(ConnectionError):
        delivered(ports)
    assert only(ports).status is DeliveryStatus.UNSURE


def test_a_worker_that_was_only_slow_notes_what_it_sent_although_it_was_flagged() -> None:
    ports = agency()
    made(ports)
    send = ports.mailer.send

    def slowly(mail: Any) -> str:
        ports.now += LEASE.duration
        recover_deliveries(ports)
        return send(mail)

    ports.mailer.send = slowly  # type: ignore[method-assign]
    delivered(ports)
    assert (only(ports).status, only(ports).reason) == (DeliveryStatus.SENT, None)


def test_what_surely_was_not_sent_waits_and_is_sent_later() -> None:
    ports = agency()
    made(ports)
    ports.mailer.failures.append(NotSent("Too fast.", passes=True))
    delivered(ports)
    assert only(ports).status is DeliveryStatus.QUEUED
    ports.delivery_queue.sent.clear()
    ports.now += LEASE.requeue_after
    assert recover_deliveries(ports) == {"queued": 1}
    delivered(ports)
    assert only(ports).status is DeliveryStatus.SENT
    assert len(ports.mailer.sent) == 1


def test_what_is_refused_for_good_has_failed_with_the_reason() -> None:
    ports = agency()
    made(ports)
    ports.mailer.failures.append(NotSent("Refused.", passes=False))
    delivered(ports)
    assert (only(ports).status, only(ports).reason) == (DeliveryStatus.FAILED, "Refused.")


def test_after_a_whole_day_of_waiting_it_is_given_up() -> None:
    ports = agency()
    made(ports)
    ports.later(days=1)
    recover_deliveries(ports)
    assert only(ports).status is DeliveryStatus.FAILED
    assert ports.mailer.sent == []


def test_a_lost_message_is_sent_again_by_the_sweeper() -> None:
    ports = agency()
    ports.delivery_queue.full = True
    made(ports)
    assert ports.delivery_queue.sent == []
    ports.delivery_queue.full = False
    ports.now += LEASE.requeue_after
    recover_deliveries(ports)
    delivered(ports)
    assert only(ports).status is DeliveryStatus.SENT


def test_of_two_workers_at_the_same_moment_one_sends() -> None:
    ports = agency()
    made(ports)
    ((_, message),) = ports.delivery_queue.sent
    ports.transaction_writer.meanwhile.append(lambda: deliver(ports, ACME, message["delivery_id"]) and None)
    deliver(ports, ACME, message["delivery_id"])
    assert len(ports.mailer.sent) == 1


def test_a_claim_whose_answer_was_lost_is_sent_all_the_same() -> None:
    ports = agency()
    made(ports)
    ports.transaction_writer.lost_answers = 1
    delivered(ports)
    assert only(ports).status is DeliveryStatus.SENT
    assert len(ports.mailer.sent) == 1


def test_a_claim_that_could_not_be_written_sends_nothing() -> None:
    ports = agency()
    made(ports)
    ports.transaction_writer.conflict()
    with pytest.raises(Unavailable):
        delivered(ports)
    assert (only(ports).status, ports.mailer.sent) == (DeliveryStatus.QUEUED, [])


@pytest.mark.parametrize("reason", [SuppressionReason.BOUNCED, SuppressionReason.COMPLAINED])
def test_an_address_that_bounced_or_complained_gets_no_mail_of_anybody(reason: SuppressionReason) -> None:
    ports = agency()
    ports.book.put(Suppression(address=suppression_key(GRACE.upper()), reason=reason, at=ports.now))
    made(ports)
    delivered(ports)
    assert only(ports).status is DeliveryStatus.SUPPRESSED
    assert only(ports).reason
    assert ports.mailer.sent == []


def test_who_unsubscribed_gets_no_recurring_mail_of_that_partner_but_what_was_asked_for() -> None:
    ports = agency()
    key = suppression_key(GRACE, ACME)
    ports.book.put(Suppression(address=key, reason=SuppressionReason.UNSUBSCRIBED, at=ports.now))
    made(ports, "sch_1")
    assert [item.status for item in delivered(ports)] == [DeliveryStatus.SUPPRESSED]
    ports.later(seconds=1)
    made(ports)
    delivered(ports)
    assert [mail.to for mail in ports.mailer.sent] == [GRACE]
    assert ports.mailer.sent[0].unsubscribe_token is None


def test_a_recurring_mail_has_a_way_out() -> None:
    ports = agency()
    made(ports, "sch_1")
    delivered(ports)
    assert ports.mailer.sent[0].unsubscribe_token


def test_who_has_left_the_team_meanwhile_gets_no_report() -> None:
    ports = agency()
    made(ports)
    del ports.book.things[Member, ADMIN.subject, ACME]
    delivered(ports)
    assert (only(ports).status, ports.mailer.sent) == (DeliveryStatus.SUPPRESSED, [])


def test_files_that_have_expired_meanwhile_are_not_announced() -> None:
    ports = agency(report_retention_days=1)
    made(ports)
    ports.later(days=1)
    delivered(ports)
    assert only(ports).status is DeliveryStatus.FAILED


def test_a_run_taken_away_meanwhile_is_not_announced() -> None:
    ports = agency()
    run = made(ports)
    del ports.book.things[ReportRun, ACME, run.report_run_id]
    delivered(ports)
    assert (only(ports).status, ports.mailer.sent) == (DeliveryStatus.FAILED, [])


def bonus_run(ports: FakePorts, **changes: Any) -> ReportRun:
    bonuses = [a_bonus(partner_id=ACME, username=name) for name in ("zoe", "ada")]
    ports.book.put(*bonuses)
    notified = tuple(bonus.account_id for bonus in bonuses)
    return made(ports, report="new-account-bonus-tracker", account_status=None, bonus_account_ids=notified, **changes)


def test_bonus_mail_names_the_bonuses_and_links_the_tracker() -> None:
    ports = agency()
    bonus_run(ports)
    delivered(ports)
    (mail,) = ports.mailer.sent
    assert isinstance(mail.content, BonusesEarned)
    assert [bonus.username for bonus in mail.content.bonuses] == ["ada", "zoe"]
    assert len(mail.content.report.links) == 2
    assert mail.unsubscribe_token
    assert only(ports).kind is DeliveryKind.BONUSES_EARNED


def test_bonuses_are_told_of_even_where_their_tracker_could_not_be_made() -> None:
    ports = agency()
    ports.files.broken = True
    run = asked(ports, report="new-account-bonus-tracker", account_status=None, bonus_account_ids=("acct_1",))
    ports.book.put(
        a_bonus(account_id="acct_1", partner_id=ACME), replace(run, attempts=2, status=ReportRunStatus.REQUESTED)
    )
    with pytest.raises(OSError, match="reports/"):
        make(ports, ACME, run.report_run_id)
    delivered(ports)
    (mail,) = ports.mailer.sent
    assert isinstance(mail.content, BonusesEarned)
    assert (len(mail.content.bonuses), mail.content.report.links) == (1, ())


def test_a_person_sends_it_again_with_links_of_its_own() -> None:
    ports = agency()
    made(ports)
    delivered(ports)
    again = ports.transaction_writer.write(deliveries.resend(ports, ADMIN, only(ports).delivery_id))
    deliveries.enqueue(ports, again)
    delivered(ports, ports.delivery_queue.sent[-1:])
    assert (len(ports.mailer.sent), only(ports).attempts) == (2, 2)
    assert len(ports.book.all(Download)) == 4


@pytest.mark.parametrize("state", [DeliveryStatus.QUEUED, DeliveryStatus.SENDING])
def test_what_is_on_its_way_is_not_sent_again(state: DeliveryStatus) -> None:
    ports = agency()
    made(ports)
    ports.book.put(replace(only(ports), status=state))
    with pytest.raises(Conflict, match=state.value):
        deliveries.resend(ports, ADMIN, only(ports).delivery_id)
