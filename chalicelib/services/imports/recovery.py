"""Recovers abandoned imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.imports.transitions import LEASE
from chalicelib.services.imports.imports import enqueue
from chalicelib.services.imports.lease import ImportLease
from chalicelib.services.leases import MAX_PER_RUN, Recovery

if TYPE_CHECKING:
    from chalicelib.services.ports import ImportWorkerPorts

GAVE_UP = (
    "It stopped again and again at the same place and got no further. "
    "Import the file once more: what is in already stays as it is."
)
NEVER_STARTED = "It could not be started within a day. Make another import and upload the file again."


def recover_imports(ports: ImportWorkerPorts) -> int:
    """See to every import that is abandoned; says how many were."""
    recovery = Recovery(
        policy=LEASE,
        clock=ports.clock,
        read=lambda item: ports.imports.get(item.partner_id, item.import_id),
        give_up=lambda item, reason: ImportLease(ports, item).give_up(reason),
        enqueue=lambda item: enqueue(ports, item.partner_id, item.import_id),
        exhausted=GAVE_UP,
        never_started=NEVER_STARTED,
    )
    return recovery.recover(ports.imports.running(MAX_PER_RUN))
