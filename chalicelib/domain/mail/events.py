"""Which mails a report run brings about when it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.mail.deliveries import Delivery, DeliveryKind, delivery_id, queued
from chalicelib.domain.report_runs.report_runs import ReportRunStatus

if TYPE_CHECKING:
    from chalicelib.domain.report_runs.report_runs import ReportRun


def emails_for_run(run: ReportRun) -> tuple[Delivery, ...]:
    """Return the mails about a run that has just become ready or failed."""
    if run.status not in (ReportRunStatus.READY, ReportRunStatus.FAILED):
        return ()
    event = run.report_run_id.rpartition("_")[2]
    addresses = {delivery_id(event, address): address for address in reversed(run.request.email_to)}
    return tuple(_about(run, event, address) for address in addresses.values())


def _about(run: ReportRun, event: str, address: str) -> Delivery:
    return queued(
        _kind(run),
        run.partner_id,
        run.finished_at or run.last_heartbeat_at,
        event=event,
        address=address,
        report_run_id=run.report_run_id,
        recurring=bool(run.request.bonus_account_ids or run.report_schedule_id),
    )


def _kind(run: ReportRun) -> DeliveryKind:
    """Earned bonuses are told of even where their tracker could not be made."""
    if run.request.bonus_account_ids:
        return DeliveryKind.BONUSES_EARNED
    return DeliveryKind.REPORT_READY if run.status is ReportRunStatus.READY else DeliveryKind.REPORT_FAILED
