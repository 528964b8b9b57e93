"""The steps of an erasure: each goes through one kind of thing a partner has, and rewrites what names the person.

Every step can be done again: it changes only what still differs. One that must wait for something says so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain.access import system_actor
from chalicelib.domain.accounts.erasures import ErasureScope, mentions
from chalicelib.domain.audit import AuditKind, AuditQuery, FieldChange, entry, redacted
from chalicelib.domain.changes import Change, Insert, Replace
from chalicelib.domain.imports.imports import KEPT, ImportStatus
from chalicelib.domain.imports.transitions import without_rows
from chalicelib.domain.kernel.email_addresses import address_key
from chalicelib.domain.kernel.paging import items_of_all
from chalicelib.domain.mail.deliveries import DeliveryKind, DeliveryQuery
from chalicelib.domain.report_runs.report_runs import ReportRunStatus
from chalicelib.domain.report_runs.transitions import expired
from chalicelib.services.accounts.erasures import without_consent
from chalicelib.services.mail.recipients import allowed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from chalicelib.domain.accounts.erasures import Erasure
    from chalicelib.domain.changes import Write
    from chalicelib.domain.mail.deliveries import Delivery
    from chalicelib.domain.ports import HasPartners, HasWriter
    from chalicelib.domain.report_runs.report_runs import ReportRequest, ReportRun
    from chalicelib.services.ports import ErasureWorkerPorts

PAGE_SIZE = 100
REPORTS_NAMING_OWNERS = frozenset({"portfolio", "managed-account-details"})
"""Reports with columns of the owner or the partner's own id; the others name accounts by username at most."""
FILES_REMOVED = "Its files were removed because a person whose data stood in them was erased."
INVITING = frozenset({DeliveryKind.TEAM_INVITATION, DeliveryKind.RECIPIENT_CONFIRMATION})
"""Mails that ask a new address to join."""
REPORTS_RUNNING = "A report that was begun before the erasure is still being made."
IMPORT_RUNNING = "An import that was begun before the erasure is still running."


def _write(ports: HasWriter, write: Replace, *more: Write) -> None:
    if write.updated != write.current:
        ports.transaction_writer.write(Change((write, *more), None))


def audit_trail(ports: ErasureWorkerPorts, erasure: Erasure) -> None:
    """Take values of personal fields out of the account's entries."""
    query = AuditQuery(account_id=erasure.account_id)
    for item in items_of_all(lambda cursor: ports.audit.page(erasure.partner_id, query, cursor, PAGE_SIZE)):
        _write(ports, Replace(item, redacted(item, erasure.renamed_to)))


def departures(ports: ErasureWorkerPorts, erasure: Erasure) -> None:
    """Take who consented, and an address for a username, out of the account's departures."""
    for item in ports.departures.of_account(erasure.account_id):
        if item.partner_id == erasure.partner_id:
            updated = without_consent(item)
            _write(ports, Replace(item, replace(updated, username=erasure.renamed_to or updated.username)))


def bonus(ports: ErasureWorkerPorts, erasure: Erasure) -> None:
    """Take an address for a username out of the account's bonus."""
    current = ports.bonuses.get(erasure.account_id)
    if (
        current
        and erasure.renamed_to
        and current.partner_id == erasure.partner_id
        and current.username != erasure.renamed_to
    ):
        _write(ports, Replace(current, replace(current, username=erasure.renamed_to, version=current.version + 1)))


def service_requests(ports: ErasureWorkerPorts, erasure: Erasure) -> None:
    """Take the briefs out of the services asked for on the account."""
    for item in items_of_all(lambda cursor: ports.service_requests.page(erasure.partner_id, cursor, PAGE_SIZE)):
        if item.account_id == erasure.account_id:
            updated = replace(item, brief="", username=erasure.renamed_to or item.username)
            if updated != item:
                _write(ports, Replace(item, replace(updated, version=item.version + 1)))


def report_schedules(ports: ErasureWorkerPorts, erasure: Erasure) -> None:
    """Take the person out of schedules; one without its search would report everybody else, so it is paused."""
    by, at, addresses = system_actor(erasure.partner_id), ports.clock(), _former_addresses(ports, erasure)
    for item in ports.report_schedules.of_partner(erasure.partner_id):
        request = _without_person(item.request, erasure, addresses)
        if request == item.request:
            continue
        other = request.filters != item.request.filters or bool(request.email_to) != bool(item.request.email_to)
        extra_changes = (FieldChange("report_schedule", None, item.report_schedule_id),)
        updated = replace(item, request=request, paused=item.paused or other, version=item.version + 1)
        _write(
            ports,
            Replace(item, updated),
            Insert(entry(by, at, AuditKind.REPORT_SCHEDULE_PERSON_ERASED, extra_changes=extra_changes)),
        )


