"""Running an import: its file is looked through, then read and written batch by batch.

Killed at any moment it goes on behind the last batch that was written: the rows of a batch, their sum in the counters
and the import's own place and tally stand in one transaction. Rejected rows go to the file store before the batch that
counts them; a part that no written batch counts is written over by the next.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from chalicelib.domain.imports.columns import Unreadable
from chalicelib.domain.imports.file import rows_after, survey
from chalicelib.domain.imports.imports import ImportState
from chalicelib.domain.imports.transitions import free, let_go, progressed, surveyed, taken
from chalicelib.domain.kernel.clock import today
from chalicelib.domain.kernel.errors import Busy, Changed, NotFound, Taken
from chalicelib.services.imports.batches import audited, batches, judge, tallied, writes
from chalicelib.services.imports.imports import hand_over
from chalicelib.services.imports.lease import Holding
from chalicelib.services.imports.rejections import keep, write_result
from chalicelib.services.rights import still_entitled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.domain.imports.imports import Import
    from chalicelib.domain.partners.partners import Partner
    from chalicelib.domain.ports import Ports
    from chalicelib.services.imports.batches import Judged
    from chalicelib.services.imports.rate_limiter import Pace

STRETCH = 500
"""Rows whose usernames are looked up together."""
NOT_ENTITLED = (
    "Whoever asked for this import may no longer import for this partner. What is in already stays; an admin can make "
    "another import with the rest."
)
TRIES = 5
"""How often the rows of a batch are judged anew when others take their usernames meanwhile."""


def run(ports: Ports, partner_id: str, import_id: str, pace: Pace) -> Import | None:
    """Go on with an import until it ends or time is up; None where it has ended or another worker is at it."""
    was = ports.imports.get(partner_id, import_id)
    if was.state is not ImportState.RUNNING or not free(was, ports.clock()):
        return None
    holding = Holding(ports, was, pace.sleep)
    try:
        _go_on(holding, pace)
    except Changed:
        return None
    return holding.held


def _go_on(holding: Holding, pace: Pace) -> None:
    holding.write(taken(holding.held, holding.now))
    if not still_entitled(holding.ports, holding.actor.subject, holding.held.partner_id, "start_import"):
        return holding.give_up(NOT_ENTITLED)
    try:
        _survey(holding)
        if _write_rows(holding, pace):
            write_result(holding)
            return holding.finish()
    except Unreadable as error:
        return holding.give_up(str(error))
    holding.write(let_go(holding.held, holding.now))
    return hand_over(holding.ports, holding.held.partner_id, holding.held.import_id)


def _survey(holding: Holding) -> None:
    """Look through the whole file once: one that is useless as a whole is refused before anything is written."""
    if holding.held.total_rows is None:
        rows, understood = survey(holding.held.kind, _pieces(holding))
        holding.write(surveyed(holding.held, rows, understood, holding.now))


def _write_rows(holding: Holding, pace: Pace) -> bool:
    """Write what is still to be written; False where time was up before that."""
    ports, held = holding.ports, holding.held
    partner = ports.partners.get(held.partner_id)
    rows = rows_after(held.reached, held.kind, _pieces(holding), today(ports.clock), held.date_format)
    while stretch := list(islice(rows, STRETCH)):
        for batch in batches(judge(ports.usernames, partner, stretch, today(ports.clock))):
            pace.wrote(_write(holding, partner, batch))
        if pace.over:
            return False
    return True


def _write(holding: Holding, partner: Partner, batch: list[Judged]) -> int:
    """Write a batch and the progress it makes; rows whose usernames others take meanwhile are judged anew."""
    for _ in range(TRIES):
        try:
            return _commit(holding, batch)
        except Taken:
            rows = [each.row for each in batch]
            batch = judge(holding.ports.usernames, partner, rows, today(holding.ports.clock))
    raise Busy


def _commit(holding: Holding, batch: list[Judged]) -> int:
    held = holding.held
    tally = tallied(held.tally, batch)
    now = progressed(held, batch[-1].row.ends, tally, keep(holding, batch), holding.now)
    holding.write(now, *writes(batch), *audited(holding.actor, holding.now, held.import_id, batch))
    return sum(1 for each in batch if each.new)


def _pieces(holding: Holding) -> Iterator[bytes]:
    """The bytes of the file that the import was started with, and of no other."""
    held = holding.held
    try:
        yield from holding.ports.files.read(held.upload_key, tag=held.upload.tag if held.upload else None)
    except NotFound as error:
        raise Unreadable("The uploaded file is no longer there. Make another import and upload it again.") from error
    except Changed as error:
        raise Unreadable("The file was replaced after the import had been started. Make another import.") from error
