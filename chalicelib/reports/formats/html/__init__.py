"""HTML: one file without outside references that sorts, prints, follows dark mode, and is written as rows come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.reports.columns import by_column, texts, translated
from chalicelib.reports.formats.html import page
from chalicelib.reports.formats.html.escaping import escape
from chalicelib.reports.table import ColumnType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chalicelib.reports.table import Row, Table, Value


class HtmlEncoder:
    """Writes a table as a page; how many rows there were stands below them."""

    missing_glyphs = 0

    def __init__(self, table: Table) -> None:
        self._table = table
        self._converters = [_CONVERTERS[column.type] for column in table.columns]
        self._script = page.script()
        self._written = 0

    def start(self) -> Iterator[bytes]:
        """Head, heading and header row."""
        yield _bytes(page.opening(self._table, self._script))

    def rows(self, rows: Sequence[Row]) -> Iterator[bytes]:
        """These rows as table rows."""
        if rows:
            self._written += len(rows)
            yield _bytes(self._lines(rows))

    def finish(self, total: Row | None = None, notes: tuple[str, ...] = ()) -> Iterator[bytes]:
        """The total row, late notes, the count and the code that sorts."""
        footer = "" if total is None else f"<tfoot>{self._lines([total])}</tfoot>\n"
        counted = "1 row" if self._written == 1 else f"{self._written:,} rows"
        yield _bytes(
            f'</tbody>\n{footer}</table>\n</div>\n{page.notes(notes)}<p class="count">{counted}</p>\n'
            f'<p class="quiet" id="said" role="status"></p>\n<script>{self._script}</script>\n</body>\n</html>\n'
        )

    def _lines(self, rows: Sequence[Row]) -> str:
        cells = map("</td><td>".join, by_column(rows, self._converters))
        return "<tr><td>" + "</td></tr>\n<tr><td>".join(cells) + "</td></tr>\n"


def _escaped(values: Sequence[Value]) -> list[str]:
    return translated(texts(values), escape)


def _digits(values: Sequence[Value]) -> list[str]:
    return ["" if number is None else f"{number:d}" for number in values]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


_CONVERTERS = {ColumnType.TEXT: _escaped, ColumnType.DATE: _escaped, ColumnType.INTEGER: _digits}
