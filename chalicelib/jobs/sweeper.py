"""Recovers every five minutes work that a crash kept from its queue or left half done: nothing waits for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chalice.app import Blueprint, Rate

from chalicelib import telemetry
from chalicelib.domain.report_runs.report_runs import ReportRunStatus
from chalicelib.jobs.decorators import count, job
from chalicelib.services.accounts.erasure_recovery import recover_erasures
from chalicelib.services.bulk_operations.recovery import recover_bulk_operations
from chalicelib.services.imports.recovery import recover_imports
from chalicelib.services.mail.recovery import recover_deliveries
from chalicelib.services.nightly_runs.nightly_runs import finish_runs
from chalicelib.services.partners.session_endings import end_sessions
from chalicelib.services.report_runs.recovery import recover_report_runs

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalicelib.bootstrap import Ports
    from chalicelib.jobs.decorators import LogFields

blueprint = Blueprint(__name__)


class StepsFailed(Exception):
    """Some steps of a run failed; the others were done."""


@blueprint.schedule(Rate(5, Rate.MINUTES))
@job
def sweeper(ports: Ports) -> LogFields:
    """Enqueue stale runs, imports, bulk operations and mails again, give up hopeless ones, remove expired files."""
    results, failures = _each_by_itself(ports, STEPS)
    runs, mails = results.get("report_runs", {}), results.get("mails", {})
    stuck = (
        runs.get(ReportRunStatus.REQUESTED.value, 0)
        + runs.get(ReportRunStatus.FAILED.value, 0)
        + results.get("imports", 0)
        + results.get("bulk_operations", 0)
    )
    count("StuckRuns", stuck)
    count("MailsUnsure", mails.get("unsure", 0))
    if failures:
        raise StepsFailed(f"{len(failures)} of {len(STEPS)} steps failed.") from failures[0]
    return results


def _each_by_itself(ports: Ports, steps: dict[str, Callable[[Ports], Any]]) -> tuple[LogFields, list[Exception]]:
    """Do every step, whatever becomes of the others; a failure has a line of its own in the log."""
    results: LogFields = {}
    failures: list[Exception] = []
    for name, step in steps.items():
        try:
            results[name] = step(ports)
        except Exception as error:  # noqa: BLE001 it is logged, and raised again when the other steps are done
            telemetry.logger().error("step", extra={"job": "sweeper", "step": name, **telemetry.traced(error)})
            failures.append(error)
    return results, failures


STEPS: dict[str, Callable[[Ports], Any]] = {
    "report_runs": recover_report_runs,
    "imports": recover_imports,
    "bulk_operations": recover_bulk_operations,
    "nights_finished": finish_runs,
    "mails": recover_deliveries,
    "erasures": recover_erasures,
    "sessions_ended": end_sessions,
}
