"""Removing report files that nobody removed: of failed and expired runs, and of runs that were taken away.

A worker that is killed leaves what it has written. The run's record says when that is to go; where there is none any
more, the files stay as long as a restored set of tables may still know the run, and then go too.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.errors import NotFound
from chalicelib.domain.ids import ordered_id
from chalicelib.domain.reports import RunState

if TYPE_CHECKING:
    from chalicelib.domain.ports import Ports

KEPT_WITHOUT_RECORD = timedelta(days=30)
"""Files of a run without a record: tables that are restored, or switched back to, may have it."""
WITHOUT_FILES = frozenset({RunState.FAILED, RunState.EXPIRED})


def remove_leftovers(ports: Ports, partner_id: str) -> int:
    """Remove every folder of the partner's runs whose run has no files any more; says how many there were."""
    removed = 0
    for folder in ports.files.folders(f"reports/{partner_id}/"):
        report_run_id = folder.rstrip("/").rpartition("/")[2]
        if _is_left_over(ports, partner_id, report_run_id):
            ports.files.delete_all(f"reports/{partner_id}/{report_run_id}/")
            removed += 1
    return removed


def _is_left_over(ports: Ports, partner_id: str, report_run_id: str) -> bool:
    try:
        return ports.report_runs.get(partner_id, report_run_id).state in WITHOUT_FILES
    except NotFound:
        return report_run_id < ordered_id("run", ports.clock() - KEPT_WITHOUT_RECORD)
