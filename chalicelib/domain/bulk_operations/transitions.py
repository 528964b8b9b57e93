"""Transitions of a bulk operation: each returns its next state, pure, and moves its version.

running → done | stopped | failed

While it runs one worker at a time holds it. Whatever a worker writes is conditioned on the version it knows, so a
second worker, or one that somebody has stopped, can write nothing more.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.bulk_operations.bulk_operations import (
    CHUNK,
    AccountChunk,
    BulkOperation,
    BulkOutcome,
    BulkStatus,
)
from chalicelib.domain.kernel.ids import ordered_id
from chalicelib.domain.kernel.leases import LeasePolicy
from chalicelib.domain.kernel.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from chalicelib.domain.access import Actor
    from chalicelib.domain.bulk_operations.arguments import BulkArguments, OperationName
    from chalicelib.domain.bulk_operations.bulk_operations import OutcomeCounts

LEASE = LeasePolicy(duration=timedelta(minutes=2), requeue_after=timedelta(minutes=1), max_attempts=5)
"""Like an import, an operation keeps the end of its lease."""


def requested(
    actor: Actor, operation: OperationName, arguments: BulkArguments, total: int, at: datetime
) -> BulkOperation:
    """Return a new operation, for a worker to take."""
    return BulkOperation(
        partner_id=actor.partner_id,
        bulk_operation_id=ordered_id("blk", at),
        operation=operation,
        arguments=arguments,
        requested_by=actor.subject,
        role=actor.role,
        created_at=at,
        total=total,
        lease_expires_at=at,
    )


def chunks(made: BulkOperation, account_ids: Sequence[str]) -> Iterator[AccountChunk]:
    """Yield the accounts as they are kept."""
    for number, start in enumerate(range(0, len(account_ids), CHUNK)):
        yield AccountChunk(
            partner_id=made.partner_id,
            bulk_operation_id=made.bulk_operation_id,
            number=number,
            account_ids=tuple(account_ids[start : start + CHUNK]),
            expires_at=made.results_expire_at,
        )


def acquired(current: BulkOperation, at: datetime) -> BulkOperation:
    """Return the operation in a worker's hands."""
    return _next(current, lease_expires_at=at + LEASE.duration, attempts=current.attempts + 1)


def progressed(current: BulkOperation, outcome: BulkOutcome, changed: Money | None, at: datetime) -> BulkOperation:
    """Return the operation with the outcome of one more account."""
    amounts = added(current.amounts, changed) if changed and outcome is BulkOutcome.CHANGED else current.amounts
    counts = counted(current.counts, outcome)
    return _next(current, counts=counts, amounts=amounts, lease_expires_at=at + LEASE.duration, attempts=0)


def counted(counts: OutcomeCounts, outcome: BulkOutcome) -> OutcomeCounts:
    """Return the counts with one more account."""
    return replace(counts, **{outcome.value: getattr(counts, outcome.value) + 1})


def added(amounts: Iterable[Money], more: Money) -> tuple[Money, ...]:
    """Return the sums by currency with one more amount, the currencies in their order."""
    sums = {item.currency: item.amount for item in amounts}
    sums[more.currency] = sums.get(more.currency, 0) + more.amount
    return tuple(Money(amount, currency) for currency, amount in sorted(sums.items()))


def released(current: BulkOperation, at: datetime) -> BulkOperation:
    """Return the operation for another worker to take: this one's time is up."""
    return _next(current, lease_expires_at=at)


def done(current: BulkOperation, at: datetime) -> BulkOperation:
    """Return the operation finished."""
    return _next(current, status=BulkStatus.DONE, finished_at=at, lease_expires_at=None)


def stopped(current: BulkOperation, at: datetime) -> BulkOperation:
    """Return the operation stopped where it is."""
    return _next(current, status=BulkStatus.STOPPED, finished_at=at, lease_expires_at=None)


def failed(current: BulkOperation, reason: str, at: datetime) -> BulkOperation:
    """Return the operation given up, and why."""
    return _next(current, status=BulkStatus.FAILED, finished_at=at, lease_expires_at=None, reason=reason)


def _next(current: BulkOperation, **changes: object) -> BulkOperation:
    return replace(current, version=current.version + 1, **changes)  # type: ignore[arg-type]
