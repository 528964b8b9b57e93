"""What names somebody whom reports are mailed to: a schedule, a report run and a mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from chalicelib.domain.access import system_actor
from chalicelib.domain.mail.deliveries import Delivery, DeliveryKind, DeliveryStatus
from chalicelib.domain.report_runs.report_runs import ReportRequest, ReportRun, ReportRunStatus
from chalicelib.domain.report_runs.report_schedules import Frequency, ReportSchedule, Timing
from chalicelib.domain.report_runs.transitions import requested
from tests.fault_injection.world import NOON

GRACE = "grace@acme.example"
YESTERDAY = NOON - timedelta(days=1)


def mailed_to(partner_id: str, address: str) -> tuple[ReportSchedule, ReportRun, Delivery]:
    """Return a schedule that mails to it alone and is not due, an ended run, and the mail about that."""
    request = ReportRequest(report="all-accounts-summary", formats=("csv",), email_to=(address,))
    run = requested(system_actor(partner_id), request, YESTERDAY)
    return (
        ReportSchedule(
            partner_id=partner_id,
            report_schedule_id="sched_mailed",
            request=request,
            timing=Timing(frequency=Frequency.DAILY, hour=12),
            created_by="admin",
            created_at=YESTERDAY,
            next_run_at=NOON + timedelta(days=9),
        ),
        replace(run, report_run_id="run_mailed", status=ReportRunStatus.EXPIRED),
        Delivery(
            partner_id=partner_id,
            delivery_id="mail_mailed",
            kind=DeliveryKind.REPORT_READY,
            queued_at=YESTERDAY,
            last_heartbeat_at=YESTERDAY,
            address=address,
            report_run_id="run_mailed",
            status=DeliveryStatus.SENT,
        ),
    )
