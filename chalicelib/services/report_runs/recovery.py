"""Report runs that nothing happens to any more: handed over again, given up, or cleared of expired files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.report_runs.report_runs import RunState
from chalicelib.domain.report_runs.transitions import SILENCE, UNSTARTED, swept
from chalicelib.services.report_runs.report_runs import hand_over
from chalicelib.services.report_runs.transitions import step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.domain.ports import Ports
    from chalicelib.domain.report_runs.report_runs import ReportRun

AT_ONCE = 200
"""Runs of each kind in one sweep; the next one is five minutes away."""


def quiet_runs(ports: Ports) -> Iterator[ReportRun]:
    """Runs that have waited too long, whose worker must be dead, or whose files have expired."""
    now = ports.clock()
    for state, until in (
        (RunState.REQUESTED, now - UNSTARTED),
        (RunState.RUNNING, now - SILENCE),
        (RunState.READY, now),
    ):
        yield from ports.report_runs.quiet(state, until, AT_ONCE)


def sweep(ports: Ports, quiet: ReportRun) -> ReportRun:
    """See to one of them, as it is now; files go before the record says so, so that none is forgotten."""
    was = ports.report_runs.get(quiet.partner_id, quiet.report_run_id)
    now = swept(was, ports.clock())
    if now is was:
        return was
    if now.state in (RunState.EXPIRED, RunState.FAILED):
        ports.files.delete_all(was.folder)
    step(ports, was, now)
    if now.state is RunState.REQUESTED:
        hand_over(ports, now.partner_id, now.report_run_id)
    return now
