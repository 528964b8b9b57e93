"""Rows to RFC 4180 text: commas, CRLF, quotes where they are needed, UTF-8."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chalicelib.reports.table import Value


class Delimited:
    """Turns rows into the bytes of a CSV file, a batch at a time."""

    def __init__(self) -> None:
        self._text = StringIO(newline="")
        self._writer = csv.writer(self._text, lineterminator="\r\n")

    def lines(self, rows: Iterable[Iterable[Value]]) -> bytes:
        """The rows as lines; half a surrogate pair, which no encoding can write, becomes a question mark."""
        self._writer.writerows(rows)
        written = self._text.getvalue().encode("utf-8", "replace")
        self._text.seek(0)
        self._text.truncate()
        return written
