"""Report runs: requests, enqueues, finds and deletes them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain.audit import AuditKind, entry
from chalicelib.domain.changes import Change, Insert, Remove
from chalicelib.domain.kernel.errors import Conflict, TooManyRequests, Unavailable
from chalicelib.domain.mail.deliveries import OPEN
from chalicelib.domain.mail.events import emails_for_run as emails_for_run
from chalicelib.domain.report_runs.report_runs import ReportRunStatus
from chalicelib.domain.report_runs.transitions import requested
from chalicelib.reports.request_validation import checked
from chalicelib.services.mail.recipients import require_allowed
from chalicelib.services.report_runs.limits import require_writable

if TYPE_CHECKING:
    from chalicelib.domain.access import Actor
    from chalicelib.domain.kernel.paging import Page
    from chalicelib.domain.ports import HasMail, HasQueues, HasReportRuns
    from chalicelib.domain.report_runs.report_runs import ReportRun
    from chalicelib.reports.request_validation import ReportInput
    from chalicelib.services.ports import ReportRequestPorts, ReportRunPorts

MAX_OPEN_RUNS = 20
LATEST_RUNS = 60
"""How many of the partner's latest runs are looked at for those that are open."""
RETRY_AFTER_SECONDS = 30


def request(ports: ReportRequestPorts, actor: Actor, report_input: ReportInput) -> Change[ReportRun]:
    """Return a new run of what is asked for."""
    request = replace(checked(report_input), email_to=require_allowed(ports, actor.partner_id, report_input.email_to))
    require_writable(ports, actor.partner_id, request)
    _require_few_open(ports, actor.partner_id)
    return creation(ports, actor, requested(actor, request, ports.clock()))


def creation(ports: HasQueues, actor: Actor, run: ReportRun) -> Change[ReportRun]:
    """Return the change that makes a run, with its audit entry; a worker gets it once it is written."""
    audited = entry(actor, run.requested_at, AuditKind.REPORT_REQUESTED, after=run.request)
    effects = (lambda: enqueue(ports, run.partner_id, run.report_run_id),)
    return Change((Insert(run), Insert(audited)), run, effects)


def _require_few_open(ports: HasReportRuns, partner_id: str) -> None:
    """Raise `TooManyRequests` while too many of the partner's latest runs are still to be made."""
    latest = ports.report_runs.page(partner_id, None, LATEST_RUNS).items
    if sum(run.status in (ReportRunStatus.REQUESTED, ReportRunStatus.RUNNING) for run in latest) >= MAX_OPEN_RUNS:
        raise TooManyRequests(
            f"At most {MAX_OPEN_RUNS} report runs of a partner are open at once. Try again when one is ready.",
            retry_after=RETRY_AFTER_SECONDS,
        )


def enqueue(ports: HasQueues, partner_id: str, report_run_id: str) -> None:
    """Give a run to the workers. Where the message is lost, the sweeper sends another."""
    with suppress(Unavailable):
        ports.report_queue.send(partner_id, {"partner_id": partner_id, "report_run_id": report_run_id})


def find(ports: HasReportRuns, actor: Actor, report_run_id: str) -> ReportRun:
    """Return one run of the actor's partner."""
    return ports.report_runs.get(actor.partner_id, report_run_id)


def page(ports: HasReportRuns, actor: Actor, after: str | None, limit: int) -> Page[ReportRun]:
    """Return the partner's runs, the newest first."""
    return ports.report_runs.page(actor.partner_id, after, limit)


def delete(ports: ReportRunPorts, actor: Actor, report_run_id: str) -> Change[ReportRun]:
    """Take a run away; a worker at it gives up.

    Its files go before the record is written and not after it: files without a record stay for 30 days (a restore may
    bring it back), and deleting them again changes nothing.
    """
    run = find(ports, actor, report_run_id)
    _require_notified(ports, run)
    ports.files.delete_all(run.folder)
    audited = entry(actor, ports.clock(), AuditKind.REPORT_DELETED, before=run.request)
    return Change((Remove(run), Insert(audited)), run)


def _require_notified(ports: HasMail, run: ReportRun) -> None:
    """Raise `Conflict` while mails that name earned bonuses still wait for this run: only its own mails name them."""
    if not run.request.bonus_account_ids:
        return
    mails = [ports.deliveries.get(run.partner_id, mail.delivery_id) for mail in emails_for_run(run)]
    if run.status in (ReportRunStatus.REQUESTED, ReportRunStatus.RUNNING) or any(mail.status in OPEN for mail in mails):
        raise Conflict("This report run tells its recipients of earned bonuses. Delete it once its mail has been sent.")
