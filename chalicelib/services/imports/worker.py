"""Runs an import: its file is validated, then read and written batch by batch.

Killed at any moment it goes on behind the last batch that was written: the rows of a batch, their sum in the counters
and the import's own offset and counts stand in one transaction. Rejected rows go to the file store before the batch
that counts them; a part that no written batch counts is written over by the next.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from chalicelib.domain.imports.columns import InvalidFile
from chalicelib.domain.imports.file import rows_after, validate_file
from chalicelib.domain.imports.transitions import LEASE, acquired, progressed, released, validated
from chalicelib.domain.kernel.clock import today
from chalicelib.domain.kernel.errors import AlreadyExists, NotFound, StaleVersion, Unavailable
from chalicelib.services.imports.batches import audited, batches, classify_rows, counted, writes
from chalicelib.services.imports.imports import enqueue
from chalicelib.services.imports.lease import ImportLease
from chalicelib.services.imports.rejections import keep, write_result
from chalicelib.services.rights import still_entitled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.domain.imports.imports import Import
    from chalicelib.domain.partners.partners import Partner
    from chalicelib.services.imports.batches import RowOutcome
    from chalicelib.services.ports import ImportWorkerPorts
    from chalicelib.services.rate_limiter import RateLimiter

ROWS_PER_PASS = 500
"""Rows whose usernames are looked up together."""
NOT_ENTITLED = (
    "Whoever asked for this import may no longer import for this partner. What is in already stays; an admin can make "
    "another import with the rest."
)
TRIES = 5
"""How often the rows of a batch are judged anew when others take their usernames meanwhile."""


def run(ports: ImportWorkerPorts, partner_id: str, import_id: str, rate_limiter: RateLimiter) -> Import | None:
    """Go on with an import until it ends or time is up; None where it has ended or another worker is at it."""
    current = ports.imports.get(partner_id, import_id)
    if not LEASE.is_available(current, ports.clock()):
        return None
    lease = ImportLease(ports, current, rate_limiter.sleep)
    try:
        _go_on(lease, rate_limiter)
    except StaleVersion:
        return None
    return lease.current


def _go_on(lease: ImportLease, rate_limiter: RateLimiter) -> None:
    lease.write(acquired(lease.current, lease.now))
    if not still_entitled(lease.ports, lease.actor.subject, lease.current.partner_id, "start_import"):
        return lease.give_up(NOT_ENTITLED)
    try:
        _validate(lease)
        if _write_rows(lease, rate_limiter):
            write_result(lease)
            return lease.finish()
    except InvalidFile as error:
        return lease.give_up(str(error))
    lease.write(released(lease.current, lease.now))
    return enqueue(lease.ports, lease.current.partner_id, lease.current.import_id)


def _validate(lease: ImportLease) -> None:
    """Look through the whole file once: one that is useless as a whole is refused before anything is written."""
    if lease.current.total_rows is None:
        rows, understood = validate_file(lease.current.kind, _pieces(lease))
        lease.write(validated(lease.current, rows, understood, lease.now))


def _write_rows(lease: ImportLease, rate_limiter: RateLimiter) -> bool:
    """Write what is still to be written; False where time was up before that."""
    ports, held = lease.ports, lease.current
    partner = ports.partners.get(held.partner_id)
    rows = rows_after(held.offset, held.kind, _pieces(lease), today(ports.clock), held.date_format)
    while stretch := list(islice(rows, ROWS_PER_PASS)):
        for batch in batches(classify_rows(ports.usernames, partner, stretch, today(ports.clock))):
            rate_limiter.wrote(_write(lease, partner, batch))
        if rate_limiter.expired:
            return False
    return True


def _write(lease: ImportLease, partner: Partner, batch: list[RowOutcome]) -> int:
    """Write a batch and the progress it makes; rows whose usernames others take meanwhile are judged anew."""
    for _ in range(TRIES):
        try:
            return _commit(lease, batch)
        except AlreadyExists:
            rows = [item.row for item in batch]
            batch = classify_rows(lease.ports.usernames, partner, rows, today(lease.ports.clock))
    raise Unavailable


def _commit(lease: ImportLease, batch: list[RowOutcome]) -> int:
    held = lease.current
    counts = counted(held.counts, batch)
    updated = progressed(held, batch[-1].row.ends, counts, keep(lease, batch), lease.now)
    lease.write(updated, *writes(batch), *audited(lease.actor, lease.now, held.import_id, batch))
    return sum(1 for item in batch if item.new)


def _pieces(lease: ImportLease) -> Iterator[bytes]:
    """Yield the bytes of the file that the import was started with, and of no other."""
    held = lease.current
    try:
        yield from lease.ports.files.read(held.upload_key, tag=held.upload.tag if held.upload else None)
    except NotFound as error:
        raise InvalidFile("The uploaded file is no longer there. Make another import and upload it again.") from error
    except StaleVersion as error:
        raise InvalidFile("The file was replaced after the import had been started. Make another import.") from error
