"""The book in memory, and a journal that writes it: all or nothing, with the refusals of the real one.

Indexes can lag (`lag`, `catch_up`); something can happen just before a write (`meanwhile`); a write can fail
(`failures`), or be written while its answer is lost (`lost_answers`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar

from chalicelib.domain.accounts.accounts import Account
from chalicelib.domain.accounts.bonuses import Bonus
from chalicelib.domain.accounts.counters import StatusAndType, status_and_type
from chalicelib.domain.accounts.departures import Departure
from chalicelib.domain.accounts.erasures import Erasure
from chalicelib.domain.accounts.management_requests import ManagementRequest
from chalicelib.domain.accounts.search_words import search_words
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.bulk_operations.bulk_operations import (
    AccountChunk,
    AccountOutcome,
    BulkOperation,
    BulkOperationTurn,
)
from chalicelib.domain.changes import (
    AddSettlementCounts,
    Change,
    Count,
    CountSignUp,
    FinishPartnerSettlement,
    Insert,
    MarkSettled,
    Put,
    Remove,
    Replace,
    Write,
)
from chalicelib.domain.imports.imports import Import, ImportTurn
from chalicelib.domain.kernel.errors import Conflict, PartnerbookError, StaleVersion, Unavailable
from chalicelib.domain.kernel.idempotency import RequestRecord
from chalicelib.domain.kernel.usage_limits import UsageCounter
from chalicelib.domain.kernel.usernames import UsernameClaim
from chalicelib.domain.mail.deliveries import Delivery
from chalicelib.domain.mail.recipient_confirmations import ConfirmationLink
from chalicelib.domain.mail.suppressions import Suppression, Unsubscribing
from chalicelib.domain.nightly_runs import NightlyRun, PartnerSettlement
from chalicelib.domain.partners.invitations import Invitation
from chalicelib.domain.partners.invites import Invite, SlugClaim
from chalicelib.domain.partners.members import Member
from chalicelib.domain.partners.operators import Operator
from chalicelib.domain.partners.partners import Partner
from chalicelib.domain.partners.session_endings import SessionEnding
from chalicelib.domain.partners.sessions import Session
from chalicelib.domain.report_runs.downloads import Download
from chalicelib.domain.report_runs.report_runs import ReportRun
from chalicelib.domain.report_runs.report_schedules import ReportSchedule
from chalicelib.domain.service_requests import ServiceRequest
from chalicelib.domain.sign_in_links import SignInLink
from chalicelib.domain.sms.sms_registrations import Registration

T = TypeVar("T")
MAX_ITEMS = 100
Key = tuple[Any, ...]

KEYS: dict[type[Any], tuple[str, ...]] = {
    ConfirmationLink: ("token_hash",),
    UsageCounter: ("partner_id", "counter_id"),
    Account: ("partner_id", "account_id"),
    UsernameClaim: ("username",),
    Partner: ("partner_id",),
    Member: ("subject", "partner_id"),
    Invitation: ("partner_id", "invitation_id"),
    SessionEnding: ("subject",),
    Session: ("subject", "session_id"),
    Operator: ("subject",),
    Bonus: ("account_id",),
    Departure: ("partner_id", "effective_on", "account_id", "event"),
    Registration: ("partner_id", "account_id"),
    ManagementRequest: ("partner_id", "account_id", "permission_request_id"),
    Invite: ("partner_id",),
    SlugClaim: ("slug",),
    SignInLink: ("account_id",),
    ServiceRequest: ("partner_id", "service_request_id"),
    ReportRun: ("partner_id", "report_run_id"),
    Import: ("partner_id", "import_id"),
    ImportTurn: ("partner_id",),
    BulkOperation: ("partner_id", "bulk_operation_id"),
    BulkOperationTurn: ("partner_id",),
    AccountOutcome: ("partner_id", "bulk_operation_id", "position"),
    AccountChunk: ("partner_id", "bulk_operation_id", "number"),
    NightlyRun: ("date",),
    PartnerSettlement: ("date", "partner_id"),
    ReportSchedule: ("partner_id", "report_schedule_id"),
    Delivery: ("partner_id", "delivery_id"),
    Erasure: ("partner_id", "account_id"),
    Download: ("token_hash",),
    Suppression: ("address",),
    Unsubscribing: ("token_hash",),
    AuditEntry: ("partner_id", "audit_id"),
    RequestRecord: ("request_hash",),
}
"""What each kind of thing is found by; one line for each kind there is."""


def key_of(entity: Any) -> Key:
    """A thing's kind and key."""
    return type(entity), *(getattr(entity, name) for name in KEYS[type(entity)])


