"""Bulk operations on DynamoDB, the one turn that a partner has, their accounts and the outcome of each."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.domain.access import Role
from chalicelib.domain.bulk_operations.arguments import BulkArguments, OperationName
from chalicelib.domain.bulk_operations.bulk_operations import (
    AccountChunk,
    AccountOutcome,
    BulkOperation,
    BulkOperationTurn,
    BulkOutcome,
    BulkStatus,
    OutcomeCounts,
)
from chalicelib.domain.kernel.errors import NotFound
from chalicelib.domain.kernel.money import Money
from chalicelib.storage.dynamo.attributes import ChoiceAttribute, InstantAttribute, TextsAttribute, sortable_instant
from chalicelib.storage.dynamo.mapper import Mapper, dataclass_mapper
from chalicelib.storage.dynamo.query import HIGHEST, KeyQuery

if TYPE_CHECKING:
    from chalicelib.domain.kernel.paging import Page
    from chalicelib.storage.dynamo.reader import Reader


class BulkOperationsByOpen(GlobalSecondaryIndex["BulkOperations"]):
    """Those that run, the longest running first; sparse."""

    class Meta:
        index_name = "by_open"
        projection = AllProjection()

    open_bucket = UnicodeAttribute(hash_key=True)
    since = UnicodeAttribute(range_key=True)


class BulkOperations(Model):
    """Bulk operations, and of each partner the turn of the one that runs."""

    class Meta:
        table_name = "bulk-operations"

    by_open: ClassVar = BulkOperationsByOpen()

    partner_id = UnicodeAttribute(hash_key=True)
    bulk_operation_id = UnicodeAttribute(range_key=True)
    turn_of = UnicodeAttribute(null=True)
    version = NumberAttribute(null=True)
    operation = ChoiceAttribute(OperationName, null=True)
    arguments = UnicodeAttribute(null=True)
    requested_by = UnicodeAttribute(null=True)
    role = ChoiceAttribute(Role, null=True)
    created_at = InstantAttribute(null=True)
    status = ChoiceAttribute(BulkStatus, null=True)
    total = NumberAttribute(null=True)
    counts = UnicodeAttribute(null=True)
    amounts = UnicodeAttribute(null=True)
    lease_expires_at = InstantAttribute(null=True)
    attempts = NumberAttribute(null=True)
    finished_at = InstantAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    open_bucket = UnicodeAttribute(null=True)
    since = UnicodeAttribute(null=True)


class BulkOutcomes(Model):
    """The accounts of a bulk operation, as they were chosen, and what became of each; they go by their TTL."""

    class Meta:
        table_name = "bulk-outcomes"

    partner_operation = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)
    partner_id = UnicodeAttribute()
    bulk_operation_id = UnicodeAttribute()
    position = NumberAttribute(null=True)
    account_id = UnicodeAttribute(null=True)
    outcome = ChoiceAttribute(BulkOutcome, null=True)
    code = UnicodeAttribute(null=True)
    detail = UnicodeAttribute(null=True)
    number = NumberAttribute(null=True)
    account_ids = TextsAttribute(null=True)
    expires_at = InstantAttribute()
    ttl = NumberAttribute()


FIRST = "blk_"
TURN_KEY = "#turn"
"""Where a partner's turn stands: before all of its operations."""
RUNNING = "running"
OUTCOME, ACCOUNTS = "outcome#", "accounts#"
GRACE = timedelta(days=1)
"""How long an outcome is there after it has expired."""


def _open(item: BulkOperation) -> dict[str, Any]:
    """Only what runs is in the sweeper's index, by when it began."""
    if item.status is not BulkStatus.RUNNING:
        return {}
    return {"open_bucket": RUNNING, "since": sortable_instant(item.created_at)}


BULK_OPERATION = dataclass_mapper(
    BulkOperation,
    BulkOperations,
    derive=_open,
    json={"arguments": BulkArguments, "counts": OutcomeCounts, "amounts": tuple[Money, ...]},
)


def _turn(turn: BulkOperationTurn) -> dict[str, Any]:
    return {"partner_id": turn.partner_id, "bulk_operation_id": TURN_KEY, "turn_of": turn.bulk_operation_id}


TURN = Mapper(
    entity_type=BulkOperationTurn,
    table=BulkOperations,
    attributes=_turn,
    from_row=lambda row: BulkOperationTurn(row.partner_id, row.turn_of),
)


def _beside(item: AccountOutcome | AccountChunk, key: str) -> dict[str, Any]:
    ttl = int((item.expires_at + GRACE).timestamp())
    return {"partner_operation": _partition(item.partner_id, item.bulk_operation_id), "item": key, "ttl": ttl}


def _partition(partner_id: str, bulk_operation_id: str) -> str:
    return f"{partner_id}#{bulk_operation_id}"


def _chunk_key(number: int) -> str:
    return f"{ACCOUNTS}{number:05}"


ACCOUNT_OUTCOME = dataclass_mapper(
    AccountOutcome, BulkOutcomes, derive=lambda item: _beside(item, f"{OUTCOME}{item.position:05}")
)
ACCOUNT_CHUNK = dataclass_mapper(AccountChunk, BulkOutcomes, derive=lambda item: _beside(item, _chunk_key(item.number)))


class DynamoBulkOperations:
    """A BulkOperationStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, partner_id: str, bulk_operation_id: str) -> BulkOperation:
        """Return the operation, read strongly consistent; `NotFound` also for another partner's."""
        is_id = bulk_operation_id.startswith(FIRST)
        found = self._reader.get(BULK_OPERATION, partner_id, bulk_operation_id) if is_id else None
        if found is None:
            raise NotFound("There is no such bulk operation.")
        return found

    def page(self, partner_id: str, after: str | None, limit: int) -> Page[BulkOperation]:
        """Return the newest first."""
        newest_first = KeyQuery(table=BulkOperations, partition=partner_id, lower=FIRST, descending=True)
        return self._reader.page(BULK_OPERATION, newest_first.after(after), limit)

    def running(self, limit: int) -> list[BulkOperation]:
        """Return the longest running first."""
        running = KeyQuery(table=BulkOperations, partition=RUNNING, index="by_open")
        return self._reader.first(BULK_OPERATION, running, limit)

    def account_ids(self, partner_id: str, bulk_operation_id: str, chunk: int) -> tuple[str, ...]:
        """Return the accounts of one chunk, in their order; none after the last chunk."""
        found = self._reader.get(ACCOUNT_CHUNK, _partition(partner_id, bulk_operation_id), _chunk_key(chunk))
        return found.account_ids if found else ()

    def outcomes(
        self, partner_id: str, bulk_operation_id: str, outcome: BulkOutcome | None, after: str | None, limit: int
    ) -> Page[AccountOutcome]:
        """Return outcomes in the order in which the accounts were dealt with, after that key."""
        selection = KeyQuery(
            table=BulkOutcomes,
            partition=_partition(partner_id, bulk_operation_id),
            lower=OUTCOME,
            upper=OUTCOME + HIGHEST,
            filter=None if outcome is None else BulkOutcomes.outcome == outcome,
        )
        return self._reader.page(ACCOUNT_OUTCOME, selection.after(after), limit)
