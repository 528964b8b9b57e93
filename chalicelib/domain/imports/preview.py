"""The first rows of an import file as they will be read, and in which date formats its dates would be dates."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from chalicelib.domain.imports.columns import DATE_COLUMNS
from chalicelib.domain.imports.dates import DateFormat, fitting_formats, read_date
from chalicelib.domain.imports.file import RowReading, open_file
from chalicelib.domain.kernel.formula_guard import unguard

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from chalicelib.domain.imports.cells import Problem
    from chalicelib.domain.imports.columns import ImportKind
    from chalicelib.domain.imports.imports import Understood

SHOWN_ROWS = 10
SAMPLED_ROWS = 1_000
"""Rows whose dates are looked at."""


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row as it will be read."""

    line: int
    values: dict[str, str]
    """By column, dates as YYYY-MM-DD; a cell that cannot be read is as it stands in the file."""
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would make of the beginning of its file."""

    understood: Understood
    date_formats: tuple[DateFormat, ...]
    """Those in which all dates of the first thousand rows are dates; more than one means that nobody can tell."""
    rows: list[PreviewRow]


def preview(kind: ImportKind, pieces: Iterable[bytes], today: date, date_format: DateFormat) -> Preview:
    """Reads the beginning of a file; raises `InvalidFile` for what makes all of it useless."""
    understood, read = open_file(kind, pieces)
    reading = RowReading(kind, understood.columns, today, date_format)
    dates: set[str] = set()
    rows: list[PreviewRow] = []
    for record in islice(read, SAMPLED_ROWS):
        cells = reading.cells(record)
        dates.update(cells.get(name, "").strip() for name in DATE_COLUMNS)
        if len(rows) < SHOWN_ROWS:
            row = reading.row(record, cells, cells.get("username", ""), record.line)
            values = {name: _value(name, cell, date_format) for name, cell in cells.items()}
            rows.append(PreviewRow(record.line, values, row.problems))
    return Preview(understood, fitting_formats(dates), rows)


def _value(name: str, cell: str, date_format: DateFormat) -> str:
    if name not in DATE_COLUMNS:
        return unguard(cell)
    day = read_date(cell.strip(), date_format)
    return cell if day is None else day.isoformat()
