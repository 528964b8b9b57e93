"""New Account Bonus Tracker: how far every account is on the way to its bonus, as of today.

The statuses are today's even where due changes have not been applied yet. A bonus that was earned here stays listed
when its account has moved out, with the names of the day on which it was earned. What still tracks comes first, by days
left; then what was earned, the newest first; then the others.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from chalicelib.domain.accounts.codes import BonusStatus
from chalicelib.domain.accounts.query import AccountQuery
from chalicelib.reports.labels import label
from chalicelib.reports.report import Arranged, Report, Sheet
from chalicelib.reports.spooled_sort import SpooledSort
from chalicelib.reports.table import Bar, Column, ColumnType, Front
from chalicelib.reports.types.bonus_progress import BonusProgress, bonus_progress, departed_bonuses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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


def arrange(batches: Iterable[Batch], context: ReportContext) -> Arranged:
    """Put first what still tracks, by days left, and count the statuses."""
    wanted, counts = context.filters.nab_status, Counter[BonusStatus]()
    ordered = SpooledSort(lambda row: _order(_progress(row, context.today)))
    for batch in batches:
        statuses = [_progress(row, context.today).status for row in batch]
        asked = [row for row, status in zip(batch, statuses, strict=True) if wanted in (None, status)]
        counts.update(status for status in statuses if wanted in (None, status))
        ordered.add(asked)
    figures = tuple(Bar(label(status), counts[status]) for status in _SHOWN_ORDER if wanted in (None, status))
    total = () if wanted else (Bar("Total", counts.total()),)
    return Arranged(ordered.batches(), Front((*figures, *total)))


_SHOWN_ORDER = (
    BonusStatus.TRACKING,
    BonusStatus.EARNED,
    BonusStatus.PAID,
    BonusStatus.NOT_STARTED,
    BonusStatus.DISQUALIFIED,
    BonusStatus.NOT_ELIGIBLE,
)


def _progress(row: tuple[Any, ...], today: date) -> BonusProgress:
    return bonus_progress(*row[2:], today)


def _order(progress: BonusProgress) -> tuple[int, int]:
    """Return the place of a row: what tracks by days left, what was earned the newest first."""
    if progress.earned_on:
        return _SHOWN_ORDER.index(progress.status), -date.fromisoformat(progress.earned_on).toordinal()
    return _SHOWN_ORDER.index(progress.status), progress.days_left or 0


def rows(batch: Batch, context: ReportContext) -> list[Row]:
    """Return one row an account, where its status is asked for."""
    wanted = context.filters.nab_status
    made = ((*row[:2], label(row[2]), row[3], _progress(row, context.today)) for row in batch)
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
    arrange=arrange,
    filters=frozenset(("nab_status",)),
    most_rows=most_rows,
)
