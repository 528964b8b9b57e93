"""Bulk operations: one change of many accounts, from its request to the outcome of each account."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.bulk_operations.arguments import BulkArguments

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.domain.access import Role
    from chalicelib.domain.bulk_operations.arguments import OperationName
    from chalicelib.domain.kernel.money import Money
    from chalicelib.domain.kernel.paging import Page

MAX_ACCOUNTS = 10_000
"""Accounts of one bulk operation."""
CHUNK = 1_000
"""Accounts that one item of the table names."""
RESULTS_KEPT = timedelta(days=90)
"""How long the outcome of each account is kept after the request."""


class BulkStatus(StrEnum):
    """How far a bulk operation is."""

    RUNNING = "running"
    DONE = "done"
    """Every account has an outcome."""
    STOPPED = "stopped"
    """Somebody stopped it; what was done until then stays."""
    FAILED = "failed"
    """It could not go on; what was done until then stays."""


class BulkOutcome(StrEnum):
    """What became of one account."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    """It was so already."""
    REFUSED = "refused"
    """The rules do not allow it; nothing of the account was touched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeCounts:
    """How many accounts have which outcome."""

    changed: int = 0
    unchanged: int = 0
    refused: int = 0

    @property
    def done(self) -> int:
        """How many accounts have an outcome."""
        return self.changed + self.unchanged + self.refused


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOutcome:
    """The outcome of one account, written in the transaction of its change."""

    partner_id: str
    bulk_operation_id: str
    position: int
    """Its place in the order in which the accounts are dealt with, from 0."""
    account_id: str
    outcome: BulkOutcome
    code: str | None = None
    """The problem's code, of one that was refused."""
    detail: str | None = None
    """Why it was refused, as the single change says it."""
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChunk:
    """Some of the accounts that a bulk operation is for, as they were chosen; they never change."""

    partner_id: str
    bulk_operation_id: str
    number: int
    account_ids: tuple[str, ...]
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkOperation:
    """One bulk operation."""

    partner_id: str
    bulk_operation_id: str
    operation: OperationName
    arguments: BulkArguments = field(default_factory=BulkArguments)
    requested_by: str
    """The subject of who asked for it."""
    role: Role
    """The role in which."""
    created_at: datetime
    status: BulkStatus = BulkStatus.RUNNING
    total: int
    """How many accounts it is for."""
    counts: OutcomeCounts = field(default_factory=OutcomeCounts)
    amounts: tuple[Money, ...] = ()
    """The sum of the bonuses changed so far, by currency."""
    lease_expires_at: datetime | None = None
    """While it runs: until when a worker has it for itself; renewed with all it writes."""
    attempts: int = 0
    """How many workers took it since one last got on."""
    finished_at: datetime | None = None
    reason: str | None = None
    """Why it failed, as a sentence for the person who asked."""
    version: int = 1

    @property
    def is_running(self) -> bool:
        """Whether it is for workers."""
        return self.status is BulkStatus.RUNNING

    @property
    def results_expire_at(self) -> datetime:
        """When the outcomes of its accounts are no longer kept."""
        return self.created_at + RESULTS_KEPT


@dataclass(frozen=True, slots=True)
class BulkOperationTurn:
    """A partner's one turn: there while a bulk operation runs, so that a second one cannot start."""

    partner_id: str
    bulk_operation_id: str


class BulkOperationStore(Protocol):
    """The bulk operations of partners; writes go through a `TransactionWriter`."""

    def get(self, partner_id: str, bulk_operation_id: str) -> BulkOperation:
        """Return the operation, read strongly consistent; raises `NotFound`, also for another partner's."""
        ...

    def page(self, partner_id: str, after: str | None, limit: int) -> Page[BulkOperation]:
        """Operations, the newest first, after that id."""
        ...

    def running(self, limit: int) -> list[BulkOperation]:
        """Operations of all partners that run, the longest first. Eventually consistent."""
        ...

    def account_ids(self, partner_id: str, bulk_operation_id: str, chunk: int) -> tuple[str, ...]:
        """Return the accounts of one chunk, in their order; none after the last chunk."""
        ...

    def outcomes(
        self, partner_id: str, bulk_operation_id: str, outcome: BulkOutcome | None, after: str | None, limit: int
    ) -> Page[AccountOutcome]:
        """Outcomes in the order in which the accounts were dealt with, after that key."""
        ...
