"""Recovers stale bulk operations: enqueues them again, or gives them up when that did not help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.bulk_operations.bulk_operations import BulkStatus
from chalicelib.domain.bulk_operations.transitions import is_exhausted, is_stale, is_unstartable
from chalicelib.services.bulk_operations.bulk_operations import enqueue
from chalicelib.services.bulk_operations.lease import BulkOperationLease
from chalicelib.services.leases import recover_each

if TYPE_CHECKING:
    from chalicelib.domain.bulk_operations.bulk_operations import BulkOperation
    from chalicelib.services.ports import BulkWorkerPorts

MAX_PER_RUN = 200
"""Operations in one run; the next one is five minutes away."""
GAVE_UP = (
    "It stopped again and again at the same account and got no further. What was done stays; start another operation "
    "with the accounts that are left."
)
NEVER_STARTED = "It could not be started within a day. Start it again."


def recover_bulk_operations(ports: BulkWorkerPorts) -> int:
    """See to every operation that is stale; says how many were."""
    stale = (item for item in ports.bulk_operations.running(MAX_PER_RUN) if is_stale(item, ports.clock()))
    return recover_each(stale, lambda item: _recovered(ports, item)).total()


def _recovered(ports: BulkWorkerPorts, stale: BulkOperation) -> str | None:
    """See to one of them, as it is now."""
    current = ports.bulk_operations.get(stale.partner_id, stale.bulk_operation_id)
    if current.status is not BulkStatus.RUNNING or not is_stale(current, ports.clock()):
        return None
    _see_to(ports, current)
    return "recovered"


def _see_to(ports: BulkWorkerPorts, current: BulkOperation) -> None:
    if is_exhausted(current):
        BulkOperationLease(ports, current).give_up(GAVE_UP)
    elif is_unstartable(current, ports.clock()):
        BulkOperationLease(ports, current).give_up(NEVER_STARTED)
    else:
        enqueue(ports, current.partner_id, current.bulk_operation_id)
