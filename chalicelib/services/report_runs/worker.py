"""What a report worker does with one message: make the run it names, unless that is done or another worker is at it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from chalicelib.domain.kernel.clock import today
from chalicelib.domain.kernel.errors import Invalid, NotFound, PartnerbookError, StaleVersion
from chalicelib.domain.report_runs.transitions import LEASE, failed, finished, is_startable, started, waiting_again
from chalicelib.services.accounts.due_changes import catch_up
from chalicelib.services.report_runs.limits import require_countable
from chalicelib.services.report_runs.transitions import Progress, save_transition
from chalicelib.services.report_runs.writing import write

if TYPE_CHECKING:
    from chalicelib.domain.report_runs.report_runs import ReportRun
    from chalicelib.services.ports import ReportRunWriterPorts, ReportWorkerPorts

GAVE_UP = "Something went wrong on our side {attempts} times, so it was given up. Run the report again."


def make(ports: ReportWorkerPorts, partner_id: str, report_run_id: str) -> ReportRun | None:
    """Make a run; None where there was nothing to do. However often its message comes, it is made once."""
    run = _claimed(ports, partner_id, report_run_id)
    return _attempted(ports, run) if run else None


def _claimed(ports: ReportRunWriterPorts, partner_id: str, report_run_id: str) -> ReportRun | None:
    now = ports.clock()
    with suppress(NotFound, StaleVersion):
        run = ports.report_runs.get(partner_id, report_run_id)
        return save_transition(ports, run, started(run, now)) if is_startable(run, now) else None
    return None


def _attempted(ports: ReportWorkerPorts, run: ReportRun) -> ReportRun | None:
    progress = Progress(ports, run)
    try:
        _settle(ports, run.partner_id)
        progress.expected = require_countable(ports, run.partner_id, run.request)
        return _made(ports, progress)
    except StaleVersion:
        ports.files.delete_all(run.attempt_folder)
        return None
    except Invalid as refusal:
        return _given_up(ports, progress.run, refusal.detail)
    except Exception:
        _put_back(ports, progress.run)
        raise


def _settle(ports: ReportWorkerPorts, partner_id: str) -> None:
    """Apply what is due of the partner first, where that was not done today."""
    day, settled_on = today(ports.clock), ports.partners.get(partner_id).settled_on
    if settled_on is None or settled_on < day:
        catch_up(ports, partner_id)


def _made(ports: ReportWorkerPorts, progress: Progress) -> ReportRun:
    made = write(ports, progress.run, progress)
    days = ports.partners.get(progress.run.partner_id).settings.report_retention_days
    done = save_transition(ports, progress.run, finished(progress.run, ports.clock(), made, days))
    for attempt in range(1, done.attempts):
        ports.files.delete_all(f"{done.folder}{attempt}/")
    return done


def _given_up(ports: ReportRunWriterPorts, run: ReportRun, reason: str) -> ReportRun:
    """Fail the run, its files before its record says so; only those of attempts that were made by now."""
    for attempt in range(1, run.attempts + 1):
        ports.files.delete_all(f"{run.folder}{attempt}/")
    return save_transition(ports, run, failed(run, ports.clock(), reason))


def _put_back(ports: ReportRunWriterPorts, run: ReportRun) -> None:
    """Put the run back for the sweeper; where not even that can be written, its stale heartbeat tells."""
    with suppress(PartnerbookError):
        if LEASE.is_exhausted(run.attempts):
            _given_up(ports, run, GAVE_UP.format(attempts=run.attempts))
        else:
            save_transition(ports, run, waiting_again(run, ports.clock()))
