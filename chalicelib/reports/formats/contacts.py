"""The targeted list: a report's accounts as contacts, ready to upload to a mailing.

What a mailing is sent to is never altered: a row that a spreadsheet might run is left out and listed. The file has no
byte order mark, because upload forms read the first column's name letter by letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.domain.kernel.formula_guard import all_harmless, holds_formula
from chalicelib.reports.columns import texts
from chalicelib.reports.delimited import fields, lines
from chalicelib.reports.table import NO_FRONT, Column

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chalicelib.reports.table import Front, Row, Table

CONTACT_COLUMNS = tuple(map(Column, ("email", "first_name", "last_name", "company_name")))
"""Named as the import of the mailing service asks for them, so that the file uploads without editing."""
_MOST_LISTED = 1_000


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is not in the file, and the column that a spreadsheet would have run."""

    row: int
    """Counted from 1 over the rows given, left-out ones included."""
    column: str


class ContactsEncoder:
    """Writes a table of `CONTACT_COLUMNS` as CSV exactly as it is, without its dangerous rows."""

    missing_glyphs = 0

    def __init__(self, table: Table) -> None:
        self._titles = [column.title for column in table.columns]
        self._seen = 0
        self.left_out_count = 0
        self.left_out: list[LeftOut] = []
        """The first thousand rows left out; `left_out_count` counts them all."""

    def start(self, front: Front = NO_FRONT) -> Iterator[bytes]:  # noqa: ARG002
        """Yield the header row."""
        yield lines([title] for title in fields(self._titles))

    def rows(self, rows: Sequence[Row]) -> Iterator[bytes]:
        """Yield those of these rows that are safe."""
        safe = [row for number, row in enumerate(rows, self._seen + 1) if self._is_safe(number, row)]
        self._seen += len(rows)
        if safe:
            yield lines(fields(texts(column)) for column in zip(*safe, strict=True))

    def finish(self, total: Row | None = None, notes: tuple[str, ...] = ()) -> Iterator[bytes]:  # noqa: ARG002
        """Nothing: a total is no contact."""
        return iter(())

    def _is_safe(self, number: int, row: Row) -> bool:
        cells = texts(row)
        if all_harmless(cells):
            return True
        dangerous = [title for title, text in zip(self._titles, cells, strict=True) if holds_formula(text)]
        if dangerous:
            self._leave_out(LeftOut(number, dangerous[0]))
        return not dangerous

    def _leave_out(self, left_out: LeftOut) -> None:
        self.left_out_count += 1
        if len(self.left_out) < _MOST_LISTED:
            self.left_out.append(left_out)
