"""A report run as the API shows it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from chalicelib.api.http.operation import Instant, View
from chalicelib.api.report_runs.fields import ReportCode, ReportFormat
from chalicelib.domain.accounts.accounts import Status
from chalicelib.domain.accounts.filters import plain
from chalicelib.domain.kernel.clock import instant_text
from chalicelib.domain.kernel.files import DOWNLOAD_SECONDS
from chalicelib.domain.report_runs.report_runs import ReportFile, ReportRun, ReportRunStatus
from chalicelib.reports.formats import format_of

if TYPE_CHECKING:
    from chalicelib.domain.ports import HasFiles


class Download(View):
    """Where a file can be fetched for five minutes."""

    url: str
    expires_at: Instant


class ReportFileView(View):
    """One file of a report run."""

    format: ReportFormat
    name: str
    """What it is called when somebody downloads it."""
    bytes: int
    download: Download
    """Where it can be fetched."""


class ReportRunView(View):
    """A report run, and its files once it is ready."""

    report_run_id: str
    report: ReportCode
    formats: tuple[ReportFormat, ...]
    account_status: Status | None
    filters: dict[str, str | int | bool]
    status: ReportRunStatus
    progress: int
    """Hundredths of the way, as far as that is known."""
    rows: int | None
    requested_by: str
    report_schedule_id: str | None
    """The schedule that it was made for."""
    email_to: tuple[str, ...]
    requested_at: Instant
    as_of: Instant | None
    """When what it shows was read."""
    finished_at: Instant | None
    seconds: float | None
    expires_at: Instant | None
    reason: str | None
    """Why it failed."""
    notes: tuple[str, ...]
    missing_glyphs: int
    links_revoked_at: Instant | None
    """Links mailed until then work no longer."""
    files: list[ReportFileView]
    """Its files, while they are there."""


def present(ports: HasFiles, run: ReportRun) -> ReportRunView:
    """Return the run as it is now; files that have expired are no longer offered."""
    status = run.status_at(ports.clock())
    return ReportRunView(
        report_run_id=run.report_run_id,
        report=run.request.report,
        formats=run.request.formats,
        account_status=run.request.account_status,
        filters=plain(run.request.filters),
        status=status,
        progress=run.progress,
        rows=run.rows,
        requested_by=run.requested_by,
        report_schedule_id=run.report_schedule_id,
        email_to=run.request.email_to,
        requested_at=instant_text(run.requested_at),
        as_of=_text(run.as_of),
        finished_at=_text(run.finished_at),
        seconds=run.seconds,
        expires_at=_text(run.expires_at),
        reason=run.reason,
        notes=run.notes,
        missing_glyphs=run.missing_glyphs,
        links_revoked_at=_text(run.links_revoked_at),
        files=[_file(ports, file) for file in run.files] if status is ReportRunStatus.READY else [],
    )


def _text(at: datetime | None) -> str | None:
    return instant_text(at) if at else None


def _file(ports: HasFiles, file: ReportFile) -> ReportFileView:
    url = ports.files.download_url(file.key, file.name, format_of(file.format).media_type)
    until = ports.clock() + timedelta(seconds=DOWNLOAD_SECONDS)
    download = Download(url=url, expires_at=instant_text(until))
    return ReportFileView(format=file.format, name=file.name, bytes=file.bytes, download=download)
