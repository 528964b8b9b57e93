"""The result file of an import: one line for everything that is wrong with a row that was rejected."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from chalicelib.domain.kernel.formula_guard import guard

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chalicelib.domain.imports.cells import Problem

HEADER = "line,username,column,reason\r\n"


def rejection(line: int, username: str, problems: Iterable[Problem]) -> str:
    """Return the lines of one rejected row, as the result file has them."""
    text = StringIO(newline="")
    write = csv.writer(text, lineterminator="\r\n").writerow
    for column, reason in problems:
        write((line, _cell(username), column, _cell(reason)))
    return text.getvalue()


def _cell(text: str) -> str:
    """Text from the file, harmless in a spreadsheet and on one line."""
    return guard(" ".join(text.split("\x00")).replace("\r", " ").replace("\n", " "))
