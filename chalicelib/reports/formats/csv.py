"""CSV: a header row, the rows and the total row, for spreadsheets and programs alike.

The file starts with a byte order mark: without it Excel takes UTF-8 for the machine's own code page and breaks every
name beyond it, and the import reads it either way. Heading and notes stay out, so that line one is the header.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from typing import TYPE_CHECKING

from chalicelib.domain.formula_guard import all_harmless, guard
from chalicelib.reports.columns import by_column, texts
from chalicelib.reports.dates import is_date
from chalicelib.reports.delimited import Delimited
from chalicelib.reports.table import ColumnType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chalicelib.reports.table import Row, Table, Value


class CsvEncoder:
    """Writes a table as CSV; text that a spreadsheet would run stands behind an apostrophe."""

    missing_glyphs = 0

    def __init__(self, table: Table) -> None:
        self._titles = [column.title for column in table.columns]
        self._converters = [_CONVERTERS[column.type] for column in table.columns]
        self._out = Delimited()

    def start(self) -> Iterator[bytes]:
        """The byte order mark and the header row."""
        yield BOM_UTF8 + self._out.lines([self._titles])

    def rows(self, rows: Sequence[Row]) -> Iterator[bytes]:
        """These rows as lines."""
        if rows:
            yield self._out.lines(by_column(rows, self._converters))

    def finish(self, total: Row | None = None, notes: tuple[str, ...] = ()) -> Iterator[bytes]:  # noqa: ARG002
        """The total row; notes have no place among rows."""
        if total is not None:
            yield from self.rows([total])


def _unchanged(values: Sequence[Value]) -> Iterable[Value]:
    return values


def _guarded(values: Sequence[Value]) -> Iterable[Value]:
    cells = texts(values)
    return cells if all_harmless(cells) else map(guard, cells)


def _guarded_unless_date(values: Sequence[Value]) -> Iterable[Value]:
    return [text if is_date(text) else guard(text) for text in texts(values)]


_CONVERTERS = {
    ColumnType.TEXT: _guarded,
    ColumnType.INTEGER: _unchanged,
    ColumnType.DATE: _guarded_unless_date,
}
