"""The journal on DynamoDB: one change is one TransactWriteItems."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, TypeVar

from pynamodb.exceptions import TransactWriteError
from pynamodb.transactions import TransactWrite

from chalicelib.aws_errors import TRANSIENT_CODES
from chalicelib.domain.changes import Insert
from chalicelib.domain.kernel.errors import Busy
from chalicelib.storage.dynamo.errors import passes
from chalicelib.storage.transactions.registry import codec_of
from chalicelib.storage.transactions.transaction import steps_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalicelib.domain.changes import Change, Write
    from chalicelib.domain.kernel.errors import PartnerbookError
    from chalicelib.storage.dynamo.connection import Connection
    from chalicelib.storage.dynamo.reader import Reader
    from chalicelib.storage.transactions.items import Step

T = TypeVar("T")
RETRIES = 5
"""After conflicts with other transactions, which neither DynamoDB nor the SDK tries again."""
FIRST_WAIT = 0.02
CONFLICT = "TransactionConflict"
CONDITION_FAILED = "ConditionalCheckFailed"


def jitter(attempt: int) -> float:
    """Seconds to wait, somewhere up to a bound that doubles, so that those who met do not meet again."""
    return random.uniform(0, FIRST_WAIT * 2**attempt)  # noqa: S311 no secret


class DynamoJournal:
    """A Journal on DynamoDB."""

    def __init__(self, connection: Connection, reader: Reader, sleep: Callable[[float], None] = time.sleep) -> None:
        self._connection = connection
        self._reader = reader
        self._sleep = sleep

    def commit(self, change: Change[T]) -> T:
        """Write it all and give the result; see `domain.changes.Journal`."""
        steps = steps_of(change.writes)
        if steps:
            self._write(steps, change.writes)
        return change.result

    def _write(self, steps: list[Step], writes: tuple[Write, ...]) -> None:
        for attempt in range(RETRIES + 1):
            if attempt:
                self._sleep(jitter(attempt))
            try:
                return self._transact(steps)
            except TransactWriteError as error:
                if not only_conflicts(error):
                    return self._require_written(writes, steps, error)
        raise Busy

    def _transact(self, steps: list[Step]) -> None:
        with TransactWrite(connection=self._connection) as transaction:
            for step in steps:
                self._connection.bind(type(step.item))
                step.add_to(transaction)

    def _require_written(self, writes: tuple[Write, ...], steps: list[Step], error: TransactWriteError) -> None:
        """A failure may follow a success whose answer was lost: then our own mark is there."""
        refusal = refusal_of(error, steps)
        if refusal is None:
            raise error
        if not self._is_written(writes):
            raise refusal from error

    def _is_written(self, writes: tuple[Write, ...]) -> bool:
        inserted = (write.entity for write in writes if isinstance(write, Insert))
        proof = next((entity for entity in inserted if codec_of(entity).proof), None)
        return proof is not None and self._reader.get(codec_of(proof), *codec_of(proof).key(proof)) is not None


def only_conflicts(error: TransactWriteError) -> bool:
    """Whether nothing but other transactions stood in the way."""
    codes = {reason.code for reason in error.cancellation_reasons if reason}
    return codes == {CONFLICT}


def refusal_of(error: TransactWriteError, steps: list[Step]) -> PartnerbookError | None:
    """What to say of a failure: a condition that failed comes before anything that passes by itself."""
    failed = [
        step
        for step, reason in zip(steps, error.cancellation_reasons, strict=False)
        if reason and reason.code == CONDITION_FAILED
    ]
    if failed:
        return min(failed, key=lambda step: step.place).refusal
    if passes(error) or any(reason.code in TRANSIENT_CODES for reason in error.cancellation_reasons if reason):
        return Busy()
    return None
