"""What every format writes: a heading, typed columns, rows and perhaps a total row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.kernel.local_time import instant_in
from chalicelib.domain.kernel.paper import LETTER, Paper

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

Value = str | int | None
Row = tuple[Value, ...]
"""One value a column: TEXT is str, INTEGER is int, DATE is ISO 8601 text (`2026-11-05`); None and "" are empty cells.

What stands in a DATE column and is no day of the calendar (`1900-02-29`) is shown as the text it is.
"""


class ColumnType(StrEnum):
    """What a column holds; it decides alignment, cell type and whether text is guarded against formulas."""

    TEXT = "text"
    INTEGER = "integer"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, what it holds, and how many characters wide it usually is."""

    title: str
    type: ColumnType = ColumnType.TEXT
    width: int = 16


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the rows."""

    title: str
    partner: str
    as_of: datetime
    """When the data was read."""
    parameters: tuple[tuple[str, str], ...] = ()
    """What was asked for, as (name, value) to show."""
    notes: tuple[str, ...] = ()
    """Sentences the reader must know, such as that accounts moved while the report was read."""
    language: str = "en"
    paper: Paper = LETTER
    time_zone: str = "UTC"
    """The partner's, in which the moment is told."""

    @property
    def as_of_text(self) -> str:
        """The moment the data was read, as people write it: `5 November 2026, 06:30 UTC`."""
        return instant_in(self.as_of, self.time_zone)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart."""

    label: str
    value: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars side by side, each with its share of all of them."""

    title: str
    bars: tuple[Bar, ...]

    @property
    def total(self) -> int:
        """What the bars add up to."""
        return sum(bar.value for bar in self.bars)

    def share(self, bar: Bar) -> str:
        """Return a bar's part of the whole, as people read it: `38.4%`."""
        return f"{100 * bar.value / self.total:.1f}%" if self.total else "–"


@dataclass(frozen=True, slots=True)
class Front:
    """What the first page says of the rows before it shows them."""

    figures: tuple[Bar, ...] = ()
    """What was counted, with its name."""
    charts: tuple[Chart, ...] = ()


NO_FRONT = Front()


@dataclass(frozen=True, slots=True)
class Table:
    """A report's frame: all that is known before its first row."""

    heading: Heading
    columns: tuple[Column, ...]


class Encoder(Protocol):
    """Writes one table in one format; bytes come out as soon as they are final, nothing is kept that need not be."""

    def start(self, front: Front = NO_FRONT) -> Iterable[bytes]:
        """Return what stands before the first row."""
        ...

    def rows(self, rows: Sequence[Row]) -> Iterable[bytes]:
        """Some more rows."""
        ...

    def finish(self, total: Row | None = None, notes: tuple[str, ...] = ()) -> Iterable[bytes]:
        """Return the total row if there is one, late notes, and the end of the file."""
        ...

    @property
    def missing_glyphs(self) -> int:
        """Characters so far that the format's fonts could not show; 0 for formats without fonts of their own."""
        ...
