"""Runs a bulk operation, one account after the other.

The change of an account, its outcome and the operation's own counts are one transaction: killed at any moment, the
operation goes on with the first account that has no outcome, and no account is changed twice.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from chalicelib.domain.bulk_operations.arguments import right_for
from chalicelib.domain.bulk_operations.bulk_operations import CHUNK, AccountOutcome
from chalicelib.domain.bulk_operations.transitions import LEASE, acquired, progressed, released
from chalicelib.domain.changes import Insert
from chalicelib.domain.kernel.errors import PartnerbookError, StaleVersion, Unavailable
from chalicelib.services.bulk_operations.actions import prepare, refused
from chalicelib.services.bulk_operations.bulk_operations import enqueue
from chalicelib.services.bulk_operations.lease import BulkOperationLease
from chalicelib.services.leases import LostLease
from chalicelib.services.rights import still_entitled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.domain.bulk_operations.bulk_operations import BulkOperation
    from chalicelib.domain.ports import HasBulkOperations
    from chalicelib.services.bulk_operations.actions import Prepared
    from chalicelib.services.ports import BulkWorkerPorts
    from chalicelib.services.rate_limiter import RateLimiter

NOT_ENTITLED = (
    "Whoever asked for this operation may no longer do it for this partner. What was done stays; an admin can start "
    "another one with the rest."
)
TRIES = 5
"""How often the change of an account is prepared again when others change the account meanwhile."""


def run(
    ports: BulkWorkerPorts, partner_id: str, bulk_operation_id: str, rate_limiter: RateLimiter
) -> BulkOperation | None:
    """Go on with an operation until it ends or time is up; None where it has ended or another worker is at it."""
    current = ports.bulk_operations.get(partner_id, bulk_operation_id)
    if not LEASE.is_available(current, ports.clock()):
        return None
    lease = BulkOperationLease(ports, current, rate_limiter.sleep)
    try:
        _go_on(lease, rate_limiter)
    except LostLease:
        return None
    return lease.current


def _go_on(lease: BulkOperationLease, rate_limiter: RateLimiter) -> None:
    lease.write(acquired(lease.current, lease.now))
    current = lease.current
    if not still_entitled(lease.ports, current.requested_by, current.partner_id, right_for(current.operation)):
        return lease.give_up(NOT_ENTITLED)
    for account_id in _accounts_left(lease.ports, current):
        if rate_limiter.expired:
            lease.write(released(lease.current, lease.now))
            return enqueue(lease.ports, current.partner_id, current.bulk_operation_id)
        _change(lease, account_id)
    return lease.finish()


def _accounts_left(ports: HasBulkOperations, current: BulkOperation) -> Iterator[str]:
    """Yield the accounts that have no outcome yet, in their order."""
    number, skip = divmod(current.counts.done, CHUNK)
    while chunk := ports.bulk_operations.account_ids(current.partner_id, current.bulk_operation_id, number):
        yield from chunk[skip:]
        number, skip = number + 1, 0


def _change(lease: BulkOperationLease, account_id: str) -> None:
    """Change one account and write its outcome with it; where others change it meanwhile, prepare the change again."""
    current = lease.current
    for _ in range(TRIES):
        prepared = prepare(lease.ports, lease.actor, current.operation, current.arguments, account_id)
        try:
            return _write(lease, account_id, prepared)
        except (LostLease, Unavailable):
            raise
        except StaleVersion:
            continue
        except PartnerbookError as error:
            return _write(lease, account_id, refused(error))
    raise Unavailable


def _write(lease: BulkOperationLease, account_id: str, prepared: Prepared) -> None:
    change = prepared.change
    updated = progressed(lease.current, prepared.outcome, prepared.money, lease.now)
    lease.write(updated, Insert(_outcome(lease, account_id, prepared)), *(change.writes if change else ()))
    for effect in change.after if change else ():
        with suppress(Unavailable):
            effect()


def _outcome(lease: BulkOperationLease, account_id: str, prepared: Prepared) -> AccountOutcome:
    current, refusal = lease.current, prepared.refusal
    return AccountOutcome(
        partner_id=current.partner_id,
        bulk_operation_id=current.bulk_operation_id,
        position=current.counts.done,
        account_id=account_id,
        outcome=prepared.outcome,
        code=refusal.code if refusal else None,
        detail=refusal.detail if refusal else None,
        expires_at=current.results_expire_at,
    )
