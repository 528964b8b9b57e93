"""Removing report files that nobody removed: of failed and expired runs, and of runs that were taken away.

A worker that is killed leaves what it has written. The run's record says when that is to go; where there is none any
more, the files stay as long as a restored set of tables may still know the run, and then go too.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.kernel.ids import ordered_id
from chalicelib.domain.kernel.paging import MAX_LIMIT, items_of_all
from chalicelib.domain.report_runs.report_runs import ReportRunStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chalicelib.domain.ports import HasClock, HasReportRuns
    from chalicelib.services.ports import ReportRunWriterPorts

KEPT_WITHOUT_RECORD = timedelta(days=30)
"""Files of a run without a record: tables that are restored, or switched back to, may have it."""
WITHOUT_FILES = frozenset({ReportRunStatus.FAILED, ReportRunStatus.EXPIRED})


def remove_leftovers(ports: ReportRunWriterPorts, partner_id: str) -> int:
    """Remove every folder of the partner's runs whose run has no files any more; says how many there were."""
    folders = ports.files.folders(f"reports/{partner_id}/")
    report_run_ids = [folder.rstrip("/").rpartition("/")[2] for folder in folders]
    states = _states(ports, partner_id) if report_run_ids else {}
    left_over = [item for item in report_run_ids if _is_left_over(ports, states, item)]
    for report_run_id in left_over:
        ports.files.delete_all(f"reports/{partner_id}/{report_run_id}/")
    return len(left_over)


def _states(ports: HasReportRuns, partner_id: str) -> dict[str, ReportRunStatus]:
    """Read the runs by their pages: one request for many, where a look-up of each would be one for each."""
    runs = items_of_all(lambda after: ports.report_runs.page(partner_id, after, MAX_LIMIT))
    return {run.report_run_id: run.status for run in runs}


def _is_left_over(ports: HasClock, states: Mapping[str, ReportRunStatus], report_run_id: str) -> bool:
    if report_run_id in states:
        return states[report_run_id] in WITHOUT_FILES
    return report_run_id < ordered_id("run", ports.clock() - KEPT_WITHOUT_RECORD)
