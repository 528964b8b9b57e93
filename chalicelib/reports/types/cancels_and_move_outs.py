"""Cancels and Move-Outs: who left in the last ninety days, today and the ninetieth day included, the oldest first.

A departure is taken away when its account is reactivated or moves back, so what is recorded is what is listed.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.departures import window
from chalicelib.reports.labels import label
from chalicelib.reports.report import Report, Sheet
from chalicelib.reports.table import Column, ColumnType

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from chalicelib.domain.accounts.departures import Departure
    from chalicelib.reports.report import Batch, ReportContext, ReportData
    from chalicelib.reports.table import Row

_BATCH = 1000
COLUMNS = (
    Column("Username", width=20),
    Column("Organization", width=26),
    Column("Account type", width=9),
    Column("Event", width=12),
    Column("Effective date", ColumnType.DATE, 10),
    Column("Days ago", ColumnType.INTEGER, 7),
    Column("Reason", width=34),
    Column("Plan at exit", width=9),
    Column("Days as a client", ColumnType.INTEGER, 9),
)


def read(data: ReportData, context: ReportContext) -> Iterator[Batch]:
    """Yield the departures effective in the window."""
    first, last = window(context.today)
    departures = data.departures.between(context.partner_id, first, last)
    while batch := list(islice(departures, _BATCH)):
        yield batch


def rows(batch: Batch, context: ReportContext) -> list[Row]:
    """Return one row a departure."""
    return [_row(departure, context.today) for departure in batch]


def _row(departure: Departure, today: date) -> Row:
    return (
        departure.username,
        departure.organization,
        label(departure.account_type),
        label(departure.event),
        departure.effective_on.isoformat(),
        (today - departure.effective_on).days,
        label(departure.reason),
        label(departure.plan),
        departure.days_as_client,
    )


REPORT = Report(
    code="cancels-and-move-outs",
    title="Cancels and Move-Outs",
    sheet=Sheet(COLUMNS, rows),
    read=read,
)
