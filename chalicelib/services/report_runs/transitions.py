"""Writing a run's next step, and telling how far it is while it is made."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.changes import Change, Insert, Replace
from chalicelib.domain.kernel.errors import Busy, Changed, NotFound
from chalicelib.domain.mail.events import of_run
from chalicelib.domain.report_runs.transitions import progressed
from chalicelib.services.mail.deliveries import hand_over

if TYPE_CHECKING:
    from chalicelib.domain.ports import Ports
    from chalicelib.domain.report_runs.report_runs import ReportRun

EVERY = timedelta(seconds=2)
ALMOST = 99


def step(ports: Ports, was: ReportRun, now: ReportRun) -> ReportRun:
    """Write the run's next step, and with its end the mails about it.

    Raises `Changed` where somebody else has taken the run on, or away. A step that was written although its answer was
    lost is found by reading the run again.
    """
    try:
        ports.journal.commit(Change((Replace(was, now), *map(Insert, of_run(now))), now))
    except (Busy, Changed):
        if _stored(ports, now) != now:
            raise
    hand_over(ports, *of_run(now))
    return now


def _stored(ports: Ports, run: ReportRun) -> ReportRun:
    try:
        return ports.report_runs.get(run.partner_id, run.report_run_id)
    except NotFound as error:
        raise Changed("The report run has been taken away.") from error


class Progress:
    """Writes every two seconds how far a run is, which also shows that its worker lives."""

    def __init__(self, ports: Ports, run: ReportRun) -> None:
        self._ports = ports
        self.run = run
        """The run as it was last written."""
        self.expected: int | None = None
        """How many rows it will have, as far as that is known."""

    def __call__(self, rows: int) -> None:
        """There are so many rows now."""
        now = self._ports.clock()
        if now - self.run.heard_at < EVERY:
            return
        further = progressed(self.run, now, self._hundredths(rows), rows)
        with suppress(Busy):
            self.run = step(self._ports, self.run, further)

    def _hundredths(self, rows: int) -> int:
        return min(ALMOST, 100 * rows // self.expected) if self.expected else 0
