"""Links that last: a token in an e-mail that is bound to one file, expires, and can be revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.kernel.email_addresses import address_key
from chalicelib.domain.kernel.errors import Gone
from chalicelib.domain.kernel.ids import hashed_token, new_token
from chalicelib.domain.report_runs.report_runs import ReportRunStatus

if TYPE_CHECKING:
    from chalicelib.domain.report_runs.report_runs import ReportFile, ReportRun


NO_FILE = "The file is no longer kept. Ask for the report again."
NO_RECIPIENT = (
    "This link was mailed to someone who no longer receives this partner's reports. Sign in to get the report, or ask "
    "the partner's team for it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """What one token opens."""

    token_hash: str
    partner_id: str
    report_run_id: str
    format: str
    recipient: str
    """A hash that stands for the address it was mailed to."""
    subject: str | None = None
    """The member who had that address when it was mailed: an address may change hands."""
    issued_at: datetime
    expires_at: datetime
    uses: int = 0


@dataclass(frozen=True, slots=True)
class IssuedDownload:
    """A fresh link and its token, which is told once."""

    download: Download
    token: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a link is mailed to."""

    address: str
    subject: str | None = None
    """The member with this address, if it is one of the team."""


def issue(run: ReportRun, file: ReportFile, recipient: Recipient, at: datetime, days: int) -> IssuedDownload:
    """Return a link to one file of a run for one recipient; it never outlives the file."""
    token = new_token()
    until = at + timedelta(days=days)
    return IssuedDownload(
        Download(
            token_hash=hashed_token(token),
            partner_id=run.partner_id,
            report_run_id=run.report_run_id,
            format=file.format,
            recipient=recipient_key(recipient.address),
            subject=recipient.subject,
            issued_at=at,
            expires_at=min(until, run.expires_at) if run.expires_at else until,
        ),
        token,
    )


def recipient_key(address: str) -> str:
    """Return what stands for the address a link was mailed to, so that the address itself is not kept with the link."""
    return sha256(f"recipient {address_key(address)}".encode()).hexdigest()


def require_open(download: Download, run: ReportRun, at: datetime) -> ReportFile:
    """Return the file that the link opens now; raises `Gone` where it expired, was revoked, or the file is no longer
    kept.
    """
    if at >= download.expires_at:
        raise Gone(f"This link expired on {download.expires_at:%Y-%m-%d %H:%M} UTC. Ask for the report again.")
    if run.links_revoked_at is not None and download.issued_at <= run.links_revoked_at:
        raise Gone("This link was revoked by the partner.")
    files = run.files if run.status_at(at) is ReportRunStatus.READY else ()
    for file in files:
        if file.format == download.format:
            return file
    raise Gone(NO_FILE)


class DownloadStore(Protocol):
    """Links in e-mails; writes go through a `TransactionWriter`."""

    def get(self, token_hash: str) -> Download | None:
        """Return the link, read strongly consistent, expired or not."""
        ...

    def used(self, download: Download) -> None:
        """Count one use."""
        ...
