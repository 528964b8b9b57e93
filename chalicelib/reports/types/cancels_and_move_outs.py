"""Cancels and Move-Outs: who left in the last ninety days, today and the ninetieth day included, the newest first.

A departure is taken away when its account is reactivated or moves back, so what is recorded is what is listed.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.departures import Event, window
from chalicelib.reports.labels import label
from chalicelib.reports.report import Arranged, Report, Sheet
from chalicelib.reports.spooled_sort import SpooledSort
from chalicelib.reports.table import Bar, Chart, Column, ColumnType, Front

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chalicelib.domain.accounts.departures import Departure
    from chalicelib.reports.report import Batch, ReportContext, ReportData
    from chalicelib.reports.table import Row

_BATCH = 1000
_EVENT, _EFFECTIVE_ON, _REASON = 3, 4, 5
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
    """Yield the departures effective in the window, as plain values."""
    departures = data.departures.between(context.partner_id, *window(context.today))
    while batch := list(islice(departures, _BATCH)):
        yield [_plain(departure) for departure in batch]


def arrange(batches: Iterable[Batch], context: ReportContext) -> Arranged:  # noqa: ARG001
    """Put the newest first, and count the reasons."""
    newest_first = SpooledSort(lambda row: -date.fromisoformat(row[_EFFECTIVE_ON]).toordinal())
    events: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for batch in batches:
        newest_first.add(batch)
        events.update(row[_EVENT] for row in batch)
        reasons.update(row[_REASON] or row[_EVENT] for row in batch)
    return Arranged(newest_first.batches(), _front(events, reasons))


def _front(events: Counter[str], reasons: Counter[str]) -> Front:
    figures = (
        Bar("Cancellations", events[Event.CANCELLATION]),
        Bar("Move-outs", events[Event.MOVE_OUT]),
        Bar("Total", events.total()),
    )
    bars = tuple(Bar(label(code), number) for code, number in reasons.most_common())
    return Front(figures, (Chart("Reasons", bars),) if bars else ())


def rows(batch: Batch, context: ReportContext) -> list[Row]:
    """Return one row a departure."""
    return [
        (
            *(username, organization, label(account_type), label(event), day),
            (context.today - date.fromisoformat(day)).days,
            *(label(reason), label(plan), days),
        )
        for username, organization, account_type, event, day, reason, plan, days in batch
    ]


def _plain(departure: Departure) -> tuple[str | int | None, ...]:
    return (
        departure.username,
        departure.organization,
        departure.account_type.value,
        departure.event.value,
        departure.effective_on.isoformat(),
        departure.reason.value if departure.reason else None,
        departure.plan.value,
        departure.days_as_client,
    )


REPORT = Report(
    code="cancels-and-move-outs",
    title="Cancels and Move-Outs",
    sheet=Sheet(COLUMNS, rows),
    read=read,
    arrange=arrange,
    period=window,
)
