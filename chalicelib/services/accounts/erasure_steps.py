"""The steps of an erasure: each goes through one kind of thing a partner has, and rewrites what names the person.

Every step can be done again: it changes only what still differs. One that must wait for something says so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain.access import calendar
from chalicelib.domain.accounts.erasures import mentions
from chalicelib.domain.audit import AuditQuery, FieldChange, entry, redacted
from chalicelib.domain.changes import Change, Insert, Replace
from chalicelib.domain.imports.imports import KEPT, ImportState
from chalicelib.domain.imports.transitions import without_rows
from chalicelib.domain.kernel.email_addresses import address_key
from chalicelib.domain.kernel.paging import items_of_all
from chalicelib.domain.mail.deliveries import DeliveryQuery
from chalicelib.domain.report_runs.report_runs import RunState
from chalicelib.domain.report_runs.transitions import expired
from chalicelib.services.accounts.erasures import without_consent
from chalicelib.services.mail.recipients import allowed

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalicelib.domain.accounts.erasures import Erasure
    from chalicelib.domain.changes import Write
    from chalicelib.domain.ports import Ports
    from chalicelib.domain.report_runs.report_runs import ReportRequest, ReportRun

PAGE_SIZE = 100
REPORTS_NAMING_OWNERS = frozenset({"portfolio", "managed-account-details"})
"""Reports with columns of the owner or the partner's own id; the others name accounts by username at most."""
FILES_REMOVED = "Its files were removed because a person whose data stood in them was erased."
REPORTS_RUNNING = "A report that was begun before the erasure is still being made."
IMPORT_RUNNING = "An import that was begun before the erasure is still running."


def _write(ports: Ports, write: Replace, *more: Write) -> None:
    if write.now != write.was:
        ports.journal.commit(Change((write, *more), None))


def audit_trail(ports: Ports, erasure: Erasure) -> None:
    """Take values of personal fields out of the account's entries."""
    query = AuditQuery(account_id=erasure.account_id)
    for each in items_of_all(lambda cursor: ports.audit.page(erasure.partner_id, query, cursor, PAGE_SIZE)):
        _write(ports, Replace(each, redacted(each, erasure.renamed_to)))


def departures(ports: Ports, erasure: Erasure) -> None:
    """Take who consented, and an address for a username, out of the account's departures."""
    for each in ports.departures.of_account(erasure.account_id):
        if each.partner_id == erasure.partner_id:
            now = without_consent(each)
            _write(ports, Replace(each, replace(now, username=erasure.renamed_to or now.username)))


def bonus(ports: Ports, erasure: Erasure) -> None:
    """Take an address for a username out of the account's bonus."""
    was = ports.bonuses.get(erasure.account_id)
    if was and erasure.renamed_to and was.partner_id == erasure.partner_id and was.username != erasure.renamed_to:
        _write(ports, Replace(was, replace(was, username=erasure.renamed_to, version=was.version + 1)))


def service_requests(ports: Ports, erasure: Erasure) -> None:
    """Take the briefs out of the services asked for on the account."""
    for each in items_of_all(lambda cursor: ports.service_requests.page(erasure.partner_id, cursor, PAGE_SIZE)):
        if each.account_id == erasure.account_id:
            now = replace(each, brief="", username=erasure.renamed_to or each.username)
            if now != each:
                _write(ports, Replace(each, replace(now, version=each.version + 1)))


def report_schedules(ports: Ports, erasure: Erasure) -> None:
    """Take the person out of schedules; one without its search would report everybody else, so it is paused."""
    by, at, addresses = calendar(erasure.partner_id), ports.clock(), _former_addresses(ports, erasure)
    for each in ports.report_schedules.of_partner(erasure.partner_id):
        request = _without_person(each.request, erasure, addresses)
        if request == each.request:
            continue
        other = request.filters != each.request.filters or bool(request.email_to) != bool(each.request.email_to)
        told = (FieldChange("report_schedule", None, each.report_schedule_id),)
        now = replace(each, request=request, paused=each.paused or other, version=each.version + 1)
        _write(ports, Replace(each, now), Insert(entry(by, at, "report_schedule.person_erased", told=told)))


def _without_person(request: ReportRequest, erasure: Erasure, addresses: frozenset[str]) -> ReportRequest:
    """Return what was asked for without a search text that names the person, and without its address."""
    text = request.filters.q
    filters = replace(request.filters, q=None) if text and mentions(text, erasure.traces) else request.filters
    email_to = tuple(each for each in request.email_to if address_key(each) not in addresses)
    return replace(request, filters=filters, email_to=email_to)


def _former_addresses(ports: Ports, erasure: Erasure) -> frozenset[str]:
    """Return the person's addresses, but not one that is of the team or a recipient now: those are in use."""
    return frozenset(map(address_key, erasure.traces)) - allowed(ports, erasure.partner_id)


def report_runs(ports: Ports, erasure: Erasure) -> str | None:
    """Take the person out of what was searched for, and remove the files that may name it."""
    waiting, addresses = None, _former_addresses(ports, erasure)
    for each in items_of_all(lambda cursor: ports.report_runs.page(erasure.partner_id, cursor, PAGE_SIZE)):
        if each.requested_at > erasure.requested_at:
            continue
        if each.state in (RunState.REQUESTED, RunState.RUNNING):
            waiting = REPORTS_RUNNING
        else:
            _ended_run(ports, each, _without_person(each.request, erasure, addresses), erasure)
    return waiting


def _ended_run(ports: Ports, run: ReportRun, request: ReportRequest, erasure: Erasure) -> None:
    names = erasure.renamed_to is not None or run.request.report in REPORTS_NAMING_OWNERS
    if run.state is RunState.READY and names:
        ports.files.delete_all(run.folder)
        without_files = expired(run)
        now = replace(without_files, request=request, notes=(*run.notes, FILES_REMOVED))
        _write(ports, Replace(run, now))
    elif request != run.request:
        _write(ports, Replace(run, replace(run, request=request, version=run.version + 1)))


def imports(ports: Ports, erasure: Erasure) -> str | None:
    """Remove the files of imports: any row may be the person's."""
    waiting = None
    for each in items_of_all(lambda cursor: ports.imports.page(erasure.partner_id, cursor, PAGE_SIZE)):
        if each.created_at < erasure.requested_at - KEPT - KEPT:
            break
        if each.state is ImportState.RUNNING:
            waiting = IMPORT_RUNNING
        elif each.created_at <= erasure.requested_at:
            ports.files.delete_all(each.folder)
            _write(ports, Replace(each, without_rows(each)))
    return waiting


def deliveries(ports: Ports, erasure: Erasure) -> None:
    """Take the person's address out of mails that went to it."""
    addresses = _former_addresses(ports, erasure)
    mails = items_of_all(lambda cursor: ports.deliveries.page(erasure.partner_id, DeliveryQuery(), cursor, PAGE_SIZE))
    for each in mails:
        if each.address and address_key(each.address) in addresses:
            _write(ports, Replace(each, replace(each, address=None, version=each.version + 1)))


STEPS: tuple[Callable[[Ports, Erasure], str | None], ...] = (
    audit_trail,
    departures,
    bonus,
    service_requests,
    report_schedules,
    report_runs,
    imports,
    deliveries,
)
"""In their order; each gives what must be waited for, or nothing."""
