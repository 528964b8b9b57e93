"""An import file from its first byte to its last: looked through before anything is written, then read row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from chalicelib.domain import usernames
from chalicelib.domain.first_lines import FirstLines
from chalicelib.domain.formula_guard import unguard
from chalicelib.domain.import_cells import Problem
from chalicelib.domain.import_columns import ImportKind, Unreadable, require_header
from chalicelib.domain.import_lines import records
from chalicelib.domain.import_managed_rows import read_managed_account_row
from chalicelib.domain.import_place import Place
from chalicelib.domain.import_rows import read_portfolio_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from chalicelib.domain.import_lines import Record
    from chalicelib.domain.import_managed_rows import ManagedAccountRow
    from chalicelib.domain.portfolio_row import PortfolioRow

MAX_ROWS = 1_000_000


class FileRow(NamedTuple):
    """One row: what it says, or everything that is wrong with it."""

    line: int
    ends: Place
    username: str
    read: PortfolioRow | ManagedAccountRow | None
    problems: list[Problem]


def survey(kind: ImportKind, pieces: Iterable[bytes]) -> int:
    """How many rows the file has; raises `Unreadable` for what makes all of it useless, before any of it is written."""
    read = records(pieces)
    require_header(kind, _header(read))
    rows = 0
    for rows, record in enumerate(read, start=1):
        if rows > MAX_ROWS:
            raise Unreadable(
                f"The file has more than {MAX_ROWS:,} rows; line {record.line} is one too many. Split it into several."
            )
    return rows


def rows_after(reached: Place, kind: ImportKind, pieces: Iterable[bytes], today: date) -> Iterator[FileRow]:
    """The rows that follow; those before are only looked through for the usernames they took."""
    read = records(pieces)
    header = _header(read)
    seen = FirstLines()
    for record in read:
        username = _username(record, header)
        first = seen.first(username, record.line) if usernames.valid(username) else record.line
        if record.end > reached.byte:
            yield _row(record, header, kind, username, first, today)


def _header(read: Iterator[Record]) -> list[str]:
    record = next(read, None)
    if record is None:
        raise Unreadable("The file is empty: its first line must name the columns, as the template does.")
    if record.problem:
        raise Unreadable(f"The header (line {record.line}) cannot be read. {record.problem}")
    return record.cells


def _username(record: Record, header: list[str]) -> str:
    return unguard(record.cells[header.index("username")]) if len(record.cells) == len(header) else ""


def _row(record: Record, header: list[str], kind: ImportKind, username: str, first: int, today: date) -> FileRow:
    read = _read(record, header, kind, today)
    problems = read if isinstance(read, list) else []
    if first != record.line:
        problems = [Problem("username", f"This username is on line {first} already.")]
    ends = Place(record.end, record.next_line)
    return FileRow(record.line, ends, username, None if problems or isinstance(read, list) else read, problems)


def _read(
    record: Record, header: list[str], kind: ImportKind, today: date
) -> PortfolioRow | ManagedAccountRow | list[Problem]:
    if record.problem:
        return [Problem("", record.problem)]
    if len(record.cells) != len(header):
        return [Problem("", f"This row has {len(record.cells)} cells, the header has {len(header)}.")]
    cells = dict(zip(header, record.cells, strict=True))
    if kind is ImportKind.PORTFOLIO:
        return read_portfolio_row(cells, today)
    return read_managed_account_row(cells)
