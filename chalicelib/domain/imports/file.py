"""An import file from its first byte to its last: looked through before anything is written, then read row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from chalicelib.domain.imports.cells import Problem
from chalicelib.domain.imports.columns import ImportKind, InvalidFile, fit_row, match_header
from chalicelib.domain.imports.dates import DateFormat
from chalicelib.domain.imports.dialect import open_records
from chalicelib.domain.imports.imports import Offset, Understood
from chalicelib.domain.imports.rows import read_managed_account_row, read_portfolio_row
from chalicelib.domain.imports.username_index import UsernameIndex
from chalicelib.domain.kernel import usernames
from chalicelib.domain.kernel.formula_guard import unguard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from chalicelib.domain.imports.lines import Record
    from chalicelib.domain.imports.portfolio_row import PortfolioRow
    from chalicelib.domain.imports.rows import ManagedAccountRow

MAX_ROWS = 1_000_000


class FileRow(NamedTuple):
    """One row: what it says, or everything that is wrong with it."""

    line: int
    ends: Offset
    username: str
    read: PortfolioRow | ManagedAccountRow | None
    problems: list[Problem]


def open_file(kind: ImportKind, pieces: Iterable[bytes]) -> tuple[Understood, Iterator[Record]]:
    """Reads a file's header; returns what was understood and the records below it, which are yet to be read."""
    dialect, read = open_records(pieces)
    record = next(read, None)
    if record is None:
        raise InvalidFile("The file is empty: its first line must name the columns, as the template does.")
    if record.problem:
        raise InvalidFile(f"The header (line {record.line}) cannot be read. {record.problem}")
    columns = match_header(kind, record.cells, record.line)
    return Understood(dialect.delimiter, dialect.encoding, columns), read


def validate_file(kind: ImportKind, pieces: Iterable[bytes]) -> tuple[int, Understood]:
    """Return how many rows the file has, and what was understood of it; raises `InvalidFile` for what makes all of it
    useless, before any of it is written.
    """
    understood, read = open_file(kind, pieces)
    rows = 0
    for rows, record in enumerate(read, start=1):
        if rows > MAX_ROWS:
            raise InvalidFile(
                f"The file has more than {MAX_ROWS:,} rows; line {record.line} is one too many. Split it into several."
            )
    return rows, understood


def rows_after(
    offset: Offset,
    kind: ImportKind,
    pieces: Iterable[bytes],
    today: date,
    date_format: DateFormat = DateFormat.YEAR_FIRST,
) -> Iterator[FileRow]:
    """Yield the rows that follow; those before are only looked through for the usernames they took."""
    understood, read = open_file(kind, pieces)
    reading = RowReading(kind, understood.columns, today, date_format)
    seen = UsernameIndex()
    for record in read:
        cells = reading.cells(record)
        username = unguard(cells.get("username", ""))
        first = seen.first(username, record.line) if usernames.valid(username) else record.line
        if record.end > offset.byte:
            yield reading.row(record, cells, username, first)


@dataclass(frozen=True, slots=True)
class RowReading:
    """Reads the rows of one file, on one day."""

    kind: ImportKind
    columns: tuple[str, ...]
    today: date
    date_format: DateFormat

    def cells(self, record: Record) -> dict[str, str]:
        """Return the cells by column; none where the row does not fit the header."""
        cells = record.cells if len(record.cells) == len(self.columns) else fit_row(record.cells, self.columns)
        return dict(zip(self.columns, cells, strict=True)) if cells else {}

    def row(self, record: Record, cells: dict[str, str], username: str, first: int) -> FileRow:
        """Return the row, or what is wrong with it; `first` is the line on which its username came first."""
        read = self._read(record, cells)
        problems = read if isinstance(read, list) else []
        if first != record.line:
            problems = [Problem("username", f"This username is on line {first} already.")]
        ends = Offset(record.end, record.next_line)
        return FileRow(record.line, ends, username, None if problems or isinstance(read, list) else read, problems)

    def _read(self, record: Record, cells: dict[str, str]) -> PortfolioRow | ManagedAccountRow | list[Problem]:
        if record.problem:
            return [Problem("", record.problem)]
        if not cells:
            return [Problem("", f"This row has {len(record.cells)} cells, the header has {len(self.columns)}.")]
        if self.kind is ImportKind.PORTFOLIO:
            return read_portfolio_row(cells, self.today, self.date_format)
        return read_managed_account_row(cells)
