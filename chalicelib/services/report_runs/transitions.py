"""Saves a run's transitions, and its progress while it is made."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.changes import Change, Insert, Replace
from chalicelib.domain.kernel.errors import NotFound, StaleVersion, Unavailable
from chalicelib.domain.mail.events import emails_for_run
from chalicelib.domain.report_runs.transitions import progressed
from chalicelib.services.leases import write_transition
from chalicelib.services.mail.deliveries import enqueue

if TYPE_CHECKING:
    from chalicelib.domain.ports import HasReportRuns
    from chalicelib.domain.report_runs.report_runs import ReportRun
    from chalicelib.services.ports import ReportRunWriterPorts

PROGRESS_INTERVAL_SECONDS = timedelta(seconds=2)
MAX_PERCENT_WHILE_RUNNING = 99


def save_transition(ports: ReportRunWriterPorts, current: ReportRun, updated: ReportRun) -> ReportRun:
    """Write the run's next state, and with its end the mails about it.

    Raises `StaleVersion` where somebody else has taken the run on, or away.
    """
    change = Change((Replace(current, updated), *map(Insert, emails_for_run(updated))), updated)
    write_transition(ports.transaction_writer, change, lambda: _stored(ports, updated))
    enqueue(ports, *emails_for_run(updated))
    return updated


def _stored(ports: HasReportRuns, run: ReportRun) -> ReportRun:
    try:
        return ports.report_runs.get(run.partner_id, run.report_run_id)
    except NotFound as error:
        raise StaleVersion("The report run has been taken away.") from error


class Progress:
    """Writes every two seconds how far a run is, which also shows that its worker lives."""

    def __init__(self, ports: ReportRunWriterPorts, run: ReportRun) -> None:
        self._ports = ports
        self.run = run
        """The run as it was last written."""
        self.expected: int | None = None
        """How many rows it will have, as far as that is known."""

    def __call__(self, rows: int) -> None:
        """There are so many rows now."""
        now = self._ports.clock()
        if now - self.run.last_heartbeat_at < PROGRESS_INTERVAL_SECONDS:
            return
        further = progressed(self.run, now, self._percent(rows), rows)
        with suppress(Unavailable):
            self.run = save_transition(self._ports, self.run, further)

    def _percent(self, rows: int) -> int:
        return min(MAX_PERCENT_WHILE_RUNNING, 100 * rows // self.expected) if self.expected else 0
