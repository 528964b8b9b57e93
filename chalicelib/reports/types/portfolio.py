"""Portfolio: the partner's accounts in the import format, because its data is its own; importing it gives the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.accounts.filters import FILTERS
from chalicelib.domain.imports.columns import DATE_COLUMNS, PORTFOLIO_COLUMNS
from chalicelib.reports.contact_sheet import contact_sheet
from chalicelib.reports.labels import add_on_codes
from chalicelib.reports.report import Report, Sheet
from chalicelib.reports.table import Column, ColumnType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.domain.accounts.counters import Summary
    from chalicelib.reports.report import Batch, ReportContext, ReportData
    from chalicelib.reports.table import Row

_NUMBERS = frozenset(("list_size", "login_count", "campaigns_sent"))
_ADD_ONS = PORTFOLIO_COLUMNS.index("add_ons")


def _type(name: str) -> ColumnType:
    if name in DATE_COLUMNS:
        return ColumnType.DATE
    return ColumnType.INTEGER if name in _NUMBERS else ColumnType.TEXT


def read(data: ReportData, context: ReportContext) -> Iterator[Batch]:
    """Yield the accounts asked for, in the lists' order."""
    return data.accounts.rows(context.partner_id, context.filters, PORTFOLIO_COLUMNS)


def rows(batch: Batch, context: ReportContext) -> list[Row]:  # noqa: ARG001
    """Return one row an account, as it is stored."""
    return [(*row[:_ADD_ONS], add_on_codes(row[_ADD_ONS]), *row[_ADD_ONS + 1 :]) for row in batch]


def most_rows(summary: Summary, context: ReportContext) -> int:
    """Return the accounts of the status and type asked for."""
    return summary.of(context.filters.status, context.filters.account_type)


REPORT = Report(
    code="portfolio",
    title="Portfolio",
    sheet=Sheet(tuple(Column(name, _type(name)) for name in PORTFOLIO_COLUMNS), rows),
    contacts=contact_sheet(PORTFOLIO_COLUMNS),
    read=read,
    formats=("csv",),
    filters=frozenset(FILTERS),
    most_rows=most_rows,
    counted=True,
)
