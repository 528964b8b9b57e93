"""What stands above a report's rows, and what its files are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.accounts.filters import plain
from chalicelib.domain.kernel.local_time import instant_for_file_name
from chalicelib.domain.kernel.paper import paper_of
from chalicelib.reports.formats import CONTACTS, format_of
from chalicelib.reports.labels import label
from chalicelib.reports.table import Heading

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.domain.partners.partners import Partner
    from chalicelib.domain.report_runs.report_runs import ReportRequest
    from chalicelib.reports.report import Report

_TITLES = {
    "q": "Search",
    "nab_status": "NAB status",
    "add_on": "Add-on",
    "list_size_min": "List size from",
    "list_size_max": "List size to",
    "trial_ends_to": "Trial ends by",
}


_TOLD_BY_NAME = frozenset(("list_size_min", "list_size_max", "trial_ends_to", "first_payment_from", "first_payment_to"))
"""Filters whose value alone does not say what it is of."""
MOST_FILTER_LETTERS = 100
"""Of a file's name, which may have 255 bytes on a disk."""
UTC_DAYS = ("Days", "UTC calendar days")


def heading(report: Report, request: ReportRequest, partner: Partner, as_of: datetime) -> Heading:
    """Return the heading of one file."""
    context = (*_period(report, as_of), *parameters(request))
    return Heading(
        title=report.title,
        partner=partner.name,
        as_of=as_of,
        parameters=(*context, UTC_DAYS) if report.has_days else context,
        paper=paper_of(partner.settings.country),
        time_zone=partner.settings.time_zone,
    )


def _period(report: Report, as_of: datetime) -> tuple[tuple[str, str], ...]:
    period = report.period(as_of.date())
    return (("Period", f"{period[0]} to {period[1]}"),) if period else ()


def parameters(request: ReportRequest) -> tuple[tuple[str, str], ...]:
    """Return what was asked for, as people read it."""
    status = (
        ((("Status", f"{request.account_status.value} ({request.account_status.label.lower()})"),))
        if request.account_status
        else ()
    )
    filters = (
        (_TITLES.get(name) or label(name), _shown(name, value)) for name, value in plain(request.filters).items()
    )
    return (*status, *filters)


def _shown(name: str, value: str | int | bool) -> str:
    if value is True:
        return "Yes"
    return label(value) if isinstance(value, str) and name not in ("q", "status") else str(value)


def file_name(request: ReportRequest, format_name: str, as_of: datetime, time_zone: str) -> str:
    """Return the name of one file, with the filters and the moment: a CSV file says them nowhere else.

    `partnerbook-managed-account-details-O-never-logged-in-2026-11-05-0130-America-New_York.csv`
    """
    chosen = format_of(format_name)
    beside = chosen.name if chosen is CONTACTS else None
    moment = instant_for_file_name(as_of, time_zone)
    parts = ("partnerbook", request.report, request.account_status, _filters_in_name(request), moment, beside)
    return f"{'-'.join(filter(None, parts))}.{chosen.extension}"


def _filters_in_name(request: ReportRequest) -> str:
    """Return the filters as part of a name; never what was searched for, which may be a person's address."""
    words = [
        "search"
        if name == "q"
        else name
        if value is True
        else f"{name}-{value}"
        if name in _TOLD_BY_NAME
        else str(value)
        for name, value in plain(request.filters).items()
    ]
    name = "-".join(words).replace("_", "-")
    return name if len(name) <= MOST_FILTER_LETTERS else f"{name[:MOST_FILTER_LETTERS].rpartition('-')[0]}-and-more"
