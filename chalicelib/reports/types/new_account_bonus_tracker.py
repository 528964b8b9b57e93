"""New Account Bonus Tracker: how far every account is on the way to its bonus, as of today.

The statuses are today's even where due changes have not been applied yet. A bonus that was earned here stays listed
when its account has moved out, with the names of the day on which it was earned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.accounts.query import AccountQuery
from chalicelib.reports.labels import label
from chalicelib.reports.report import Report, Sheet
from chalicelib.reports.table import Column, ColumnType
from chalicelib.reports.types.bonus_progress import bonus_progress, departed_bonuses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.domain.accounts.counters import Summary
    from chalicelib.reports.report import Batch, ReportContext, ReportData
    from chalicelib.reports.table import Row

FIELDS = (
    "username",
    "organization",
    "account_type",
    "initial_upgrade_on",
    "bonus_status",
    "bonus_earned_on",
    "cancelled_on",
)
COLUMNS = (
    Column("Username", width=20),
    Column("Organization", width=26),
    Column("Account type", width=9),
    Column("Initial upgrade", ColumnType.DATE, 10),
    Column("Days since", ColumnType.INTEGER, 7),
    Column("Days left", ColumnType.INTEGER, 7),
    Column("NAB status", width=12),
    Column("Reason", width=28),
    Column("Earned on", ColumnType.DATE, 10),
)


def read(data: ReportData, context: ReportContext) -> Iterator[Batch]:
    """Yield every account in the lists' order, then what accounts earned that have moved out since."""
    yield from data.accounts.rows(context.partner_id, AccountQuery(), FIELDS)
    yield departed_bonuses(data, context)


def rows(batch: Batch, context: ReportContext) -> list[Row]:
    """Return one row an account, where its status is asked for."""
    wanted = context.filters.nab_status
    made = (
        (row[0], row[1], label(row[2]), row[3], bonus_progress(row[2], row[3], row[4], row[5], row[6], context.today))
        for row in batch
    )
    return [
        (*start, standing.days_since, standing.days_left, label(standing.status), standing.reason, standing.earned_on)
        for *start, standing in made
        if wanted is None or standing.status is wanted
    ]


def most_rows(summary: Summary, context: ReportContext) -> int | None:
    """Return all accounts, as long as none has moved out with a bonus, which the counters do not tell."""
    return summary.of() if context.unfiltered else None


REPORT = Report(
    code="new-account-bonus-tracker",
    title="New Account Bonus Tracker",
    sheet=Sheet(COLUMNS, rows),
    read=read,
    filters=frozenset(("nab_status",)),
    most_rows=most_rows,
)
