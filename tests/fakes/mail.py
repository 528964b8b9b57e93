"""Schedules, mails and what is in them, in memory; and a mailer that keeps what it is given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from chalicelib.domain.kernel.paging import BoundedCount, Page, bounded
from chalicelib.domain.kernel.usage_limits import UsageCounter
from chalicelib.domain.mail.deliveries import FAILED, OPEN, Delivery, DeliveryQuery
from chalicelib.domain.mail.email_messages import Mail
from chalicelib.domain.mail.recipient_confirmations import ConfirmationLink
from chalicelib.domain.mail.suppressions import Suppression, Unsubscribing
from chalicelib.domain.report_runs.downloads import Download
from chalicelib.domain.report_runs.report_schedules import ReportSchedule
from tests.fakes.stores import Store, found, page_of


class FakeReportSchedules(Store):
    def get(self, partner_id: str, report_schedule_id: str) -> ReportSchedule:
        return found(self.book.get(ReportSchedule, partner_id, report_schedule_id))

    def of_partner(self, partner_id: str) -> list[ReportSchedule]:
        mine = [item for item in self.book.all(ReportSchedule) if item.partner_id == partner_id]
        return sorted(mine, key=lambda item: item.report_schedule_id)

    def page(self, partner_id: str, after: str | None, limit: int) -> Page[ReportSchedule]:
        return page_of(self.of_partner(partner_id), lambda item: item.report_schedule_id, after, limit)

    def due(self, until: datetime) -> Iterator[ReportSchedule]:
        live = [item for item in self.book.indexed(ReportSchedule) if not item.paused and item.next_run_at <= until]
        return iter(sorted(live, key=lambda item: item.next_run_at))


class FakeDeliveries(Store):
    def get(self, partner_id: str, delivery_id: str) -> Delivery:
        return found(self.book.get(Delivery, partner_id, delivery_id))

    def page(self, partner_id: str, query: DeliveryQuery, after: str | None, limit: int) -> Page[Delivery]:
        mine = [item for item in self.book.all(Delivery) if item.partner_id == partner_id]
        asked = [
            item
            for item in mine
            if all(
                wanted in (None, getattr(item, name))
                for name, wanted in (
                    ("status", query.status),
                    ("kind", query.kind),
                    ("report_run_id", query.report_run_id),
                )
            )
        ]
        return page_of(asked, lambda item: item.delivery_id, after, limit, backwards=True)

    def stale(self, until: datetime, limit: int) -> list[Delivery]:
        waiting = [
            item for item in self.book.indexed(Delivery) if item.status in OPEN and item.last_heartbeat_at <= until
        ]
        return sorted(waiting, key=lambda item: item.last_heartbeat_at)[:limit]

    def count_failed(self, partner_id: str, since: datetime, limit: int) -> BoundedCount:
        mine = (item for item in self.book.indexed(Delivery) if item.partner_id == partner_id)
        return bounded(sum(item.status in FAILED and item.last_heartbeat_at >= since for item in mine), limit)

    def by_message(self, message_id: str) -> Delivery | None:
        return next((item for item in self.book.indexed(Delivery) if item.message_id == message_id), None)


class FakeDownloads(Store):
    def get(self, token_hash: str) -> Download | None:
        return self.book.get(Download, token_hash)

    def used(self, download: Download) -> None:
        existing = self.book.get(Download, download.token_hash)
        if existing:
            self.book.put(replace(existing, uses=existing.uses + 1))


class FakeSuppressions(Store):
    def among(self, keys: tuple[str, ...]) -> tuple[Suppression, ...]:
        return tuple(existing for key in keys if (existing := self.book.get(Suppression, key)))

    def unsubscribing(self, token_hash: str) -> Unsubscribing | None:
        return self.book.get(Unsubscribing, token_hash)


class FakeConfirmationLinks(Store):
    def get(self, token_hash: str) -> ConfirmationLink | None:
        return self.book.get(ConfirmationLink, token_hash)


class FakeUsage(Store):
    def get(self, partner_id: str, counter_id: str) -> UsageCounter | None:
        return self.book.get(UsageCounter, partner_id, counter_id)

    def take(self, partner_id: str, counter_id: str, maximum: int, expires_at: datetime) -> bool:
        first = UsageCounter(partner_id=partner_id, counter_id=counter_id, used=0, expires_at=expires_at)
        counter = self.get(partner_id, counter_id) or first
        if counter.used < maximum:
            self.book.put(replace(counter, used=counter.used + 1))
        return counter.used < maximum


@dataclass
class FakeMailer:
    """A Mailer; `failures` are what the next sendings raise, one each, nothing sent."""

    sent: list[Mail] = field(default_factory=list)
    failures: list[BaseException] = field(default_factory=list)

    def send(self, mail: Mail) -> str:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(mail)
        return f"message-{len(self.sent)}"
