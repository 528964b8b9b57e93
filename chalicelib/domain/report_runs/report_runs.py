"""Report runs: a report made once, from its request to the day its files expire."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.accounts.query import AccountQuery

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.domain.accounts.accounts import Status
    from chalicelib.domain.kernel.paging import BoundedCount, Page


class ReportRunStatus(StrEnum):
    """How far a report run is."""

    REQUESTED = "requested"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRequest:
    """Which report, narrowed how, in which formats, to whom."""

    report: str
    """Its code in the catalogue."""
    formats: tuple[str, ...]
    account_status: Status | None = None
    filters: AccountQuery = field(default_factory=AccountQuery)
    email_to: tuple[str, ...] = ()
    bonus_account_ids: tuple[str, ...] = ()
    """Accounts whose earned bonuses the mail about this run names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFile:
    """One file of a run."""

    format: str
    key: str
    """Where the file store has it."""
    name: str
    """What it is called when somebody downloads it."""
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What an attempt has made."""

    files: tuple[ReportFile, ...]
    rows: int
    as_of: datetime
    notes: tuple[str, ...] = ()
    missing_glyphs: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRun:
    """A report made once; a record that outlives its files."""

    partner_id: str
    report_run_id: str
    request: ReportRequest
    requested_by: str
    """The subject of who asked for it."""
    report_schedule_id: str | None = None
    """The schedule that it was made for."""
    requested_at: datetime
    last_heartbeat_at: datetime
    """When it was asked for, enqueued again, started, or last made progress."""
    status: ReportRunStatus = ReportRunStatus.REQUESTED
    attempts: int = 0
    worker: str | None = None
    """A mark that only the worker of the last attempt can have made."""
    started_at: datetime | None = None
    """When the last attempt began."""
    finished_at: datetime | None = None
    expires_at: datetime | None = None
    progress: int = 0
    """Hundredths of the way, as far as that is known."""
    rows: int | None = None
    as_of: datetime | None = None
    """When what it shows was read."""
    files: tuple[ReportFile, ...] = ()
    reason: str | None = None
    """Why it failed, as a sentence for the person who asked."""
    notes: tuple[str, ...] = ()
    """What a reader of the files must know."""
    missing_glyphs: int = 0
    """Characters that the PDF's fonts do not have and that show as boxes."""
    links_revoked_at: datetime | None = None
    """Links to its files that were mailed by then work no longer."""
    version: int = 1

    @property
    def seconds(self) -> float | None:
        """How long the last attempt took."""
        if self.started_at is None or self.finished_at is None:
            return None
        return round((self.finished_at - self.started_at).total_seconds(), 3)

    @property
    def folder(self) -> str:
        """What the keys of all its files start with."""
        return f"reports/{self.partner_id}/{self.report_run_id}/"

    @property
    def attempt_folder(self) -> str:
        """The folder of this attempt alone, so that two attempts never write one file."""
        return f"{self.folder}{self.attempts}/"

    def status_at(self, now: datetime) -> ReportRunStatus:
        """Return the state that holds now: files are expired from their hour on, cleared away or not."""
        past = self.expires_at is not None and self.expires_at <= now
        return ReportRunStatus.EXPIRED if self.status is ReportRunStatus.READY and past else self.status


class ReportRunStore(Protocol):
    """The report runs of partners; writes go through a `TransactionWriter`."""

    def get(self, partner_id: str, report_run_id: str) -> ReportRun:
        """Return the run, read strongly consistent; raises `NotFound`, also for another partner's."""
        ...

    def page(self, partner_id: str, after: str | None, limit: int) -> Page[ReportRun]:
        """Runs, the newest first, after that id."""
        ...

    def stale(self, status: ReportRunStatus, until: datetime, limit: int) -> list[ReportRun]:
        """Runs of all partners that are requested or running with a last heartbeat by then, or that are ready and
        expire by then; the longest first. Eventually consistent."""
        ...

    def count_failed(self, partner_id: str, since: datetime, limit: int) -> BoundedCount:
        """Count the partner's runs that have failed since then, up to the limit. Eventually consistent."""
        ...
