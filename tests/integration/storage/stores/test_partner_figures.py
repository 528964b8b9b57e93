"""What the overview of partners asks of the stores, kept by the fakes and on DynamoDB alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from chalicelib.bootstrap import Ports
from chalicelib.domain.access import Actor, Role
from chalicelib.domain.changes import Change, Insert, Replace
from chalicelib.domain.imports.columns import ImportKind
from chalicelib.domain.imports.imports import ImportStatus
from chalicelib.domain.imports.transitions import requested as import_requested
from chalicelib.domain.kernel import ids
from chalicelib.domain.kernel.money import Money
from chalicelib.domain.kernel.paging import BoundedCount
from chalicelib.domain.mail.deliveries import Delivery, DeliveryKind, DeliveryStatus
from chalicelib.domain.report_runs import transitions
from chalicelib.domain.report_runs.report_runs import ReportRequest
from tests.factories import NOON, a_bonus, a_departure, an_account

REQUEST = ReportRequest(report="all-accounts-summary", formats=("csv",))


def insert(ports: Ports, *entities: Any) -> None:
    ports.transaction_writer.write(Change(tuple(map(Insert, entities)), None))


def change(ports: Ports, current: Any, updated: Any) -> None:
    ports.transaction_writer.write(Change((Replace(current, updated),), None))


def test_the_days_on_which_accounts_were_created_are_those_asked_for(ports: Ports, partner_id: str) -> None:
    days = [date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 1), date(2026, 11, 5), date(2026, 11, 6)]
    insert(ports, *(an_account(partner_id=partner_id, created_on=day) for day in days))
    insert(ports, an_account(partner_id=f"{partner_id}-other", created_on=days[1]))
    first, last = days[1], days[3]
    assert ports.accounts.created_days(partner_id, first, last, 10) == [days[1], days[1], days[3]]
    assert ports.accounts.created_days(partner_id, first, last, 2) == [days[1], days[1]]


def test_the_days_of_departures_are_those_asked_for(ports: Ports, partner_id: str) -> None:
    days = [date(2026, 9, 30), date(2026, 10, 1), date(2026, 11, 5), date(2026, 11, 6)]
    insert(ports, *(a_departure(partner_id=partner_id, effective_on=day) for day in days))
    assert ports.departures.days(partner_id, days[1], days[2], 10) == days[1:3]
    assert ports.departures.days(partner_id, days[1], days[2], 1) == days[1:2]


def test_unpaid_bonuses_are_those_earned_and_not_paid(ports: Ports, partner_id: str) -> None:
    dollars = a_bonus(partner_id=partner_id, money=Money(100, "USD"), earned_on=date(2026, 11, 2))
    euros = a_bonus(partner_id=partner_id, money=Money(70, "EUR"), earned_on=date(2026, 11, 1))
    paid = a_bonus(partner_id=partner_id, paid_on=date(2026, 11, 4))
    insert(ports, dollars, euros, paid, a_bonus(partner_id=f"{partner_id}-other"))
    assert ports.bonuses.unpaid(partner_id, 10) == [Money(70, "EUR"), Money(100, "USD")]
    assert ports.bonuses.unpaid(partner_id, 1) == [Money(70, "EUR")]
    change(ports, euros, replace(euros, paid_on=date(2026, 11, 5), version=2))
    assert ports.bonuses.unpaid(partner_id, 10) == [Money(100, "USD")]


def test_failed_runs_are_counted_from_when_they_failed(ports: Ports, partner_id: str) -> None:
    run = transitions.requested(Actor("ann", Role.PARTNER_ADMIN, partner_id), REQUEST, NOON)
    going_on = transitions.requested(Actor("ann", Role.PARTNER_ADMIN, partner_id), REQUEST, NOON)
    insert(ports, run, going_on)
    count = ports.report_runs.count_failed
    assert count(partner_id, NOON - timedelta(days=1), 5) == BoundedCount(0)
    change(ports, run, transitions.failed(run, NOON, "No."))
    assert count(partner_id, NOON, 5) == BoundedCount(1)
    assert count(partner_id, NOON, 0) == BoundedCount(0, more=True)
    assert count(partner_id, NOON + timedelta(seconds=1), 5) == BoundedCount(0)
    assert count(f"{partner_id}-other", NOON, 5) == BoundedCount(0)


def test_failed_deliveries_are_counted_and_stand_in_nobody_s_way(ports: Ports, partner_id: str) -> None:
    def delivery(status: DeliveryStatus) -> Delivery:
        return Delivery(
            partner_id=partner_id,
            delivery_id=ids.ulid(NOON),
            kind=DeliveryKind.REPORT_READY,
            queued_at=NOON,
            last_heartbeat_at=NOON,
            address="ada@example.com",
            status=status,
        )

    insert(ports, *map(delivery, DeliveryStatus))
    assert ports.deliveries.count_failed(partner_id, NOON, 5) == BoundedCount(2)
    assert ports.deliveries.count_failed(partner_id, NOON + timedelta(seconds=1), 5) == BoundedCount(0)
    stale = [item for item in ports.deliveries.stale(NOON, 1_000) if item.partner_id == partner_id]
    assert {item.status for item in stale} == {DeliveryStatus.QUEUED, DeliveryStatus.SENDING}


def test_failed_imports_are_counted_and_do_not_run(ports: Ports, partner_id: str) -> None:
    item = import_requested(Actor("ann", Role.OPERATOR, partner_id), ImportKind.PORTFOLIO, NOON)
    insert(ports, item)
    failed = replace(item, status=ImportStatus.FAILED, started_at=NOON, finished_at=NOON, version=item.version + 1)
    change(ports, item, failed)
    assert ports.imports.count_failed(partner_id, NOON, 5) == BoundedCount(1)
    assert ports.imports.count_failed(partner_id, NOON + timedelta(seconds=1), 5) == BoundedCount(0)
    assert failed not in ports.imports.running(1_000)
