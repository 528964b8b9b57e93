"""Links that last: what one opens now, and revoking those of a run."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain.audit import AuditKind, FieldChange, entry
from chalicelib.domain.changes import Change, Insert, Replace
from chalicelib.domain.kernel.errors import Gone, NotFound, Unavailable
from chalicelib.domain.kernel.ids import hashed_token
from chalicelib.domain.report_runs.downloads import NO_FILE, NO_RECIPIENT, require_open
from chalicelib.domain.report_runs.report_runs import ReportRunStatus
from chalicelib.reports.formats import format_of
from chalicelib.services.rights import may_still_have

if TYPE_CHECKING:
    from chalicelib.domain.access import Actor
    from chalicelib.domain.ports import HasReportRuns
    from chalicelib.domain.report_runs.downloads import Download
    from chalicelib.domain.report_runs.report_runs import ReportRun
    from chalicelib.services.ports import ReportRunPorts


def follow(ports: ReportRunPorts, token: str) -> str:
    """Return a fresh URL of the file that this link is bound to, if its recipient may still have it; it uses nothing
    up.
    """
    link = ports.downloads.get(hashed_token(token))
    if link is None:
        raise NotFound("There is no such link. Check that it was copied whole.")
    file = require_open(link, _run(ports, link), ports.clock())
    if not may_still_have(ports, link):
        raise Gone(NO_RECIPIENT)
    with suppress(Unavailable):
        ports.downloads.used(link)
    return ports.files.download_url(file.key, file.name, format_of(file.format).media_type)


def _run(ports: HasReportRuns, link: Download) -> ReportRun:
    try:
        return ports.report_runs.get(link.partner_id, link.report_run_id)
    except NotFound:
        raise Gone(NO_FILE) from None


def revoke(ports: HasReportRuns, actor: Actor, report_run_id: str) -> Change[ReportRun]:
    """End every link to the run's files that was mailed until now."""
    current = ports.report_runs.get(actor.partner_id, report_run_id)
    if current.status is not ReportRunStatus.READY:
        return Change((), current)
    at = ports.clock()
    updated = replace(current, links_revoked_at=at, version=current.version + 1)
    audited = entry(
        actor, at, AuditKind.REPORT_LINKS_REVOKED, extra_changes=(FieldChange("report_run", None, report_run_id),)
    )
    return Change((Replace(current, updated), Insert(audited)), updated)
