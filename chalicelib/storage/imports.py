"""Imports on DynamoDB, and the one turn to import that a partner has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chalicelib.domain.errors import NotFound
from chalicelib.domain.import_place import Place
from chalicelib.domain.imports import Import, ImportState, ImportTurn, Rejections, Tally, Understood, Upload
from chalicelib.storage.codec import Codec, flat
from chalicelib.storage.selection import Selection
from chalicelib.storage.tables.attributes import sortable_instant
from chalicelib.storage.tables.imports import Imports

if TYPE_CHECKING:
    from chalicelib.domain.paging import Page
    from chalicelib.storage.reader import Reader

FIRST = "imp_"
TURN_KEY = "#turn"
"""Where a partner's turn stands: before all of its imports."""
RUNNING = "running"


def _open(each: Import) -> dict[str, Any]:
    """Only what runs is in the sweeper's index, by when it began."""
    if each.state is not ImportState.RUNNING or each.started_at is None:
        return {}
    return {"open_bucket": RUNNING, "since": sortable_instant(each.started_at)}


IMPORT = flat(
    Import,
    Imports,
    derive=_open,
    json={"upload": Upload, "understood": Understood, "reached": Place, "tally": Tally, "rejections": Rejections},
)


def _turn(turn: ImportTurn) -> dict[str, Any]:
    return {"partner_id": turn.partner_id, "import_id": TURN_KEY, "turn_of": turn.import_id}


TURN = Codec(
    kind=ImportTurn, table=Imports, attributes=_turn, entity=lambda row: ImportTurn(row.partner_id, row.turn_of)
)


class DynamoImports:
    """An ImportStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, partner_id: str, import_id: str) -> Import:
        """The import, read strongly consistent; `NotFound` also for another partner's."""
        found = self._reader.get(IMPORT, partner_id, import_id) if import_id.startswith(FIRST) else None
        if found is None:
            raise NotFound("There is no such import.")
        return found

    def page(self, partner_id: str, after: str | None, limit: int) -> Page[Import]:
        """The newest first."""
        newest_first = Selection(table=Imports, partition=partner_id, first=FIRST, backwards=True)
        return self._reader.page(IMPORT, newest_first.after(after), limit)

    def running(self, limit: int) -> list[Import]:
        """The longest running first."""
        return self._reader.first(IMPORT, Selection(table=Imports, partition=RUNNING, index="by_open"), limit)
