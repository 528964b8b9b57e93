"""What a report is: what it reads, the rows it makes of that, and what may be asked of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from chalicelib.domain.accounts.query import AccountQuery
from chalicelib.reports.formats import FORMATS
from chalicelib.reports.table import NO_FRONT, ColumnType

if TYPE_CHECKING:
    from datetime import date

    from chalicelib.domain.accounts.accounts import Status
    from chalicelib.domain.accounts.bonuses import BonusStore
    from chalicelib.domain.accounts.counters import CounterStore, Summary
    from chalicelib.domain.accounts.departures import DepartureStore
    from chalicelib.domain.accounts.query import AccountStore
    from chalicelib.reports.table import Column, Front, Row


class ReportData(Protocol):
    """The partner's book, as far as reports read it."""

    @property
    def accounts(self) -> AccountStore: ...
    @property
    def counters(self) -> CounterStore: ...
    @property
    def departures(self) -> DepartureStore: ...
    @property
    def bonuses(self) -> BonusStore: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContext:
    """What one run asks of its report, and on which day."""

    partner_id: str
    today: date
    account_status: Status | None = None
    filters: AccountQuery = AccountQuery()  # noqa: RUF009 frozen

    @property
    def unfiltered(self) -> bool:
        return self.filters == AccountQuery()


Batch = Sequence[Any]
"""Some of what a report reads, in its own form: tuples of account fields, departures, a summary."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Columns, and the rows of them that a batch makes."""

    columns: tuple[Column, ...]
    rows: Callable[[Batch, ReportContext], list[Row]]


@dataclass(frozen=True, slots=True)
class Arranged:
    """What was read, in the order in which it is shown, and what the first page says of it."""

    batches: Iterable[Batch]
    front: Front = NO_FRONT


def _as_read(batches: Iterable[Batch], context: ReportContext) -> Arranged:  # noqa: ARG001
    return Arranged(batches)


def _no_period(today: date) -> None:  # noqa: ARG001
    return None


def _unknown(summary: Summary, context: ReportContext) -> int | None:  # noqa: ARG001
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One kind of report."""

    code: str
    title: str
    sheet: Sheet
    read: Callable[[ReportData, ReportContext], Iterator[Batch]]
    """All of it, a batch at a time."""
    arrange: Callable[[Iterable[Batch], ReportContext], Arranged] = _as_read
    """Puts it in order and sums it up, where it is not shown just as it is read."""
    period: Callable[[date], tuple[date, date] | None] = _no_period
    """The first and the last day that it covers; None where it tells how things stand."""
    contacts: Sheet | None = None
    """The contact list that can be written beside it."""
    formats: tuple[str, ...] = tuple(FORMATS)
    needs_status: bool = False
    filters: frozenset[str] = frozenset()
    """The fields of `AccountQuery` that may narrow it."""
    most_rows: Callable[[Summary, ReportContext], int | None] = _unknown
    """How many rows it has at most by the partner's counters; None where they do not tell."""
    counted: bool = False
    """Whether, unfiltered, it has exactly that many."""
    totalled: bool = False
    """Whether a last row adds up the number columns."""

    @property
    def has_days(self) -> bool:
        """Whether a column holds days of the program, which are UTC days in whatever zone the report is read."""
        return any(column.type is ColumnType.DATE for column in self.sheet.columns)
