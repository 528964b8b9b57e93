"""How an import goes on: each step makes its next state, pure, and moves its version.

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
from chalicelib.domain.imports.imports import Import, ImportState, Rejections
from chalicelib.domain.kernel.ids import ordered_id

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.domain.access import Actor
    from chalicelib.domain.imports.columns import ImportKind
    from chalicelib.domain.imports.imports import Place, Tally, Understood, Upload

HOLD = timedelta(minutes=2)
"""A worker that wrote nothing for so long is dead, or as good as that."""
SILENCE = timedelta(minutes=1)
"""An import that nobody has held for so long has perhaps lost its message, and is handed over again; a message too
many does nothing."""
UNSTARTABLE = timedelta(days=1)
MAX_ATTEMPTS = 5


def requested(actor: Actor, kind: ImportKind, at: datetime) -> Import:
    """A new import, waiting for its file."""
    return Import(
        partner_id=actor.partner_id,
        import_id=ordered_id("imp", at),
        kind=kind,
        requested_by=actor.subject,
        role=actor.role,
        created_at=at,
    )


def started(was: Import, upload: Upload, at: datetime, date_format: DateFormat = DateFormat.YEAR_FIRST) -> Import:
    """The import handed over to a worker."""
    return _next(was, state=ImportState.RUNNING, upload=upload, date_format=date_format, started_at=at, held_until=at)


def free(was: Import, at: datetime) -> bool:
    """Whether a worker may take it. A hold that ends later than any can is from a clock that was set back."""
    return was.held_until is None or not at < was.held_until <= at + HOLD


def taken(was: Import, at: datetime) -> Import:
    """The import in a worker's hands."""
    return _next(was, held_until=at + HOLD, attempts=was.attempts + 1)


def surveyed(was: Import, total_rows: int, understood: Understood, at: datetime) -> Import:
    """The import with its file looked through."""
    return _next(was, total_rows=total_rows, understood=understood, held_until=at + HOLD)


def progressed(was: Import, reached: Place, tally: Tally, rejections: Rejections, at: datetime) -> Import:
    """The import further on."""
    return _next(was, reached=reached, tally=tally, rejections=rejections, held_until=at + HOLD, attempts=0)


def let_go(was: Import, at: datetime) -> Import:
    """The import for another worker to take: this one's time is up."""
    return _next(was, held_until=at)


def done(was: Import, at: datetime) -> Import:
    """The import finished; its result file is there, so that no rejected row stays with the record."""
    kept = Rejections(was.rejections.parts)
    return _next(was, state=ImportState.DONE, finished_at=at, held_until=None, rejections=kept)


def failed(was: Import, reason: str, at: datetime) -> Import:
    """The import given up, and why."""
    kept = Rejections(was.rejections.parts)
    return _next(was, state=ImportState.FAILED, finished_at=at, held_until=None, reason=reason, rejections=kept)


def without_rows(was: Import) -> Import:
    """The import without rejected rows in its record; as it is where it holds none."""
    if not was.rejections.rest:
        return was
    return _next(was, rejections=Rejections(was.rejections.parts))


def silent(was: Import, now: datetime) -> bool:
    """Whether it is said to be running although nobody is at it."""
    return free(was, now) and (was.held_until is None or not now - SILENCE < was.held_until <= now)


def exhausted(was: Import) -> bool:
    """Whether worker after worker took it and none got any further."""
    return was.attempts >= MAX_ATTEMPTS


def unstartable(was: Import, now: datetime) -> bool:
    """Whether nobody has taken it for a day."""
    return was.held_until is not None and was.held_until <= now - UNSTARTABLE


def _next(was: Import, **changes: object) -> Import:
    return replace(was, version=was.version + 1, **changes)  # type: ignore[arg-type]
