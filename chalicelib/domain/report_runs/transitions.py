"""How a report run goes on: each step makes the next state of the run, pure, and moves its version.

requested → running → ready → expired
    ↑  ↘       ↓ ↘
    └──────────┘  failed
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.kernel.ids import ordered_id, random_id
from chalicelib.domain.report_runs.report_runs import ReportRun, RunState

if TYPE_CHECKING:
    from chalicelib.domain.access import Actor
    from chalicelib.domain.report_runs.report_runs import Made, ReportRequest

MAX_ATTEMPTS = 3
UNSTARTED = timedelta(minutes=5)
"""A run that waits longer has perhaps lost its message, and is handed over again."""
UNSTARTABLE = timedelta(days=1)
SILENCE = timedelta(minutes=16)
"""No worker lives longer than fifteen minutes: one that was last heard of before this is dead."""

NEVER_STARTED = "It could not be started within a day. Run the report again."
NEVER_FINISHED = (
    f"It did not finish in {MAX_ATTEMPTS} attempts of fifteen minutes. "
    "Narrow it with filters, ask for fewer formats, or choose CSV, which is the fastest."
)


def requested(actor: Actor, request: ReportRequest, at: datetime, report_schedule_id: str | None = None) -> ReportRun:
    """A new run."""
    return ReportRun(
        partner_id=actor.partner_id,
        report_run_id=ordered_id("run", at),
        request=request,
        requested_by=actor.subject,
        report_schedule_id=report_schedule_id,
        requested_at=at,
        heard_at=at,
    )


def startable(run: ReportRun, at: datetime) -> bool:
    """Whether a worker may begin: nobody has, or who did has died and left an attempt."""
    return run.state is RunState.REQUESTED or (silent(run, at) and run.attempts < MAX_ATTEMPTS)


def silent(run: ReportRun, at: datetime) -> bool:
    """Whether it is said to be running although its worker must be dead."""
    return run.state is RunState.RUNNING and run.heard_at <= at - SILENCE


def started(run: ReportRun, at: datetime) -> ReportRun:
    """The run in one more attempt."""
    return _next(
        run,
        state=RunState.RUNNING,
        attempts=run.attempts + 1,
        worker=random_id("wrk"),
        started_at=at,
        heard_at=at,
        progress=0,
        rows=None,
    )


def progressed(run: ReportRun, at: datetime, progress: int, rows: int) -> ReportRun:
    """The run further on."""
    return _next(run, heard_at=at, progress=progress, rows=rows)


def finished(run: ReportRun, at: datetime, made: Made, retention_days: int) -> ReportRun:
    """The run with its files, which stay for so many days."""
    return _next(
        run,
        state=RunState.READY,
        finished_at=at,
        heard_at=at,
        expires_at=at + timedelta(days=retention_days),
        progress=100,
        files=made.files,
        rows=made.rows,
        as_of=made.as_of,
        notes=(*run.notes, *made.notes),
        missing_glyphs=made.missing_glyphs,
    )


def failed(run: ReportRun, at: datetime, reason: str) -> ReportRun:
    """The run given up, and why."""
    return _next(run, state=RunState.FAILED, finished_at=at, heard_at=at, reason=reason)


def waiting_again(run: ReportRun, at: datetime) -> ReportRun:
    """The run put back, to be handed to a worker once more."""
    return _next(run, state=RunState.REQUESTED, heard_at=at, progress=0, rows=None)


def expired(run: ReportRun) -> ReportRun:
    """The run without its files."""
    return _next(run, state=RunState.EXPIRED, files=())


def swept(run: ReportRun, now: datetime) -> ReportRun:
    """What becomes of a run that was quiet too long: handed over again, or given up; else the run itself."""
    if run.state is RunState.REQUESTED and run.heard_at <= now - UNSTARTED:
        lost = run.requested_at <= now - UNSTARTABLE
        return failed(run, now, NEVER_STARTED) if lost else waiting_again(run, now)
    if silent(run, now):
        return failed(run, now, NEVER_FINISHED) if run.attempts >= MAX_ATTEMPTS else waiting_again(run, now)
    return expired(run) if run.state_at(now) is not run.state else run


def _next(run: ReportRun, **changes: object) -> ReportRun:
    return replace(run, version=run.version + 1, **changes)  # type: ignore[arg-type]
