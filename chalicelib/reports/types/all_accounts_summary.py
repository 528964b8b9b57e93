"""All Accounts Summary: open, trial, expired and canceled accounts by type, from the counters, which are exact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.accounts.accounts import AccountType, Status
from chalicelib.reports.report import Arranged, Report, Sheet
from chalicelib.reports.table import Bar, Chart, Column, ColumnType, Front

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chalicelib.domain.accounts.counters import Summary
    from chalicelib.reports.report import Batch, ReportContext, ReportData
    from chalicelib.reports.table import Row

COLUMNS = (
    Column("Accounts", width=18),
    Column("Managed", ColumnType.INTEGER, 10),
    Column("Referred", ColumnType.INTEGER, 10),
    Column("Total", ColumnType.INTEGER, 10),
)
TITLES = {
    Status.OPEN: "Open",
    Status.TRIAL: "Trials",
    Status.EXPIRED_TRIAL: "Expired trials",
    Status.CANCELLED: "Canceled",
}


TYPES = {AccountType.MANAGED: "Managed", AccountType.REFERRED: "Referred"}


def read(data: ReportData, context: ReportContext) -> Iterator[Batch]:
    """Yield the partner's counters."""
    yield [data.counters.summary(context.partner_id)]


def arrange(batches: Iterable[Batch], context: ReportContext) -> Arranged:  # noqa: ARG001
    """Draw the statuses and the types with their shares."""
    read_once = list(batches)
    (summary,) = [summary for batch in read_once for summary in batch]
    statuses = Chart("Accounts by status", tuple(Bar(TITLES[status], summary.of(status)) for status in Status))
    types = Chart("Accounts by type", tuple(Bar(title, summary.of(None, kind)) for kind, title in TYPES.items()))
    return Arranged(read_once, Front((Bar("Accounts", summary.of()),), (statuses, types)))


def rows(batch: Batch, context: ReportContext) -> list[Row]:  # noqa: ARG001
    """Return one row a status."""
    return [_row(summary, status) for summary in batch for status in Status]


def _row(summary: Summary, status: Status) -> Row:
    managed, referred = (summary.of(status, kind) for kind in (AccountType.MANAGED, AccountType.REFERRED))
    return TITLES[status], managed, referred, managed + referred


REPORT = Report(
    code="all-accounts-summary",
    title="All Accounts Summary",
    sheet=Sheet(COLUMNS, rows),
    read=read,
    arrange=arrange,
    most_rows=lambda summary, context: len(Status),  # noqa: ARG005
    totalled=True,
)
