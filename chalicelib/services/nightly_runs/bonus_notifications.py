"""Notifies of earned bonuses: runs the bonus tracker, and each recipient gets one mail that names them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain.access import system_actor
from chalicelib.domain.changes import Change, Insert, Replace
from chalicelib.domain.report_runs.report_runs import ReportRequest
from chalicelib.domain.report_runs.transitions import requested
from chalicelib.reports.types import new_account_bonus_tracker
from chalicelib.services.report_runs import report_runs
from chalicelib.services.transactions import retry_on_conflict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chalicelib.domain.accounts.bonuses import Bonus
    from chalicelib.domain.report_runs.report_runs import ReportRun
    from chalicelib.services.ports import SettlementPorts

MAX_BATCH_SIZE = 90
"""Bonuses that one transaction can mark, and one mail names."""


def notify_earned(ports: SettlementPorts, partner_id: str, earned: Iterable[str] = ()) -> list[ReportRun]:
    """Run the tracker for bonuses whose mail nobody has seen to; `earned` are those the index may not have yet.

    That a bonus is announced, and the run whose mail names it, are written together: once, whatever is repeated.
    """
    waiting = {*earned, *(item.account_id for item in ports.bonuses.unnotified(partner_id))}
    runs = []
    for some in _chunks(sorted(waiting)):
        run = retry_on_conflict(ports.transaction_writer, lambda some=some: _announced(ports, partner_id, some))  # type: ignore[misc]
        if run:
            runs.append(run)
    return runs


def _chunks(account_ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (account_ids[start : start + MAX_BATCH_SIZE] for start in range(0, len(account_ids), MAX_BATCH_SIZE))


def _announced(ports: SettlementPorts, partner_id: str, account_ids: Sequence[str]) -> Change[ReportRun | None]:
    bonuses = [
        bonus for account_id in account_ids if (bonus := ports.bonuses.get(account_id)) and _waits(bonus, partner_id)
    ]
    if not bonuses:
        return Change((), None)
    settings = ports.partners.get(partner_id).settings
    request = ReportRequest(
        report=new_account_bonus_tracker.REPORT.code,
        formats=settings.tracker_formats,
        email_to=settings.recipients,
        bonus_account_ids=tuple(bonus.account_id for bonus in bonuses),
    )
    run = requested(system_actor(partner_id), request, ports.clock())
    marks = (Replace(bonus, replace(bonus, notified=True, version=bonus.version + 1)) for bonus in bonuses)
    effects = (lambda: report_runs.enqueue(ports, run.partner_id, run.report_run_id),)
    return Change((Insert(run), *marks), run, effects)


def _waits(bonus: Bonus, partner_id: str) -> bool:
    return bonus.partner_id == partner_id and not bonus.notified