def _without_person(request: ReportRequest, erasure: Erasure, addresses: frozenset[str]) -> ReportRequest:
    """Return what was asked for without a search text that names the person, and without its address."""
    text = request.filters.q if erasure.scope is ErasureScope.ACCOUNT else None
    filters = replace(request.filters, q=None) if text and mentions(text, erasure.traces) else request.filters
    email_to = tuple(item for item in request.email_to if address_key(item) not in addresses)
    return replace(request, filters=filters, email_to=email_to)


def _former_addresses(ports: HasPartners, erasure: Erasure) -> frozenset[str]:
    """Return the person's addresses, but not one that is of the team or a recipient now: those are in use."""
    return frozenset(map(address_key, erasure.traces)) - allowed(ports, erasure.partner_id, erasure.traces)


def report_runs(ports: ErasureWorkerPorts, erasure: Erasure) -> str | None:
    """Take the person out of what was searched for, and remove the files that may name it."""
    waiting, addresses = None, _former_addresses(ports, erasure)
    for item in items_of_all(lambda cursor: ports.report_runs.page(erasure.partner_id, cursor, PAGE_SIZE)):
        request = _without_person(item.request, erasure, addresses)
        if request == item.request and not _read_the_person(item, erasure):
            continue
        if item.status in (ReportRunStatus.REQUESTED, ReportRunStatus.RUNNING):
            waiting = REPORTS_RUNNING
        else:
            _ended_run(ports, item, request, erasure)
    return waiting


def _read_the_person(run: ReportRun, erasure: Erasure) -> bool:
    """Tell whether the account still knew its person when the run was asked for."""
    return erasure.scope is ErasureScope.ACCOUNT and run.requested_at <= erasure.requested_at


def _ended_run(ports: ErasureWorkerPorts, run: ReportRun, request: ReportRequest, erasure: Erasure) -> None:
    names = erasure.renamed_to is not None or run.request.report in REPORTS_NAMING_OWNERS
    if run.status is ReportRunStatus.READY and names and _read_the_person(run, erasure):
        ports.files.delete_all(run.folder)
        without_files = expired(run)
        updated = replace(without_files, request=request, notes=(*run.notes, FILES_REMOVED))
        _write(ports, Replace(run, updated))
    elif request != run.request:
        _write(ports, Replace(run, replace(run, request=request, version=run.version + 1)))


def imports(ports: ErasureWorkerPorts, erasure: Erasure) -> str | None:
    """Remove the files of imports: any row may be the person's."""
    waiting = None
    for item in items_of_all(lambda cursor: ports.imports.page(erasure.partner_id, cursor, PAGE_SIZE)):
        if item.created_at < erasure.requested_at - KEPT - KEPT:
            break
        if item.status is ImportStatus.RUNNING:
            waiting = IMPORT_RUNNING
        elif item.created_at <= erasure.requested_at:
            ports.files.delete_all(item.folder)
            _write(ports, Replace(item, without_rows(item)))
    return waiting


def deliveries(ports: ErasureWorkerPorts, erasure: Erasure) -> None:
    """Take the person's address out of mails that went to it."""
    addresses = _former_addresses(ports, erasure)
    mails = items_of_all(lambda cursor: ports.deliveries.page(erasure.partner_id, DeliveryQuery(), cursor, PAGE_SIZE))
    for mail in mails:
        if mail.address and address_key(mail.address) in addresses and not _invites_anew(mail, erasure):
            _write(ports, Replace(mail, replace(mail, address=None, version=mail.version + 1)))


def _invites_anew(mail: Delivery, erasure: Erasure) -> bool:
    """Tell whether the address was asked to join again after it had left."""
    return mail.kind in INVITING and mail.queued_at > erasure.requested_at


STEPS: Mapping[ErasureScope, tuple[Callable[[ErasureWorkerPorts, Erasure], str | None], ...]] = {
    ErasureScope.ACCOUNT: (
        audit_trail,
        departures,
        bonus,
        service_requests,
        report_schedules,
        report_runs,
        imports,
        deliveries,
    ),
    ErasureScope.ADDRESSES: (report_schedules, report_runs, deliveries),
}
"""In their order; each gives what must be waited for, or nothing."""
