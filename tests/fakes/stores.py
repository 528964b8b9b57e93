"""The stores in memory, each on the one book."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from chalicelib.domain.accounts.accounts import Account, Activity
from chalicelib.domain.accounts.bonuses import Bonus
from chalicelib.domain.accounts.counters import Summary
from chalicelib.domain.accounts.departures import Departure
from chalicelib.domain.accounts.erasures import Erasure, ErasureStatus, retired_key
from chalicelib.domain.accounts.management_requests import ManagementRequest
from chalicelib.domain.accounts.orders import AccountOrder, OrderField
from chalicelib.domain.accounts.query import AccountCount, AccountQuery, AccountRow, list_sort_key
from chalicelib.domain.accounts.scheduled_changes import due_on
from chalicelib.domain.accounts.search_words import query_words, search_words
from chalicelib.domain.audit import AuditEntry, AuditQuery
from chalicelib.domain.bulk_operations.bulk_operations import (
    AccountChunk,
    AccountOutcome,
    BulkOperation,
    BulkOutcome,
    BulkStatus,
)
from chalicelib.domain.imports.imports import Import, ImportStatus
from chalicelib.domain.kernel.errors import NotFound
from chalicelib.domain.kernel.idempotency import RequestRecord
from chalicelib.domain.kernel.money import Money
from chalicelib.domain.kernel.paging import BoundedCount, Page, bounded
from chalicelib.domain.kernel.usernames import UsernameClaim
from chalicelib.domain.nightly_runs import NightlyRun, PartnerSettlement
from chalicelib.domain.partners.invitations import Invitation
from chalicelib.domain.partners.invites import Invite, InviteCounts, SlugClaim
from chalicelib.domain.partners.members import Member
from chalicelib.domain.partners.operators import Operator
from chalicelib.domain.partners.partners import Partner
from chalicelib.domain.partners.session_endings import SessionEnding
from chalicelib.domain.partners.sessions import Session
from chalicelib.domain.report_runs.report_runs import ReportRun, ReportRunStatus
from chalicelib.domain.service_requests import ServiceRequest, ServiceRequestStatus
from chalicelib.domain.sign_in_links import SignInLink
from chalicelib.domain.sms.sms_registrations import WAITING, Registration
from tests.fakes.book import FakeBook

T = TypeVar("T")


def page_of(
    things: Iterable[T], key: Callable[[T], str], after: str | None, limit: int, *, backwards: bool = False
) -> Page[T]:
    """A page of things in the order of their sort key, after one."""
    ordered = sorted(things, key=key, reverse=backwards)
    left = [item for item in ordered if after is None or (key(item) < after if backwards else key(item) > after)]
    return Page(tuple(left[:limit]), key(left[limit - 1]) if len(left) > limit else None)


def found(thing: T | None, name: str = "thing") -> T:
    """The thing, or `NotFound`."""
    if thing is None:
        raise NotFound(f"There is no such {name}.")
    return thing


@dataclass
class Store:
    """What every store stands on."""

    book: FakeBook


class FakeAccounts(Store):
    def get(self, partner_id: str, account_id: str) -> Account:
        return found(self.book.get(Account, partner_id, account_id), "account")

    def find_many(self, partner_id: str, account_ids: Sequence[str]) -> dict[str, Account]:
        found = (self.book.get(Account, partner_id, account_id) for account_id in account_ids)
        return {account.account_id: account for account in found if account}

    def _asked(self, partner_id: str, query: AccountQuery) -> list[Account]:
        return [item for item in self.book.indexed(Account) if item.partner_id == partner_id and query.matches(item)]

    def page(self, partner_id: str, query: AccountQuery, after: str | None, limit: int) -> Page[Account]:
        return page_of(self._asked(partner_id, query), list_sort_key, after, limit)

    def search(self, partner_id: str, query: AccountQuery, after: str | None, limit: int) -> Page[Account]:
        mine = [item for item in self.book.all(Account) if item.partner_id == partner_id and query.matches(item)]
        word = query_words(query.q)[0]

        def place(account: Account) -> str:
            return f"w0#{min(item for item in search_words(account) if item.startswith(word))}\x01{account.account_id}"

        return page_of(mine, place, after, limit)

    def search_of_all_partners(self, words: Sequence[str], after: str | None, limit: int) -> Page[Account]:
        def place(account: Account) -> str:
            return f"{min(item for item in search_words(account) if item.startswith(words[0]))}\x01{account.account_id}"

        def has(account: Account, word: str) -> bool:
            return any(item.startswith(word) for item in search_words(account))

        some = [item for item in self.book.all(Account) if all(has(item, word) for word in words)]
        return page_of(some, place, after, limit)

    def ordered(
        self, partner_id: str, query: AccountQuery, order: AccountOrder, after: str | None, limit: int
    ) -> Page[Account]:
        asked = self._asked(partner_id, query)
        if order.field is OrderField.ORGANIZATION:

            def name(account: Account) -> str:
                return list_sort_key(account).split("#", 2)[2]

            return page_of(asked, name, after, limit, backwards=order.descending)
        valued = [item for item in asked if order.value(item) is not None]
        valued.sort(key=lambda item: (order.value(item), item.account_id), reverse=order.descending)
        rest = sorted((item for item in asked if order.value(item) is None), key=list_sort_key)
        every = valued + rest
        start = int(after or 0)
        return Page(tuple(every[start : start + limit]), str(start + limit) if len(every) > start + limit else None)

    def count(self, partner_id: str, query: AccountQuery) -> AccountCount:
        return AccountCount(len(self._asked(partner_id, query)))

    def rows(self, partner_id: str, query: AccountQuery, fields: tuple[str, ...]) -> Iterator[list[AccountRow]]:
        accounts = sorted(self._asked(partner_id, query), key=list_sort_key)
        if accounts:
            yield [tuple(plain(account, name) for name in fields) for account in accounts]

    def created_days(self, partner_id: str, first: date, last: date, limit: int) -> list[date]:
        mine = [item.created_on for item in self.book.indexed(Account) if item.partner_id == partner_id]
        return sorted(day for day in mine if first <= day <= last)[:limit]

    def note_activity(self, partner_id: str, account_id: str, activity: Activity) -> bool:
        account = self.book.get(Account, partner_id, account_id)
        assert activity.as_of
        if account is None or (account.activity.as_of and account.activity.as_of >= activity.as_of):
            return False
        self.book.things[Account, partner_id, account_id] = replace(account, activity=activity)
        return True

    def due(self, partner_id: str, until: date) -> Iterator[Account]:
        mine = [item for item in self.book.indexed(Account) if item.partner_id == partner_id]
        due = [(day, item.account_id, item) for item in mine if (day := due_on(item)) and day <= until]
        return iter([entry for _, _, entry in sorted(due, key=lambda single: single[:2])])


def plain(account: Account, name: str) -> Any:
    """One value as `AccountStore.rows` gives it."""
    if name.startswith("owner_"):
        return getattr(account.owner, name.removeprefix("owner_")) or None
    if name in ("cancelled_on", "cancel_reason"):
        part = "effective_on" if name == "cancelled_on" else "reason"
        return _text(getattr(account.cancellation, part, None))
    holder = account if hasattr(account, name) else account.activity
    return _text(getattr(holder, name))


def _text(value: Any) -> Any:
    if isinstance(value, frozenset):
        return tuple(sorted(item.value for item in value))
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


class FakeUsernames(Store):
    def find(self, username: str) -> UsernameClaim | None:
        return self.book.get(UsernameClaim, username.casefold())

    def find_many(self, usernames: Iterable[str]) -> dict[str, UsernameClaim]:
        claims = (self.find(name) for name in usernames)
        return {claim.username: claim for claim in claims if claim}

    def retired(self, usernames: Iterable[str]) -> frozenset[str]:
        return frozenset(n.casefold() for n in usernames if self.book.get(UsernameClaim, retired_key(n)))


class FakeCounters(Store):
    def summary(self, partner_id: str) -> Summary:
        return Summary({item: n for (partner, item), n in self.book.counts.items() if partner == partner_id and n})


class FakePartners(Store):
    def get(self, partner_id: str) -> Partner:
        return found(self.book.get(Partner, partner_id))

    def all(self) -> Iterator[Partner]:
        return iter(self.book.all(Partner))


class FakeMembers(Store):
    def get(self, subject: str, partner_id: str) -> Member | None:
        return self.book.get(Member, subject, partner_id)

    def of_subject(self, subject: str) -> list[Member]:
        mine = [item for item in self.book.all(Member) if item.subject == subject]
        return sorted(mine, key=lambda item: item.partner_id)

    def of_partner(self, partner_id: str) -> list[Member]:
        team = [item for item in self.book.indexed(Member) if item.partner_id == partner_id]
        return sorted(team, key=lambda item: (item.role, item.subject))


class FakeInvitations(Store):
    def get(self, partner_id: str, invitation_id: str) -> Invitation | None:
        return self.book.get(Invitation, partner_id, invitation_id)

    def of_partner(self, partner_id: str) -> list[Invitation]:
        mine = [item for item in self.book.all(Invitation) if item.partner_id == partner_id]
        return sorted(mine, key=lambda item: item.invitation_id)


class FakeSessionEndings(Store):
    def waiting(self, limit: int) -> list[SessionEnding]:
        return sorted(self.book.all(SessionEnding), key=lambda item: item.subject)[:limit]


class FakeSessions(Store):
    def get(self, subject: str, session_id: str) -> Session | None:
        return self.book.get(Session, subject, session_id)

    def of_subject(self, subject: str) -> list[Session]:
        mine = [item for item in self.book.all(Session) if item.subject == subject]
        return sorted(mine, key=lambda item: item.started_at)


class FakeOperators(Store):
    def get(self, subject: str) -> Operator | None:
        return self.book.get(Operator, subject)

    def all(self) -> list[Operator]:
        return self.book.all(Operator)


class FakeBonuses(Store):
    def get(self, account_id: str) -> Bonus | None:
        return self.book.get(Bonus, account_id)

    def of_partner(self, partner_id: str) -> Iterator[Bonus]:
        mine = [item for item in self.book.indexed(Bonus) if item.partner_id == partner_id]
        return iter(sorted(mine, key=lambda item: (item.earned_on, item.account_id)))

    def unnotified(self, partner_id: str) -> list[Bonus]:
        return [item for item in self.of_partner(partner_id) if not item.notified]

    def unpaid(self, partner_id: str, limit: int) -> list[Money]:
        return [item.money for item in self.of_partner(partner_id) if item.paid_on is None][:limit]

    def between(self, partner_id: str, first: date, last: date) -> Iterator[Bonus]:
        return (item for item in self.of_partner(partner_id) if first <= item.earned_on <= last)

    def page(self, partner_id: str, first: date, last: date, after: str | None, limit: int) -> Page[Bonus]:
        some = list(self.between(partner_id, first, last))
        return page_of(some, lambda item: f"{item.earned_on}#{item.account_id}", after, limit, backwards=True)


def _departure_order(departure: Departure) -> tuple[date, str, str]:
    return departure.effective_on, departure.account_id, departure.event


class FakeDepartures(Store):
    def same(self, departure: Departure) -> Departure | None:
        return self.book.get(
            Departure, departure.partner_id, departure.effective_on, departure.account_id, departure.event
        )

    def between(self, partner_id: str, first: date, last: date) -> Iterator[Departure]:
        mine = [item for item in self.book.all(Departure) if item.partner_id == partner_id]
        return iter(sorted((item for item in mine if first <= item.effective_on <= last), key=_departure_order))

    def days(self, partner_id: str, first: date, last: date, limit: int) -> list[date]:
        return [item.effective_on for item in self.between(partner_id, first, last)][:limit]

    def of_account(self, account_id: str) -> list[Departure]:
        return sorted((d for d in self.book.indexed(Departure) if d.account_id == account_id), key=_departure_order)


class FakeRegistrations(Store):
    def get(self, partner_id: str, account_id: str) -> Registration | None:
        return self.book.get(Registration, partner_id, account_id)

    def waiting(self, after: str | None, limit: int) -> Page[Registration]:
        waiting = [item for item in self.book.indexed(Registration) if item.status in WAITING]
        return page_of(waiting, lambda item: f"{_instant(item.submitted_at)}#{item.account_id}", after, limit)

    def count_waiting(self, limit: int) -> BoundedCount:
        return bounded(sum(item.status in WAITING for item in self.book.indexed(Registration)), limit)


def _instant(at: datetime | None) -> str:
    return at.isoformat(timespec="microseconds") if at else ""


class FakeManagementRequests(Store):
    def latest(self, partner_id: str, account_id: str) -> ManagementRequest | None:
        asked = self.book.all(ManagementRequest)
        own = [item for item in asked if (item.partner_id, item.account_id) == (partner_id, account_id)]
        return max(own, key=lambda item: item.permission_request_id, default=None)


class FakeInvites(Store):
    def of_partner(self, partner_id: str) -> Invite | None:
        return self.book.get(Invite, partner_id)

    def claim(self, slug: str) -> SlugClaim | None:
        return self.book.get(SlugClaim, slug)

    def counts(self, partner_id: str) -> InviteCounts:
        return InviteCounts(self.book.visits[partner_id], self.book.sign_ups[partner_id])

    def visited(self, partner_id: str) -> None:
        if self.of_partner(partner_id):
            self.book.visits[partner_id] += 1


class FakeSignInLinks(Store):
    def get(self, account_id: str) -> SignInLink | None:
        return self.book.get(SignInLink, account_id)


class FakeServiceRequests(Store):
    def get(self, partner_id: str, service_request_id: str) -> ServiceRequest:
        return found(self.book.get(ServiceRequest, partner_id, service_request_id))

    def page(self, partner_id: str, after: str | None, limit: int) -> Page[ServiceRequest]:
        mine = [item for item in self.book.all(ServiceRequest) if item.partner_id == partner_id]
        return page_of(mine, lambda item: item.service_request_id, after, limit, backwards=True)

    def waiting(self, status: ServiceRequestStatus, after: str | None, limit: int) -> Page[ServiceRequest]:
        waiting = [item for item in self.book.indexed(ServiceRequest) if item.status is status]
        return page_of(waiting, lambda item: item.service_request_id, after, limit)

    def count_waiting(self, status: ServiceRequestStatus, limit: int) -> BoundedCount:
        return bounded(sum(item.status is status for item in self.book.indexed(ServiceRequest)), limit)


class FakeNights(Store):
    def run(self, day: date) -> NightlyRun | None:
        return self.book.get(NightlyRun, day)

    def partner(self, day: date, partner_id: str) -> PartnerSettlement | None:
        return self.book.get(PartnerSettlement, day, partner_id)

    def partners(self, day: date) -> Iterator[PartnerSettlement]:
        return iter([item for item in self.book.all(PartnerSettlement) if item.date == day])


class FakeReportRuns(Store):
    def get(self, partner_id: str, report_run_id: str) -> ReportRun:
        return found(self.book.get(ReportRun, partner_id, report_run_id))

    def page(self, partner_id: str, after: str | None, limit: int) -> Page[ReportRun]:
        mine = [item for item in self.book.all(ReportRun) if item.partner_id == partner_id]
        return page_of(mine, lambda item: item.report_run_id, after, limit, backwards=True)

    def stale(self, state: ReportRunStatus, until: datetime, limit: int) -> list[ReportRun]:
        waiting = [
            (item.expires_at or item.last_heartbeat_at, item)
            for item in self.book.indexed(ReportRun)
            if item.status is state
        ]
        return [run for at, run in sorted(waiting, key=lambda single: single[0]) if at <= until][:limit]

    def count_failed(self, partner_id: str, since: datetime, limit: int) -> BoundedCount:
        mine = (item for item in self.book.indexed(ReportRun) if item.partner_id == partner_id)
        failed = (item for item in mine if item.status is ReportRunStatus.FAILED)
        return bounded(sum((item.expires_at or item.last_heartbeat_at) >= since for item in failed), limit)


class FakeImports(Store):
    def get(self, partner_id: str, import_id: str) -> Import:
        return found(self.book.get(Import, partner_id, import_id))

    def page(self, partner_id: str, after: str | None, limit: int) -> Page[Import]:
        mine = [item for item in self.book.all(Import) if item.partner_id == partner_id]
        return page_of(mine, lambda item: item.import_id, after, limit, backwards=True)

    def running(self, limit: int) -> list[Import]:
        running = [item for item in self.book.indexed(Import) if item.status is ImportStatus.RUNNING]
        return sorted(running, key=lambda item: str(item.started_at))[:limit]

    def count_failed(self, partner_id: str, since: datetime, limit: int) -> BoundedCount:
        mine = (item for item in self.book.indexed(Import) if item.partner_id == partner_id)
        failed = (item for item in mine if item.status is ImportStatus.FAILED and item.finished_at)
        return bounded(sum(item.finished_at >= since for item in failed if item.finished_at), limit)


class FakeBulkOperations(Store):
    def get(self, partner_id: str, bulk_operation_id: str) -> BulkOperation:
        return found(self.book.get(BulkOperation, partner_id, bulk_operation_id), "bulk operation")

    def page(self, partner_id: str, after: str | None, limit: int) -> Page[BulkOperation]:
        mine = [item for item in self.book.all(BulkOperation) if item.partner_id == partner_id]
        return page_of(mine, lambda item: item.bulk_operation_id, after, limit, backwards=True)

    def running(self, limit: int) -> list[BulkOperation]:
        running = [item for item in self.book.indexed(BulkOperation) if item.status is BulkStatus.RUNNING]
        return sorted(running, key=lambda item: item.created_at)[:limit]

    def account_ids(self, partner_id: str, bulk_operation_id: str, chunk: int) -> tuple[str, ...]:
        kept = self.book.get(AccountChunk, partner_id, bulk_operation_id, chunk)
        return kept.account_ids if kept else ()

    def outcomes(
        self, partner_id: str, bulk_operation_id: str, outcome: BulkOutcome | None, after: str | None, limit: int
    ) -> Page[AccountOutcome]:
        mine = [
            item
            for item in self.book.all(AccountOutcome)
            if (item.partner_id, item.bulk_operation_id) == (partner_id, bulk_operation_id)
            and outcome in (None, item.outcome)
        ]
        return page_of(mine, lambda item: f"outcome#{item.position:05}", after, limit)


class FakeAudit(Store):
    def page(self, partner_id: str, query: AuditQuery, cursor: str | None, limit: int) -> Page[AuditEntry]:
        seen = self.book.indexed(AuditEntry) if query.account_id else self.book.all(AuditEntry)
        asked = [item for item in seen if item.partner_id == partner_id and _asked_for(item, query)]
        return page_of(asked, lambda item: item.audit_id, cursor, limit, backwards=True)


def _asked_for(entry: AuditEntry, query: AuditQuery) -> bool:
    wanted = (
        (query.account_id, entry.account_id),
        (query.subject, entry.subject),
        (query.kind, entry.kind),
        (query.bulk_operation_id, entry.bulk_operation_id),
    )
    since, until = query.since or entry.at, query.until or entry.at
    return all(item in (None, has) for item, has in wanted) and since <= entry.at <= until


class FakeErasures(Store):
    def get(self, partner_id: str, account_id: str) -> Erasure | None:
        return self.book.get(Erasure, partner_id, account_id)

    def of_partner(self, partner_id: str) -> list[Erasure]:
        mine = [item for item in self.book.all(Erasure) if item.partner_id == partner_id]
        return sorted(mine, key=lambda item: item.account_id)

    def of_account(self, account_id: str) -> list[Erasure]:
        own = [item for item in self.book.indexed(Erasure) if item.account_id == account_id]
        return sorted(own, key=lambda item: item.partner_id)

    def running(self, until: datetime, limit: int) -> list[Erasure]:
        running = [item for item in self.book.indexed(Erasure) if item.status is ErasureStatus.RUNNING]
        due = sorted(
            (item for item in running if item.last_heartbeat_at <= until), key=lambda item: item.last_heartbeat_at
        )
        return due[:limit]


class FakeRequests(Store):
    def get(self, request_hash: str) -> RequestRecord | None:
        return self.book.get(RequestRecord, request_hash)
