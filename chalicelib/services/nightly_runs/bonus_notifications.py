"""Announcing earned bonuses: the night's bonus tracker is run, and each recipient gets one mail that names them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain.access import calendar
from chalicelib.domain.changes import Change, Insert, Replace
from chalicelib.domain.report_runs.report_runs import ReportRequest
from chalicelib.domain.report_runs.transitions import requested
from chalicelib.reports.types import new_account_bonus_tracker
from chalicelib.services.report_runs import report_runs
from chalicelib.services.transactions import commit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chalicelib.domain.accounts.bonuses import Bonus
    from chalicelib.domain.ports import Ports
    from chalicelib.domain.report_runs.report_runs import ReportRun

AT_ONCE = 90
"""Bonuses that one transaction can mark, and one mail names."""


def announce(ports: Ports, partner_id: str, earned: Iterable[str] = ()) -> list[ReportRun]:
    """Run the tracker for bonuses whose mail nobody has seen to; `earned` are those the index may not have yet.

    That a bonus is announced, and the run whose mail names it, are written together: once, whatever is repeated.
    """
    waiting = {*earned, *(each.account_id for each in ports.bonuses.unannounced(partner_id))}
    runs = []
    for some in _chunks(sorted(waiting)):
        run = commit(ports.journal, lambda some=some: _announced(ports, partner_id, some))  # type: ignore[misc]
        if run:
            report_runs.hand_over(ports, run.partner_id, run.report_run_id)
            runs.append(run)
    return runs


def _chunks(account_ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (account_ids[start : start + AT_ONCE] for start in range(0, len(account_ids), AT_ONCE))


def _announced(ports: Ports, partner_id: str, account_ids: Sequence[str]) -> Change[ReportRun | None]:
    bonuses = [bonus for each in account_ids if (bonus := ports.bonuses.get(each)) and _waits(bonus, partner_id)]
    if not bonuses:
        return Change((), None)
    settings = ports.partners.get(partner_id).settings
    request = ReportRequest(
        report=new_account_bonus_tracker.REPORT.code,
        formats=settings.tracker_formats,
        email_to=settings.recipients,
        announces=tuple(each.account_id for each in bonuses),
    )
    run = requested(calendar(partner_id), request, ports.clock())
    marks = (Replace(each, replace(each, announced=True, version=each.version + 1)) for each in bonuses)
    return Change((Insert(run), *marks), run)


def _waits(bonus: Bonus, partner_id: str) -> bool:
    return bonus.partner_id == partner_id and not bonus.announced
