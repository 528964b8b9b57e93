"""What the stores of schedules, mails, links and suppressions promise, kept by their fakes and on DynamoDB alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.bootstrap import Ports
from chalicelib.domain.accounts.accounts import Status
from chalicelib.domain.accounts.query import AccountQuery
from chalicelib.domain.changes import Change, Insert, Put, Replace, Write
from chalicelib.domain.kernel import ids
from chalicelib.domain.kernel.errors import Conflict, NotFound, StaleVersion
from chalicelib.domain.kernel.usage_limits import UsageCounter
from chalicelib.domain.mail import deliveries, recipient_confirmations, suppressions
from chalicelib.domain.mail.deliveries import Delivery, DeliveryKind, DeliveryQuery, DeliveryStatus, delivery_id
from chalicelib.domain.mail.suppressions import Suppression, SuppressionReason, suppression_key
from chalicelib.domain.report_runs import downloads
from chalicelib.domain.report_runs.downloads import Download
from chalicelib.domain.report_runs.report_runs import ReportRequest
from chalicelib.domain.report_runs.report_schedules import Frequency, ReportSchedule, Timing
from tests.factories import NOON


def write(ports: Ports, *writes: Write) -> None:
    ports.transaction_writer.write(Change(writes, None))


def a_delivery(partner_id: str, at: datetime = NOON, **changes: Any) -> Delivery:
    plain: dict[str, Any] = {
        "partner_id": partner_id,
        "delivery_id": delivery_id(ids.ulid(at), "ada@example.com"),
        "kind": DeliveryKind.REPORT_READY,
        "queued_at": at,
        "last_heartbeat_at": at,
        "address": "ada@example.com",
        "report_run_id": "run_1",
    }
    return Delivery(**{**plain, **changes})


def a_schedule(partner_id: str, at: datetime = NOON, **changes: Any) -> ReportSchedule:
    plain: dict[str, Any] = {
        "partner_id": partner_id,
        "report_schedule_id": ids.ordered_id("sch", at),
        "request": ReportRequest(
            report="managed-account-details",
            formats=("pdf", "csv"),
            account_status=Status.OPEN,
            filters=AccountQuery(list_size_min=0, q="ünï"),
            email_to=("ada@example.com",),
        ),
        "timing": Timing(frequency=Frequency.WEEKLY, weekday="monday", hour=23, minute=59),
        "created_by": "grace",
        "created_at": at,
        "next_run_at": at + timedelta(days=1, microseconds=5),
    }
    return ReportSchedule(**{**plain, **changes})


def test_a_delivery_comes_back_as_it_was_written_at_every_step(ports: Ports, partner_id: str) -> None:
    current = a_delivery(partner_id, recurring=True, invitation_id="inv_1", requested_by="grace")
    write(ports, Insert(current))
    steps = (
        lambda item: deliveries.sending(item, NOON),
        lambda item: deliveries.sent(item, NOON, "message-ü"),
        lambda item: deliveries.ended(item, DeliveryStatus.BOUNCED, NOON, "It came back."),
        lambda item: deliveries.resent(item, NOON),
    )
    for step in steps:
        now = step(current)
        write(ports, Replace(current, now))
        assert ports.deliveries.get(partner_id, current.delivery_id) == now
        current = now


def test_one_event_has_one_delivery_an_address(ports: Ports, partner_id: str) -> None:
    delivery = a_delivery(partner_id)
    write(ports, Insert(delivery))
    with pytest.raises(Conflict):
        write(ports, Insert(replace(delivery, address="ADA@example.com")))


def test_an_unknown_delivery_and_another_partners_are_not_found_alike(ports: Ports, partner_id: str) -> None:
    delivery = a_delivery(partner_id)
    write(ports, Insert(delivery))
    with pytest.raises(NotFound) as unknown:
        ports.deliveries.get(partner_id, "mail_none")
    with pytest.raises(NotFound) as foreign:
        ports.deliveries.get(ids.random_id("prt"), delivery.delivery_id)
    assert unknown.value.detail == foreign.value.detail


def test_deliveries_are_listed_the_latest_first_and_by_what_is_asked(ports: Ports, partner_id: str) -> None:
    mails = [a_delivery(partner_id, NOON + timedelta(seconds=number)) for number in range(5)]
    mails[1] = replace(mails[1], status=DeliveryStatus.SENT, message_id="message-1")
    mails[3] = replace(mails[3], kind=DeliveryKind.BONUSES_EARNED, report_run_id="run_2")
    write(ports, *map(Insert, mails))
    first = ports.deliveries.page(partner_id, DeliveryQuery(), None, 3)
    rest = ports.deliveries.page(partner_id, DeliveryQuery(), first.next, 3)
    assert [*first.items, *rest.items] == mails[::-1]
    assert rest.next is None
    for query, found in (
        (DeliveryQuery(status=DeliveryStatus.SENT), [mails[1]]),
        (DeliveryQuery(kind=DeliveryKind.BONUSES_EARNED), [mails[3]]),
        (DeliveryQuery(report_run_id="run_2", status=DeliveryStatus.QUEUED), [mails[3]]),
        (DeliveryQuery(report_run_id="run_2", status=DeliveryStatus.SENT), []),
    ):
        assert list(ports.deliveries.page(partner_id, query, None, 10).items) == found


def test_quiet_deliveries_are_those_on_their_way_and_no_others(ports: Ports, partner_id: str) -> None:
    def mine(until: datetime) -> list[Delivery]:
        return [item for item in ports.deliveries.stale(until, 1000) if item.partner_id == partner_id]

    later, sooner = a_delivery(partner_id, NOON + timedelta(seconds=1)), a_delivery(partner_id)
    done = a_delivery(partner_id, NOON - timedelta(seconds=1), status=DeliveryStatus.SENT)
    write(ports, *map(Insert, (later, sooner, done)))
    assert mine(NOON + timedelta(minutes=1)) == [sooner, later]
    assert mine(NOON) == [sooner]
    flagged = deliveries.ended(sooner, DeliveryStatus.UNSURE, NOON, "Nobody knows.")
    write(ports, Replace(sooner, flagged))
    assert mine(NOON + timedelta(minutes=1)) == [later]


def test_a_delivery_is_found_by_the_message_that_the_mail_service_knows(ports: Ports, partner_id: str) -> None:
    message_id = ids.random_id("message")
    delivery = a_delivery(partner_id, status=DeliveryStatus.SENT, message_id=message_id)
    write(ports, Insert(delivery))
    assert ports.deliveries.by_message(message_id) == delivery
    assert ports.deliveries.by_message(f"{message_id}x") is None


def test_a_link_is_found_by_its_hash_and_counts_its_uses(ports: Ports, partner_id: str) -> None:
    link = Download(
        token_hash=ids.hashed_token(ids.new_token()),
        partner_id=partner_id,
        report_run_id="run_1",
        format="csv",
        recipient=downloads.recipient_key("viewer@example.com"),
        subject="viewer",
        issued_at=NOON,
        expires_at=NOON + timedelta(days=7),
    )
    write(ports, Insert(link))
    assert ports.downloads.get(link.token_hash) == link
    for _ in range(3):
        ports.downloads.used(link)
    assert ports.downloads.get(link.token_hash) == replace(link, uses=3)


def test_counting_a_link_that_was_cleared_away_brings_nothing_back(ports: Ports, partner_id: str) -> None:
    gone = Download(
        token_hash=ids.hashed_token(ids.new_token()),
        partner_id=partner_id,
        report_run_id="run_1",
        format="csv",
        recipient=downloads.recipient_key("viewer@example.com"),
        subject="viewer",
        issued_at=NOON,
        expires_at=NOON,
    )
    ports.downloads.used(gone)
    assert ports.downloads.get(gone.token_hash) is None


def test_a_token_opens_a_file_or_ends_mail_and_never_both(ports: Ports, partner_id: str) -> None:
    issued = suppressions.issue(a_delivery(partner_id), NOON)
    write(ports, Insert(issued.unsubscribing))
    assert ports.suppressions.unsubscribing(suppressions.hashed(issued.token)) == issued.unsubscribing
    assert ports.downloads.get(ids.hashed_token(issued.token)) is None
    assert ports.suppressions.unsubscribing(ids.hashed_token(issued.token)) is None


def test_suppressions_are_found_among_addresses_whatever_their_case(ports: Ports, partner_id: str) -> None:
    address = f"{partner_id}@Example.com"
    everywhere = Suppression(address=suppression_key(address), reason=SuppressionReason.BOUNCED, at=NOON)
    of_one = Suppression(address=suppression_key(address, partner_id), reason=SuppressionReason.UNSUBSCRIBED, at=NOON)
    write(ports, Put(everywhere), Put(of_one))
    keys = (suppression_key(address.upper()), suppression_key(address, partner_id), suppression_key("other@x.example"))
    assert ports.suppressions.among(keys) == (everywhere, of_one)
    assert ports.suppressions.among((suppression_key(address, "another partner"),)) == ()


def test_a_schedule_comes_back_as_it_was_written(ports: Ports, partner_id: str) -> None:
    full = a_schedule(
        partner_id,
        last_run_at=NOON,
        last_report_run_id="run_1",
        missed=(NOON, datetime(2026, 11, 4, 5, tzinfo=UTC)),
        paused=True,
    )
    bare = a_schedule(
        partner_id, NOON + timedelta(seconds=1), request=ReportRequest(report="portfolio", formats=("csv",))
    )
    write(ports, Insert(full), Insert(bare))
    assert ports.report_schedules.of_partner(partner_id) == [full, bare]
    assert ports.report_schedules.get(partner_id, full.report_schedule_id) == full
    first = ports.report_schedules.page(partner_id, None, 1)
    assert first.items == (full,)
    assert ports.report_schedules.page(partner_id, first.next, 1).items == (bare,)
    with pytest.raises(NotFound):
        ports.report_schedules.get(ids.random_id("prt"), full.report_schedule_id)


def test_due_schedules_come_the_longest_due_first_and_paused_ones_not(ports: Ports, partner_id: str) -> None:
    def mine(until: datetime) -> list[ReportSchedule]:
        return [item for item in ports.report_schedules.due(until) if item.partner_id == partner_id]

    later, sooner, paused = (
        a_schedule(partner_id, next_run_at=NOON + timedelta(seconds=5)),
        a_schedule(partner_id, next_run_at=NOON),
        a_schedule(partner_id, next_run_at=NOON, paused=True),
    )
    write(ports, *map(Insert, (later, sooner, paused)))
    assert mine(NOON) == [sooner]
    assert mine(NOON + timedelta(minutes=1)) == [sooner, later]
    stopped = replace(sooner, paused=True, version=2)
    write(ports, Replace(sooner, stopped))
    assert mine(NOON + timedelta(minutes=1)) == [later]


def test_a_confirmation_link_is_found_by_its_own_hash_alone(ports: Ports, partner_id: str) -> None:
    issued = recipient_confirmations.issue(partner_id, "Boss@client.example", NOON)
    write(ports, Insert(issued.link))
    assert ports.confirmation_links.get(recipient_confirmations.hashed(issued.token)) == issued.link
    for other in (ids.hashed_token(issued.token), suppressions.hashed(issued.token)):
        assert ports.confirmation_links.get(other) is None


def test_a_usage_counter_is_counted_with_a_change_and_by_itself_up_to_its_maximum(
    ports: Ports, partner_id: str
) -> None:
    counter = UsageCounter(partner_id=partner_id, counter_id="mails#2026-11-06T00#", used=1, expires_at=NOON)
    write(ports, Insert(counter))
    write(ports, Replace(counter, replace(counter, used=2, version=2)))
    with pytest.raises(StaleVersion):
        write(ports, Replace(counter, replace(counter, used=2, version=2)))
    assert ports.usage.take(partner_id, counter.counter_id, 3, NOON)
    assert not ports.usage.take(partner_id, counter.counter_id, 3, NOON)
    found = ports.usage.get(partner_id, counter.counter_id)
    assert found is not None
    assert found.used == 3
    other = "mails#2026-11-07T00#"
    assert ports.usage.get(partner_id, other) is None
    assert ports.usage.take(partner_id, other, 1, NOON)
    assert not ports.usage.take(partner_id, other, 1, NOON)
    counted = UsageCounter(partner_id=partner_id, counter_id=other, used=1, expires_at=NOON)
    assert ports.usage.get(partner_id, other) == counted
