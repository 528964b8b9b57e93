"""Recovers stale imports: enqueues them again, or gives them up when that did not help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.imports.imports import ImportStatus
from chalicelib.domain.imports.transitions import is_exhausted, is_stale, is_unstartable
from chalicelib.services.imports.imports import enqueue
from chalicelib.services.imports.lease import ImportLease
from chalicelib.services.leases import recover_each

if TYPE_CHECKING:
    from chalicelib.domain.imports.imports import Import
    from chalicelib.services.ports import ImportWorkerPorts

MAX_PER_RUN = 200
"""Imports in one run; the next one is five minutes away."""
GAVE_UP = (
    "It stopped again and again at the same place and got no further. "
    "Import the file once more: what is in already stays as it is."
)
NEVER_STARTED = "It could not be started within a day. Make another import and upload the file again."


def recover_imports(ports: ImportWorkerPorts) -> int:
    """See to every import that is stale; says how many were."""
    stale = (item for item in ports.imports.running(MAX_PER_RUN) if is_stale(item, ports.clock()))
    return recover_each(stale, lambda item: _recovered(ports, item)).total()


def _recovered(ports: ImportWorkerPorts, stale: Import) -> str | None:
    """See to one of them, as it is now."""
    current = ports.imports.get(stale.partner_id, stale.import_id)
    if current.status is not ImportStatus.RUNNING or not is_stale(current, ports.clock()):
        return None
    _see_to(ports, current)
    return "recovered"


def _see_to(ports: ImportWorkerPorts, current: Import) -> None:
    if is_exhausted(current):
        ImportLease(ports, current).give_up(GAVE_UP)
    elif is_unstartable(current, ports.clock()):
        ImportLease(ports, current).give_up(NEVER_STARTED)
    else:
        enqueue(ports, current.partner_id, current.import_id)
