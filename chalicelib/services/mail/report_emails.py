"""Writes the mails about a report run: that it is ready, that it failed, or which bonuses were earned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.domain.kernel.errors import NotFound
from chalicelib.domain.mail.deliveries import DeliveryKind, DeliveryStatus
from chalicelib.domain.mail.email_messages import BonusesEarned, FileLink, ReportFacts, ReportFailed, ReportReady
from chalicelib.domain.report_runs.downloads import Download, issue
from chalicelib.domain.report_runs.report_runs import ReportRunStatus
from chalicelib.reports.catalogue import REPORTS
from chalicelib.reports.headings import parameters
from chalicelib.services.mail import recipients
from chalicelib.services.mail.delivery_skipped import DeliverySkipped

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.domain.changes import Write
    from chalicelib.domain.mail.deliveries import Delivery
    from chalicelib.domain.mail.email_messages import EmailContent
    from chalicelib.domain.partners.partners import Partner
    from chalicelib.domain.ports import HasBonuses, HasReportRuns
    from chalicelib.domain.report_runs.downloads import IssuedDownload
    from chalicelib.domain.report_runs.report_runs import ReportFile, ReportRun
    from chalicelib.services.ports import SendWorkerPorts


@dataclass(frozen=True, slots=True)
class Written:
    """A letter, whom it goes to, and the links in it."""

    to: str
    content: EmailContent
    downloads: tuple[Download, ...] = ()
    writes: tuple[Write, ...] = ()
    """What else is written before it is sent."""


def about_run(ports: SendWorkerPorts, partner: Partner, delivery: Delivery, at: datetime) -> Written:
    """Return the mail about the delivery's run, with fresh links to its files."""
    run = _run(ports, delivery)
    address = delivery.address or ""
    recipient = recipients.find(ports, partner, address)
    if recipient is None:
        raise DeliverySkipped(DeliveryStatus.SUPPRESSED, "The address is no longer of the team nor in the settings.")
    available = run.files if run.status_at(at) is ReportRunStatus.READY else ()
    links = tuple((file, issue(run, file, recipient, at, partner.settings.link_days)) for file in available)
    content = _content(ports, delivery.kind, run, _facts(run, partner, links))
    return Written(address, content, tuple(issued.download for _, issued in links))


def _run(ports: HasReportRuns, delivery: Delivery) -> ReportRun:
    try:
        return ports.report_runs.get(delivery.partner_id, delivery.report_run_id or "")
    except NotFound:
        raise DeliverySkipped(DeliveryStatus.FAILED, "The report run has been taken away.") from None


def _content(ports: HasBonuses, kind: DeliveryKind, run: ReportRun, facts: ReportFacts) -> EmailContent:
    if kind is DeliveryKind.BONUSES_EARNED:
        found = (ports.bonuses.get(account_id) for account_id in run.request.bonus_account_ids)
        bonuses = sorted((item for item in found if item), key=lambda item: (item.earned_on, item.username))
        return BonusesEarned(report=facts, bonuses=tuple(bonuses))
    if kind is DeliveryKind.REPORT_FAILED:
        return ReportFailed(report=facts, reason=run.reason or "")
    if not facts.links:
        raise DeliverySkipped(DeliveryStatus.FAILED, "The files are no longer kept. Run the report again.")
    return ReportReady(report=facts)


def _facts(run: ReportRun, partner: Partner, links: tuple[tuple[ReportFile, IssuedDownload], ...]) -> ReportFacts:
    return ReportFacts(
        partner=partner.name,
        title=REPORTS[run.request.report].title,
        parameters=parameters(run.request),
        requested_at=run.requested_at,
        time_zone=partner.settings.time_zone,
        scheduled=run.report_schedule_id is not None,
        as_of=run.as_of,
        rows=run.rows or 0,
        notes=run.notes,
        links=tuple(
            FileLink(format=file.format, name=file.name, bytes=file.bytes, token=issued.token) for file, issued in links
        ),
        links_end_at=min((issued.download.expires_at for _, issued in links), default=None),
    )
