"""All Accounts Summary: open, trial, expired and cancelled accounts by type, from the counters, which are exact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.accounts.accounts import AccountType, Status
from chalicelib.reports.report import Report, Sheet
from chalicelib.reports.table import Column, ColumnType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.domain.accounts.counters import Summary
    from chalicelib.reports.report import Asked, Batch, Book
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
    Status.CANCELLED: "Cancelled",
}


def read(book: Book, asked: Asked) -> Iterator[Batch]:
    """The partner's counters."""
    yield [book.counters.summary(asked.partner_id)]


def rows(batch: Batch, asked: Asked) -> list[Row]:  # noqa: ARG001
    """One row a status."""
    return [_row(summary, status) for summary in batch for status in Status]


def _row(summary: Summary, status: Status) -> Row:
    managed, referred = (summary.of(status, kind) for kind in (AccountType.MANAGED, AccountType.REFERRED))
    return TITLES[status], managed, referred, managed + referred


REPORT = Report(
    code="all-accounts-summary",
    title="All Accounts Summary",
    sheet=Sheet(COLUMNS, rows),
    read=read,
    most_rows=lambda summary, asked: len(Status),  # noqa: ARG005
    totalled=True,
)
