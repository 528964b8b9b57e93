"""Transitions of a report run: each returns its next state, pure, and moves its version.

requested → running → ready → expired
    ↑  ↘       ↓ ↘
    └──────────┘  failed
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.kernel.ids import ordered_id, random_id
from chalicelib.domain.kernel.leases import LeasePolicy
from chalicelib.domain.report_runs.report_runs import ReportRun, ReportRunStatus

if TYPE_CHECKING:
    from chalicelib.domain.access import Actor
    from chalicelib.domain.report_runs.report_runs import Made, ReportRequest

LEASE = LeasePolicy(duration=timedelta(minutes=16), requeue_after=timedelta(minutes=5), max_attempts=3)
"""No worker lives longer than fifteen minutes."""

NEVER_STARTED = "It could not be started within a day. Run the report again."
NEVER_FINISHED = (
    f"It did not finish in {LEASE.max_attempts} attempts of fifteen minutes. "
    "Narrow it with filters, ask for fewer formats, or choose CSV, which is the fastest."
)


def requested(actor: Actor, request: ReportRequest, at: datetime, report_schedule_id: str | None = None) -> ReportRun:
    """Return a new run."""
    return ReportRun(
        partner_id=actor.partner_id,
        report_run_id=ordered_id("run", at),
        request=request,
        requested_by=actor.subject,
        report_schedule_id=report_schedule_id,
        requested_at=at,
        last_heartbeat_at=at,
    )


def is_startable(run: ReportRun, at: datetime) -> bool:
    """Tell whether a worker may begin: nobody has, or who did has died and left an attempt."""
    return run.status is ReportRunStatus.REQUESTED or (is_stale(run, at) and not LEASE.is_exhausted(run.attempts))


def is_stale(run: ReportRun, at: datetime) -> bool:
    """Tell whether it is said to be running although its worker must be dead."""
    return run.status is ReportRunStatus.RUNNING and LEASE.is_expired(run.last_heartbeat_at, at)


def started(run: ReportRun, at: datetime) -> ReportRun:
    """Return the run in one more attempt."""
    return _next(
        run,
        status=ReportRunStatus.RUNNING,
        attempts=run.attempts + 1,
        worker=random_id("wrk"),
        started_at=at,
        last_heartbeat_at=at,
        progress=0,
        rows=None,
    )


def progressed(run: ReportRun, at: datetime, progress: int, rows: int) -> ReportRun:
    """Return the run further on."""
    return _next(run, last_heartbeat_at=at, progress=progress, rows=rows)


def finished(run: ReportRun, at: datetime, made: Made, retention_days: int) -> ReportRun:
    """Return the run with its files, which stay for so many days."""
    return _next(
        run,
        status=ReportRunStatus.READY,
        finished_at=at,
        last_heartbeat_at=at,
        expires_at=at + timedelta(days=retention_days),
        progress=100,
        files=made.files,
        rows=made.rows,
        as_of=made.as_of,
        notes=(*run.notes, *made.notes),
        missing_glyphs=made.missing_glyphs,
    )


def failed(run: ReportRun, at: datetime, reason: str) -> ReportRun:
    """Return the run given up, and why."""
    return _next(run, status=ReportRunStatus.FAILED, finished_at=at, last_heartbeat_at=at, reason=reason)


def waiting_again(run: ReportRun, at: datetime) -> ReportRun:
    """Return the run put back, for a worker to take once more."""
    return _next(run, status=ReportRunStatus.REQUESTED, last_heartbeat_at=at, progress=0, rows=None)


def expired(run: ReportRun) -> ReportRun:
    """Return the run without its files."""
    return _next(run, status=ReportRunStatus.EXPIRED, files=())


def recovered(run: ReportRun, now: datetime) -> ReportRun:
    """Return a stale run enqueued again, or given up; else the run itself."""
    if run.status is ReportRunStatus.REQUESTED and LEASE.is_forgotten(run.last_heartbeat_at, now):
        overdue = LEASE.is_overdue(run.requested_at, now)
        return failed(run, now, NEVER_STARTED) if overdue else waiting_again(run, now)
    if is_stale(run, now):
        return failed(run, now, NEVER_FINISHED) if LEASE.is_exhausted(run.attempts) else waiting_again(run, now)
    return expired(run) if run.status_at(now) is not run.status else run


def _next(run: ReportRun, **changes: object) -> ReportRun:
    return replace(run, version=run.version + 1, **changes)  # type: ignore[arg-type]
