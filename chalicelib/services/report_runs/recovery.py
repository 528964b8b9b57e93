"""Recovers stale report runs: enqueues them again, gives them up, or removes their expired files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.report_runs.report_runs import ReportRunStatus
from chalicelib.domain.report_runs.transitions import LEASE, recovered
from chalicelib.services.leases import recover_each
from chalicelib.services.report_runs.report_runs import enqueue
from chalicelib.services.report_runs.transitions import save_transition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.domain.ports import HasReportRuns
    from chalicelib.domain.report_runs.report_runs import ReportRun
    from chalicelib.services.ports import ReportRunWriterPorts

MAX_PER_RUN = 200
"""Runs of each status in one run of the sweeper; the next one is five minutes away."""


def recover_report_runs(ports: ReportRunWriterPorts) -> dict[str, int]:
    """Recover all that are stale; gives how many there are by what became of them."""
    return recover_each(stale_runs(ports), lambda run: recover(ports, run).status.value)


def stale_runs(ports: HasReportRuns) -> Iterator[ReportRun]:
    """Runs that have waited too long, whose worker must be dead, or whose files have expired."""
    now = ports.clock()
    for status, until in (
        (ReportRunStatus.REQUESTED, now - LEASE.requeue_after),
        (ReportRunStatus.RUNNING, now - LEASE.duration),
        (ReportRunStatus.READY, now),
    ):
        yield from ports.report_runs.stale(status, until, MAX_PER_RUN)


def recover(ports: ReportRunWriterPorts, stale: ReportRun) -> ReportRun:
    """See to one of them, as it is now; files go before the record says so, so that none is forgotten."""
    current = ports.report_runs.get(stale.partner_id, stale.report_run_id)
    now = recovered(current, ports.clock())
    if now is current:
        return current
    if now.status in (ReportRunStatus.EXPIRED, ReportRunStatus.FAILED):
        ports.files.delete_all(current.folder)
    save_transition(ports, current, now)
    if now.status is ReportRunStatus.REQUESTED:
        enqueue(ports, now.partner_id, now.report_run_id)
    return now
