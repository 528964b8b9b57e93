"""Imports that are said to run and that nobody is at: handed over again, or given up when that did not help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.imports.imports import ImportState
from chalicelib.domain.imports.transitions import exhausted, silent, unstartable
from chalicelib.domain.kernel.errors import PartnerbookError
from chalicelib.services.imports.imports import hand_over
from chalicelib.services.imports.lease import Holding

if TYPE_CHECKING:
    from chalicelib.domain.imports.imports import Import
    from chalicelib.domain.ports import Ports

AT_ONCE = 200
"""Imports in one sweep; the next one is five minutes away."""
STUCK = (
    "It stopped again and again at the same place and got no further. "
    "Import the file once more: what is in already stays as it is."
)
NEVER_STARTED = "It could not be started within a day. Make another import and upload the file again."


def resend_stuck(ports: Ports) -> int:
    """See to every import that is stuck; says how many were."""
    stuck = [each for each in ports.imports.running(AT_ONCE) if silent(each, ports.clock())]
    return sum(_seen_to(ports, each) for each in stuck)


def _seen_to(ports: Ports, stuck: Import) -> bool:
    """Whether it is stuck as it is now; one that cannot be seen to at present does not hold the others up."""
    try:
        was = ports.imports.get(stuck.partner_id, stuck.import_id)
        if was.state is not ImportState.RUNNING or not silent(was, ports.clock()):
            return False
        _see_to(ports, was)
    except PartnerbookError:
        pass
    return True


def _see_to(ports: Ports, was: Import) -> None:
    if exhausted(was):
        Holding(ports, was).give_up(STUCK)
    elif unstartable(was, ports.clock()):
        Holding(ports, was).give_up(NEVER_STARTED)
    else:
        hand_over(ports, was.partner_id, was.import_id)
