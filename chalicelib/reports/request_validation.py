"""What may be asked of a report: the request as it came, checked against the catalogue, every refusal naming what is
allowed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.filters import plain, status_from
from chalicelib.domain.accounts.query import AccountQuery
from chalicelib.domain.kernel.errors import FieldError, Invalid
from chalicelib.domain.report_runs.report_runs import ReportRequest
from chalicelib.reports.catalogue import REPORTS
from chalicelib.reports.formats import CONTACTS, FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chalicelib.domain.accounts.accounts import Status
    from chalicelib.reports.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportInput:
    """A request for a report as somebody made it."""

    report: str
    formats: Sequence[str]
    account_status: str | None = None
    filters: AccountQuery = field(default_factory=AccountQuery)
    email_to: Sequence[str] = ()
    """Whom to mail it to; checked by who knows the team."""


def report_of(code: str) -> Report:
    """Return the report with this code."""
    if code not in REPORTS:
        raise Invalid.field("/report", f"There is no report {code}. There are {', '.join(REPORTS)}.")
    return REPORTS[code]


def formats_of(report: Report) -> tuple[str, ...]:
    """Return the names of the formats it can be written in, the contact list included where it has one."""
    return (*report.formats, CONTACTS.name) if report.contacts else report.formats


def checked(report_input: ReportInput) -> ReportRequest:
    """Return the request, or `Invalid` with what is wrong."""
    report = report_of(report_input.report)
    return ReportRequest(
        report=report.code,
        formats=_formats(report, report_input.formats),
        account_status=_status(report, report_input.account_status),
        filters=_filters(report, report_input.filters),
    )


def _formats(report: Report, value: Sequence[str]) -> tuple[str, ...]:
    allowed = formats_of(report)
    rule = f"{report.title} is written as {', '.join(allowed)}."
    if not value:
        raise Invalid.field("/formats", f"At least one format is needed. {rule}")
    wrong = [
        FieldError(f"/formats/{place}", f"{rule} There is no format {name!r}.")
        for place, name in enumerate(value)
        if name not in allowed
    ]
    Invalid.unless_none(wrong)
    return tuple(dict.fromkeys(value))


def _status(report: Report, value: str | None) -> Status | None:
    if not report.needs_status:
        if value is not None:
            raise Invalid.field("/account_status", f"{report.title} takes no account status.")
        return None
    try:
        return status_from(value)
    except ValueError as error:
        raise Invalid.field("/account_status", str(error)) from error


def _filters(report: Report, value: AccountQuery) -> AccountQuery:
    takes = ", ".join(sorted(report.filters))
    rule = f"{report.title} takes the filters {takes}." if takes else f"{report.title} takes no filters."
    Invalid.unless_none(
        [
            FieldError(f"/filters/{name}", f"{rule} {name} is none of them.")
            for name in plain(value)
            if name not in report.filters
        ]
    )
    return value


def row_limited(request: ReportRequest) -> tuple[str, ...]:
    """Return its formats that are refused above the row limit."""
    return tuple(name for name in request.formats if name in FORMATS and FORMATS[name].row_limited)
