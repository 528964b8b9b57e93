"""HTML: one file without outside references that sorts, prints, follows dark mode, and is written as rows come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.reports.columns import by_column, shown, texts
from chalicelib.reports.formats.html import page
from chalicelib.reports.formats.html.escaping import encoded, escaped
from chalicelib.reports.table import NO_FRONT, ColumnType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chalicelib.reports.table import Front, Row, Table, Value


_CELL, _ROW = "\x1f", "\x1e"
_CELL_TAGS, _ROW_TAGS = b"</td><td>", b"</td></tr>\n<tr><td>"


class HtmlEncoder:
    """Writes a table as a page; how many rows there were stands below them."""

    missing_glyphs = 0

    def __init__(self, table: Table) -> None:
        self._table = table
        self._converters = [_CONVERTERS[column.type] for column in table.columns]
        self._script = page.script()
        self._written = 0

    def start(self, front: Front = NO_FRONT) -> Iterator[bytes]:
        """Head, heading, figures and charts, header row."""
        yield encoded(page.opening(self._table, self._script, front))

    def rows(self, rows: Sequence[Row]) -> Iterator[bytes]:
        """Yield these rows as table rows."""
        if rows:
            self._written += len(rows)
            yield self._lines(rows)

    def finish(self, total: Row | None = None, notes: tuple[str, ...] = ()) -> Iterator[bytes]:
        """Yield the total row, late notes, the count and the code that sorts."""
        yield b"</tbody>\n"
        if total is not None:
            yield b"<tfoot>" + self._lines([total]) + b"</tfoot>\n"
        yield encoded(page.closing(self._written, notes, self._script))

    def _lines(self, rows: Sequence[Row]) -> bytes:
        """Return all in one piece, its parts set off by signs that become tags when the rest has been escaped."""
        text = encoded(_ROW.join(map(_CELL.join, by_column(rows, self._converters))))
        cells, ends = text.count(_CELL.encode()), text.count(_ROW.encode())
        if ends >= len(rows) or cells > len(rows) * (len(self._converters) - 1):
            return b"".join(map(self._line, rows))
        marked = escaped(text).replace(_CELL.encode(), _CELL_TAGS).replace(_ROW.encode(), _ROW_TAGS)
        return b"<tr><td>" + marked + b"</td></tr>\n"

    def _line(self, row: Row) -> bytes:
        """Return a row on its own: for those few batches whose texts have these very signs."""
        ((*cells,),) = by_column([row], self._converters)
        return b"<tr><td>" + _CELL_TAGS.join(escaped(encoded(cell)) for cell in cells) + b"</td></tr>\n"


def _digits(values: Sequence[Value]) -> list[str]:
    return [shown(number) for number in values]


_CONVERTERS = {ColumnType.TEXT: texts, ColumnType.DATE: texts, ColumnType.INTEGER: _digits}
