"""Carrying erasures out: what a worker does with one message, and the recovery of those whose worker is gone."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.erasures import REQUEUE_AFTER, ErasureStatus, finished, kept_going
from chalicelib.domain.changes import Change, Replace
from chalicelib.domain.kernel.errors import PartnerbookError
from chalicelib.services.accounts.erasure_steps import STEPS
from chalicelib.services.accounts.erasures import enqueue

if TYPE_CHECKING:
    from chalicelib.domain.accounts.erasures import Erasure
    from chalicelib.services.ports import ErasurePorts, ErasureWorkerPorts

BATCH_SIZE = 100
"""Erasures in one run; the next one is five minutes away."""


def carry_out(ports: ErasureWorkerPorts, partner_id: str, account_id: str) -> Erasure | None:
    """Do every step of an erasure; None where there is nothing to do. Done again, it changes nothing more.

    A step that fails leaves the erasure running: its message comes again, and the sweeper sends another.
    """
    erasure = ports.erasures.get(partner_id, account_id)
    if erasure is None or erasure.status is ErasureStatus.DONE:
        return None
    waiting = [reason for step in STEPS[erasure.scope] if (reason := step(ports, erasure))]
    at = ports.clock()
    updated = kept_going(erasure, at, waiting[0]) if waiting else finished(erasure, at)
    return ports.transaction_writer.write(Change((Replace(erasure, updated),), updated))


def recover_erasures(ports: ErasurePorts) -> int:
    """Enqueue stale running erasures again; says how many."""
    found = 0
    for item in ports.erasures.running(ports.clock() - REQUEUE_AFTER, BATCH_SIZE):
        with suppress(PartnerbookError):
            enqueue(ports, item)
            found += 1
    return found