@dataclass
class FakeBook:
    """Everything there is, by kind and key."""

    things: dict[Key, Any] = field(default_factory=dict)
    counts: Counter[tuple[str, StatusAndType]] = field(default_factory=Counter)
    sign_ups: Counter[str] = field(default_factory=Counter)
    visits: Counter[str] = field(default_factory=Counter)
    _seen_by_indexes: dict[Key, Any] | None = None

    def get(self, kind: type[T], *key: Any) -> T | None:
        """The thing as it is, read strongly consistent."""
        return self.things.get((kind, *key))

    def all(self, kind: type[T]) -> list[T]:
        """Every thing of a kind, as it is."""
        return [thing for thing in self.things.values() if type(thing) is kind]

    def indexed(self, kind: type[T]) -> list[T]:
        """Every thing of a kind as the indexes have it."""
        seen = self.things if self._seen_by_indexes is None else self._seen_by_indexes
        return [thing for thing in seen.values() if type(thing) is kind]

    def lag(self) -> None:
        """From now on the indexes stay as they are."""
        self._seen_by_indexes = dict(self.things)

    def catch_up(self) -> None:
        """The indexes have everything again."""
        self._seen_by_indexes = None

    def put(self, *entities: Any) -> None:
        """Have these things there, accounts counted."""
        for entity in entities:
            self.things[key_of(entity)] = entity
            if isinstance(entity, Account):
                self.counts[entity.partner_id, status_and_type(entity)] += 1

    def count_anew(self) -> Counter[tuple[str, StatusAndType]]:
        """What the counters must say."""
        return Counter((account.partner_id, status_and_type(account)) for account in self.all(Account))

    def assert_counted(self) -> None:
        """The counters are what counting anew gives."""
        assert {where: n for where, n in self.counts.items() if n} == dict(self.count_anew())

    def dump(self) -> tuple[dict[Key, Any], dict[Any, int]]:
        """Everything, to be compared."""
        return dict(self.things), {where: n for where, n in self.counts.items() if n}


@dataclass
class FakeTransactionWriter:
    """A TransactionWriter on the book."""

    book: FakeBook
    committed: list[Change[Any]] = field(default_factory=list)
    meanwhile: list[Callable[[], None]] = field(default_factory=list)
    """What others do just before the next writes, one each."""
    failures: list[PartnerbookError] = field(default_factory=list)
    """What the next writes raise, one each, nothing written."""
    lost_answers: int = 0
    """How many of the next writes are written and still raise `Unavailable`."""

    def conflict(self, times: int = 1) -> None:
        """Other transactions do not let the next writes through."""
        self.failures += [Unavailable() for _ in range(times)]

    def write(self, change: Change[T]) -> T:
        """Write it all or raise."""
        if not change.writes:
            return change.result
        if self.meanwhile:
            self.meanwhile.pop(0)()
        if self.failures:
            raise self.failures.pop(0)
        self._write(change)
        if self.lost_answers:
            self.lost_answers -= 1
            raise Unavailable
        return change.result

    def _write(self, change: Change[Any]) -> None:
        require_writable(change.writes)
        for write in change.writes:
            refusal = self._refusal(write)
            if refusal:
                raise refusal
        for write in change.writes:
            self._apply(write)
        self.committed.append(change)

    def _refusal(self, write: Write) -> PartnerbookError | None:
        things = self.book.things
        if isinstance(write, Insert):
            taken = key_of(write.entity) in things
            return (write.refusal or Conflict("This is there already.")) if taken else None
        if isinstance(write, FinishPartnerSettlement):
            night = self._night(write)
            return (write.refusal or Conflict("This night is over already.")) if night.done_at else None
        if isinstance(write, MarkSettled) and (Partner, write.partner_id) not in things:
            return StaleVersion("The partner has gone.")
        if isinstance(write, (Replace, Remove)) and not _unchanged(things.get(key_of(write.current)), write):
            return write.refusal or StaleVersion("Somebody else changed this at the same moment.")
        return None

    def _apply(self, write: Write) -> None:
        if isinstance(write, (AddSettlementCounts, FinishPartnerSettlement, MarkSettled)):
            self._note(write)
        elif isinstance(write, CountSignUp):
            self.book.sign_ups[write.partner_id] += 1
        elif isinstance(write, Count):
            self.book.counts.update({(write.partner_id, item): n for item, n in write.difference.items()})
        else:
            self._store(write)

    def _store(self, write: Insert | Put | Replace | Remove) -> None:
        things = self.book.things
        if isinstance(write, (Insert, Put)):
            things[key_of(write.entity)] = write.entity
        elif isinstance(write, Remove):
            del things[key_of(write.current)]
        elif new := {name: getattr(write.updated, name) for name in differing(write)}:
            things[key_of(write.current)] = replace(things[key_of(write.current)], **new)

    def _night(self, write: AddSettlementCounts | FinishPartnerSettlement) -> PartnerSettlement:
        existing = self.book.get(PartnerSettlement, write.date, write.partner_id)
        return existing or PartnerSettlement(date=write.date, partner_id=write.partner_id)

    def _note(self, write: AddSettlementCounts | FinishPartnerSettlement | MarkSettled) -> None:
        things = self.book.things
        if isinstance(write, MarkSettled):
            key = (Partner, write.partner_id)
            things[key] = replace(things[key], settled_on=write.settled_on)
            return
        current = self._night(write)
        if isinstance(write, FinishPartnerSettlement):
            now = replace(current, done_at=write.done_at, failures=write.failures)
        else:
            now = replace(current, settled=current.settled + write.settled, bonuses=current.bonuses + write.bonuses)
        things[key_of(now)] = now


