"""Imports on DynamoDB, and the one turn to import that a partner has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.domain.access import Role
from chalicelib.domain.imports.columns import ImportKind
from chalicelib.domain.imports.dates import DateFormat
from chalicelib.domain.imports.imports import (
    Import,
    ImportCounts,
    ImportStatus,
    ImportTurn,
    Offset,
    Rejections,
    Understood,
    Upload,
)
from chalicelib.domain.kernel.errors import NotFound
from chalicelib.storage.dynamo.attributes import ChoiceAttribute, InstantAttribute, sortable_instant
from chalicelib.storage.dynamo.mapper import Mapper, dataclass_mapper
from chalicelib.storage.dynamo.query import KeyQuery
from chalicelib.storage.stores.failures import failed_of

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.domain.kernel.paging import BoundedCount, Page
    from chalicelib.storage.dynamo.reader import Reader


class ImportsByOpen(GlobalSecondaryIndex["Imports"]):
    """Those that are not done, the longest waiting first, and by partner those that failed; sparse."""

    class Meta:
        index_name = "by_open"
        projection = AllProjection()

    open_bucket = UnicodeAttribute(hash_key=True)
    since = UnicodeAttribute(range_key=True)


class Imports(Model):
    """Imports, and of each partner the turn of the one that runs."""

    class Meta:
        table_name = "imports"

    by_open: ClassVar = ImportsByOpen()

    partner_id = UnicodeAttribute(hash_key=True)
    import_id = UnicodeAttribute(range_key=True)
    turn_of = UnicodeAttribute(null=True)
    version = NumberAttribute(null=True)
    kind = ChoiceAttribute(ImportKind, null=True)
    requested_by = UnicodeAttribute(null=True)
    role = ChoiceAttribute(Role, null=True)
    created_at = InstantAttribute(null=True)
    status = ChoiceAttribute(ImportStatus, null=True)
    started_at = InstantAttribute(null=True)
    finished_at = InstantAttribute(null=True)
    lease_expires_at = InstantAttribute(null=True)
    attempts = NumberAttribute(null=True)
    upload = UnicodeAttribute(null=True)
    date_format = ChoiceAttribute(DateFormat, null=True)
    understood = UnicodeAttribute(null=True)
    total_rows = NumberAttribute(null=True)
    offset = UnicodeAttribute(null=True)
    counts = UnicodeAttribute(null=True)
    rejections = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    open_bucket = UnicodeAttribute(null=True)
    since = UnicodeAttribute(null=True)


FIRST = "imp_"
TURN_KEY = "#turn"
"""Where a partner's turn stands: before all of its imports."""
RUNNING = "running"


def _open(item: Import) -> dict[str, Any]:
    """Of what is going on only what runs is in the sweeper's index, by when it began; and what failed, by when."""
    if item.status is ImportStatus.FAILED and item.finished_at is not None:
        return {"open_bucket": failed_of(item.partner_id), "since": sortable_instant(item.finished_at)}
    if item.status is not ImportStatus.RUNNING or item.started_at is None:
        return {}
    return {"open_bucket": RUNNING, "since": sortable_instant(item.started_at)}


IMPORT = dataclass_mapper(
    Import,
    Imports,
    derive=_open,
    json={
        "upload": Upload,
        "understood": Understood,
        "offset": Offset,
        "counts": ImportCounts,
        "rejections": Rejections,
    },
)


def _turn(turn: ImportTurn) -> dict[str, Any]:
    return {"partner_id": turn.partner_id, "import_id": TURN_KEY, "turn_of": turn.import_id}


TURN = Mapper(
    entity_type=ImportTurn,
    table=Imports,
    attributes=_turn,
    from_row=lambda row: ImportTurn(row.partner_id, row.turn_of),
)


class DynamoImports:
    """An ImportStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, partner_id: str, import_id: str) -> Import:
        """Return the import, read strongly consistent; `NotFound` also for another partner's."""
        found = self._reader.get(IMPORT, partner_id, import_id) if import_id.startswith(FIRST) else None
        if found is None:
            raise NotFound("There is no such import.")
        return found

    def page(self, partner_id: str, after: str | None, limit: int) -> Page[Import]:
        """Return the newest first."""
        newest_first = KeyQuery(table=Imports, partition=partner_id, lower=FIRST, descending=True)
        return self._reader.page(IMPORT, newest_first.after(after), limit)

    def running(self, limit: int) -> list[Import]:
        """Return the longest running first."""
        return self._reader.first(IMPORT, KeyQuery(table=Imports, partition=RUNNING, index="by_open"), limit)

    def count_failed(self, partner_id: str, since: datetime, limit: int) -> BoundedCount:
        """Count the partner's imports that have failed since then, up to the limit."""
        failed = KeyQuery(
            table=Imports, partition=failed_of(partner_id), index="by_open", lower=sortable_instant(since)
        )
        return self._reader.count(failed, limit)
