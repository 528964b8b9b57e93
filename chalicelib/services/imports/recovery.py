"""Recovers stale imports: enqueues them again, or gives them up when that did not help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.imports.imports import ImportStatus
from chalicelib.domain.imports.transitions import is_exhausted, is_stale, is_unstartable
from chalicelib.domain.kernel.errors import PartnerbookError
from chalicelib.services.imports.imports import enqueue
from chalicelib.services.imports.lease import ImportLease

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
    stale = [item for item in ports.imports.running(MAX_PER_RUN) if is_stale(item, ports.clock())]
    return sum(_seen_to(ports, item) for item in stale)


def _seen_to(ports: ImportWorkerPorts, stale: Import) -> bool:
    """Tell whether it is stale as it is now; one that cannot be seen to at present does not hold the others up."""
    try:
        current = ports.imports.get(stale.partner_id, stale.import_id)
        if current.status is not ImportStatus.RUNNING or not is_stale(current, ports.clock()):
            return False
        _see_to(ports, current)
    except PartnerbookError:
        pass
    return True


def _see_to(ports: ImportWorkerPorts, current: Import) -> None:
    if is_exhausted(current):
        ImportLease(ports, current).give_up(GAVE_UP)
    elif is_unstartable(current, ports.clock()):
        ImportLease(ports, current).give_up(NEVER_STARTED)
    else:
        enqueue(ports, current.partner_id, current.import_id)