def differing(write: Replace) -> set[str]:
    """Names of the fields that a Replace changes."""
    return {
        item.name
        for item in fields(write.current)
        if getattr(write.current, item.name) != getattr(write.updated, item.name)
    }


def _unchanged(existing: Any, write: Replace | Remove) -> bool:
    """Whether what is there is still what was read: by its version, else by what is to be changed.

    Activity does not move the version, and must not go unread with what is removed.
    """
    if existing is None:
        return isinstance(write, Replace) and not differing(write)
    guards = differing(write) if isinstance(write, Replace) else {item.name for item in fields(write.current)}
    if "version" in guards:
        guards = {"version"} | ({"activity"} & guards if isinstance(write, Remove) else set())
    return all(getattr(existing, name) == getattr(write.current, name) for name in guards)


def require_writable(writes: tuple[Write, ...]) -> None:
    """Raise `ValueError` for what DynamoDB would never take: too many items, an item twice, a key changed."""
    items = [_item(write) for write in writes if not isinstance(write, Count)]
    items += {("counters", write.partner_id) for write in writes if isinstance(write, Count)}
    items += [word for write in writes for word in _words(write)]
    if len(items) > MAX_ITEMS:
        raise ValueError(f"A transaction holds at most {MAX_ITEMS} items, not {len(items)}.")
    if len(set(items)) < len(items):
        raise ValueError("A transaction holds no item twice.")
    if any(isinstance(write, Replace) and key_of(write.current) != key_of(write.updated) for write in writes):
        raise ValueError("A thing that gets another key is removed and inserted, not replaced.")


def _words(write: Write) -> set[Key]:
    """What a write changes in the search index."""
    before = write.current if isinstance(write, (Replace, Remove)) else None
    after = write.updated if isinstance(write, Replace) else None
    if isinstance(write, (Insert, Put)):
        after = write.entity
    former, present = (
        {(item.partner_id, word, item.account_id) for word in search_words(item)}
        if isinstance(item, Account)
        else set()
        for item in (before, after)
    )
    return former | present if former != present else set()


def _item(write: Write) -> Key:
    if isinstance(write, (Insert, Put)):
        return key_of(write.entity)
    if isinstance(write, (Remove, Replace)):
        return key_of(write.current)
    if isinstance(write, MarkSettled):
        return Partner, write.partner_id
    if isinstance(write, (AddSettlementCounts, FinishPartnerSettlement)):
        return PartnerSettlement, write.date, write.partner_id
    return Invite, write.partner_id
