"""How a CSV file separates its cells: detected from its heading, or told by a `sep=` line before it."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.domain.imports.columns import InvalidFile, heading_key, known_headings
from chalicelib.domain.imports.lines import BOM, Lines, decoded, read_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chalicelib.domain.imports.lines import Record

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
_SEP_LINE = re.compile(r'\s*"?sep=(.)"?[,;\t\s]*', re.IGNORECASE)
_BLANK = b' ,;\t"\r\n'


@dataclass(frozen=True, slots=True)
class Dialect:
    """What was understood of a file before its first cell."""

    delimiter: str
    """Comma, semicolon or tab, by name."""
    encoding: str


def open_records(pieces: Iterable[bytes]) -> tuple[Dialect, Iterator[Record]]:
    """Detects the file's dialect; returns it and the records from the header on.

    Lines without content before the header are passed over; the offsets of the records count them.
    """
    lines, end, delimiter, encoding = Lines(pieces, 1), 0, None, "UTF-8"
    while (raw := lines.next()) is not None:
        at, content = lines.line - 1, raw.removeprefix(BOM)
        if at == 1 and content is not raw:
            encoding = "UTF-8 with a byte order mark"
        if content.strip(_BLANK):
            text = decoded(raw, at)
            declared = _told_delimiter(text, at) if delimiter is None else None
            if declared is None:
                lines.give_back([raw])
                delimiter = delimiter or _detected(text)
                break
            delimiter = declared
        end += len(raw)
    delimiter = delimiter or ","
    return Dialect(DELIMITERS[delimiter], encoding), read_records(lines, end, delimiter)


def _told_delimiter(text: str, line: int) -> str | None:
    declared = _SEP_LINE.fullmatch(text.rstrip("\r\n"))
    if declared is None:
        return None
    if declared[1] not in DELIMITERS:
        raise InvalidFile(f"Line {line} names the delimiter {declared[1]!r}. Use a comma, a semicolon or a tab.")
    return declared[1]


def _detected(header: str) -> str:
    """Return the delimiter that finds most of the columns; where none is found, the one that is there most often."""
    headings = known_headings()
    return max(DELIMITERS, key=lambda item: (len(headings.intersection(_cells(header, item))), header.count(item)))


def _cells(header: str, delimiter: str) -> list[str]:
    try:
        return [heading_key(cell) for cell in next(csv.reader([header], delimiter=delimiter), [])]
    except csv.Error:
        return []
