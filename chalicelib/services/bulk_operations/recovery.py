"""Recovers abandoned bulk operations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.bulk_operations.transitions import LEASE
from chalicelib.services.bulk_operations.bulk_operations import enqueue
from chalicelib.services.bulk_operations.lease import BulkOperationLease
from chalicelib.services.leases import MAX_PER_RUN, Recovery

if TYPE_CHECKING:
    from chalicelib.services.ports import BulkWorkerPorts

GAVE_UP = (
    "It stopped again and again at the same account and got no further. What was done stays; start another operation "
    "with the accounts that are left."
)
NEVER_STARTED = "It could not be started within a day. Start it again."


def recover_bulk_operations(ports: BulkWorkerPorts) -> int:
    """See to every operation that is abandoned; says how many were."""
    recovery = Recovery(
        policy=LEASE,
        clock=ports.clock,
        read=lambda item: ports.bulk_operations.get(item.partner_id, item.bulk_operation_id),
        give_up=lambda item, reason: BulkOperationLease(ports, item).give_up(reason),
        enqueue=lambda item: enqueue(ports, item.partner_id, item.bulk_operation_id),
        exhausted=GAVE_UP,
        never_started=NEVER_STARTED,
    )
    return recovery.recover(ports.bulk_operations.running(MAX_PER_RUN))
