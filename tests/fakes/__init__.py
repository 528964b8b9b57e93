"""Every port in memory, on one book: `ports = FakePorts()`; `ports.now` is what time it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from tests.fakes.book import FakeBook, FakeTransactionWriter
from tests.fakes.mail import (
    FakeConfirmationLinks,
    FakeDeliveries,
    FakeDownloads,
    FakeMailer,
    FakeReportSchedules,
    FakeSuppressions,
    FakeUsage,
)
from tests.fakes.outside import FakeFiles, FakeQueue, FakeSignIns
from tests.fakes.stores import (
    FakeAccounts,
    FakeAudit,
    FakeBonuses,
    FakeBulkOperations,
    FakeCounters,
    FakeDepartures,
    FakeErasures,
    FakeImports,
    FakeInvitations,
    FakeInvites,
    FakeManagementRequests,
    FakeMembers,
    FakeNights,
    FakeOperators,
    FakePartners,
    FakeRegistrations,
    FakeReportRuns,
    FakeRequests,
    FakeServiceRequests,
    FakeSessionEndings,
    FakeSessions,
    FakeSignInLinks,
    FakeUsernames,
)

__all__ = ["FakeBook", "FakeFiles", "FakeTransactionWriter", "FakePorts", "FakeQueue", "FakeSignIns"]

NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)


class FakePorts:
    """Satisfies `bootstrap.Ports`."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now, self.book = now, (book := FakeBook())
        self.transaction_writer = FakeTransactionWriter(book)
        self.accounts = FakeAccounts(book)
        self.usernames = FakeUsernames(book)
        self.counters = FakeCounters(book)
        self.partners = FakePartners(book)
        self.members, self.operators = FakeMembers(book), FakeOperators(book)
        self.invitations, self.session_endings = FakeInvitations(book), FakeSessionEndings(book)
        self.bonuses, self.sessions = FakeBonuses(book), FakeSessions(book)
        self.departures = FakeDepartures(book)
        self.audit = FakeAudit(book)
        self.requests = FakeRequests(book)
        self.sms_registrations = FakeRegistrations(book)
        self.management_requests = FakeManagementRequests(book)
        self.invites = FakeInvites(book)
        self.sign_in_links = FakeSignInLinks(book)
        self.service_requests = FakeServiceRequests(book)
        self.report_runs = FakeReportRuns(book)
        self.imports = FakeImports(book)
        self.bulk_operations, self.bulk_queue = FakeBulkOperations(book), FakeQueue()
        self.nightly_runs = FakeNights(book)
        self.report_schedules = FakeReportSchedules(book)
        self.deliveries = FakeDeliveries(book)
        self.downloads, self.suppressions = FakeDownloads(book), FakeSuppressions(book)
        self.mailer, self.sign_ins, self.erasures = FakeMailer(), FakeSignIns(), FakeErasures(book)
        self.confirmation_links, self.usage = FakeConfirmationLinks(book), FakeUsage(book)
        self.files = FakeFiles()
        self.report_queue, self.import_queue, self.settle_queue, self.delivery_queue = (FakeQueue() for _ in range(4))
        self.import_rows_per_second, self.spooled_row_limit = 0, 200_000

    def clock(self) -> datetime:
        """What time it is."""
        return self.now

    def later(self, days: int = 0, seconds: int = 0) -> None:
        """Let time pass; no index lags for a day."""
        if days:
            self.book.catch_up()
        self.now += timedelta(days=days, seconds=seconds)

    @property
    def today(self) -> date:
        """What day it is."""
        return self.now.date()
