"""CSV: a header row, the rows and the total row, for spreadsheets and programs alike.

The file starts with a byte order mark: without it Excel takes UTF-8 for the machine's own code page and breaks every
name beyond it, and the import reads it either way. Heading and notes stay out, so that line one is the header.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from typing import TYPE_CHECKING

from chalicelib.domain.kernel.formula_guard import all_harmless, guard
from chalicelib.reports.columns import texts
from chalicelib.reports.delimited import fields, lines
from chalicelib.reports.table import NO_FRONT, ColumnType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chalicelib.reports.table import Front, Row, Table, Value


class CsvEncoder:
    """Writes a table as CSV; text that a spreadsheet would run stands behind an apostrophe."""

    missing_glyphs = 0

    def __init__(self, table: Table) -> None:
        self._titles = [column.title for column in table.columns]
        self._converters = [_CONVERTERS[column.type] for column in table.columns]

    def start(self, front: Front = NO_FRONT) -> Iterator[bytes]:  # noqa: ARG002
        """Yield the byte order mark and the header row; figures have no place before it."""
        yield BOM_UTF8 + lines([title] for title in fields(self._titles))

    def rows(self, rows: Sequence[Row]) -> Iterator[bytes]:
        """Yield these rows as lines."""
        if rows:
            columns = zip(*rows, strict=True)
            yield lines(convert(values) for convert, values in zip(self._converters, columns, strict=True))

    def finish(self, total: Row | None = None, notes: tuple[str, ...] = ()) -> Iterator[bytes]:  # noqa: ARG002
        """Yield the total row; notes have no place among rows."""
        if total is not None:
            yield from self.rows([total])


def _texts(values: Sequence[Value]) -> list[str]:
    cells = texts(values)
    return fields(cells if all_harmless(cells) else [guard(text) for text in cells])


def _integers(values: Sequence[Value]) -> list[str]:
    return ["" if number is None else f"{number:d}" for number in values]


_CONVERTERS = {ColumnType.TEXT: _texts, ColumnType.INTEGER: _integers, ColumnType.DATE: _texts}
"""No date looks like a formula, and what is no date in a date column is guarded as the text it is."""
