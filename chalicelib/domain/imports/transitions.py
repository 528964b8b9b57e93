"""Transitions of an import: each returns its next state, pure, and moves its version.

created → running → done
             ↓ ↘
             └── failed

While it runs one worker at a time holds it. Whatever a worker writes is conditioned on the version it knows, so a
second one that a repeated message started can waste its time but double nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.imports.dates import DateFormat
from chalicelib.domain.imports.imports import Import, ImportStatus, Rejections
from chalicelib.domain.kernel.ids import ordered_id
from chalicelib.domain.kernel.leases import LeasePolicy

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.domain.access import Actor
    from chalicelib.domain.imports.columns import ImportKind
    from chalicelib.domain.imports.imports import ImportCounts, Offset, Understood, Upload

LEASE = LeasePolicy(duration=timedelta(minutes=2), requeue_after=timedelta(minutes=1), max_attempts=5)
"""A worker stops by itself before its lease ends, and gives it back when its time is up: an import keeps the end of its
lease where other work keeps its last heartbeat."""


def requested(actor: Actor, kind: ImportKind, at: datetime) -> Import:
    """Return a new import, waiting for its file."""
    return Import(
        partner_id=actor.partner_id,
        import_id=ordered_id("imp", at),
        kind=kind,
        requested_by=actor.subject,
        role=actor.role,
        created_at=at,
    )


def started(current: Import, upload: Upload, at: datetime, date_format: DateFormat = DateFormat.YEAR_FIRST) -> Import:
    """Return the import started, for a worker to take."""
    return _next(
        current, status=ImportStatus.RUNNING, upload=upload, date_format=date_format, started_at=at, lease_expires_at=at
    )


def acquired(current: Import, at: datetime) -> Import:
    """Return the import in a worker's hands."""
    return _next(current, lease_expires_at=at + LEASE.duration, attempts=current.attempts + 1)


def validated(current: Import, total_rows: int, understood: Understood, at: datetime) -> Import:
    """Return the import with its file looked through."""
    return _next(current, total_rows=total_rows, understood=understood, lease_expires_at=at + LEASE.duration)


def progressed(current: Import, offset: Offset, counts: ImportCounts, rejections: Rejections, at: datetime) -> Import:
    """Return the import further on."""
    return _next(
        current, offset=offset, counts=counts, rejections=rejections, lease_expires_at=at + LEASE.duration, attempts=0
    )


def released(current: Import, at: datetime) -> Import:
    """Return the import for another worker to take: this one's time is up."""
    return _next(current, lease_expires_at=at)


def done(current: Import, at: datetime) -> Import:
    """Return the import finished; its result file is there, so that no rejected row stays with the record."""
    kept = Rejections(current.rejections.parts)
    return _next(current, status=ImportStatus.DONE, finished_at=at, lease_expires_at=None, rejections=kept)


def failed(current: Import, reason: str, at: datetime) -> Import:
    """Return the import given up, and why."""
    kept = Rejections(current.rejections.parts)
    return _next(
        current, status=ImportStatus.FAILED, finished_at=at, lease_expires_at=None, reason=reason, rejections=kept
    )


def without_rows(current: Import) -> Import:
    """Return the import without rejected rows in its record; as it is where it holds none."""
    if not current.rejections.rest:
        return current
    return _next(current, rejections=Rejections(current.rejections.parts))


def _next(current: Import, **changes: object) -> Import:
    return replace(current, version=current.version + 1, **changes)  # type: ignore[arg-type]
