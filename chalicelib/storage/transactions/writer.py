"""The transaction writer on DynamoDB: one change is one TransactWriteItems."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, TypeVar

from pynamodb.exceptions import TransactWriteError
from pynamodb.transactions import TransactWrite

from chalicelib.aws_errors import TRANSIENT_CODES
from chalicelib.domain.changes import Insert
from chalicelib.domain.kernel.errors import Unavailable
from chalicelib.storage.dynamo.errors import is_transient
from chalicelib.storage.transactions.registry import mapper_of
from chalicelib.storage.transactions.transaction import items_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalicelib.domain.changes import Change, Write
    from chalicelib.domain.kernel.errors import PartnerbookError
    from chalicelib.storage.dynamo.connection import Connection
    from chalicelib.storage.dynamo.reader import Reader
    from chalicelib.storage.transactions.items import TransactionItem

T = TypeVar("T")
RETRIES = 5
"""After conflicts with other transactions, which neither DynamoDB nor the SDK tries again."""
FIRST_WAIT = 0.02
CONFLICT = "TransactionConflict"
CONDITION_FAILED = "ConditionalCheckFailed"


def jitter(attempt: int) -> float:
    """Seconds to wait, somewhere up to a bound that doubles, so that those who met do not meet again."""
    return random.uniform(0, FIRST_WAIT * 2**attempt)  # noqa: S311 no secret


class DynamoTransactionWriter:
    """A TransactionWriter on DynamoDB."""

    def __init__(self, connection: Connection, reader: Reader, sleep: Callable[[float], None] = time.sleep) -> None:
        self._connection = connection
        self._reader = reader
        self._sleep = sleep

    def write(self, change: Change[T]) -> T:
        """Write it all and give the result; see `domain.changes.TransactionWriter`."""
        items = items_of(change.writes)
        if items:
            self._write(items, change.writes)
        return change.result

    def _write(self, items: list[TransactionItem], writes: tuple[Write, ...]) -> None:
        for attempt in range(RETRIES + 1):
            if attempt:
                self._sleep(jitter(attempt))
            try:
                return self._transact(items)
            except TransactWriteError as error:
                if not only_conflicts(error):
                    return self._require_written(writes, items, error)
        raise Unavailable

    def _transact(self, items: list[TransactionItem]) -> None:
        with TransactWrite(connection=self._connection) as transaction:
            for item in items:
                self._connection.bind(type(item.item))
                item.add_to(transaction)

    def _require_written(
        self, writes: tuple[Write, ...], items: list[TransactionItem], error: TransactWriteError
    ) -> None:
        """A failure may follow a success whose answer was lost: then our own mark is there."""
        refusal = refusal_of(error, items)
        if refusal is None:
            raise error
        if not self._is_written(writes):
            raise refusal from error

    def _is_written(self, writes: tuple[Write, ...]) -> bool:
        inserted = (write.entity for write in writes if isinstance(write, Insert))
        proof = next((entity for entity in inserted if mapper_of(entity).write_once_id), None)
        return proof is not None and self._reader.get(mapper_of(proof), *mapper_of(proof).key(proof)) is not None


def only_conflicts(error: TransactWriteError) -> bool:
    """Tell whether nothing but other transactions stood in the way."""
    codes = {reason.code for reason in error.cancellation_reasons if reason}
    return codes == {CONFLICT}


def refusal_of(error: TransactWriteError, items: list[TransactionItem]) -> PartnerbookError | None:
    """Return what to say of a failure: a condition that failed comes before anything transient."""
    failed = [
        item
        for item, reason in zip(items, error.cancellation_reasons, strict=False)
        if reason and reason.code == CONDITION_FAILED
    ]
    if failed:
        return min(failed, key=lambda item: item.index).refusal
    if is_transient(error) or any(reason.code in TRANSIENT_CODES for reason in error.cancellation_reasons if reason):
        return Unavailable()
    return None
