"""Columns to RFC 4180 text: commas, CRLF, quotes where they are needed, UTF-8; twice as fast as `csv.writer`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_TO_QUOTE = re.compile('[",;\t\r\n]')
"""Beside what RFC 4180 asks for, what readers that try several separators would split at."""
_SEPARATED = re.compile("[,;\t]")


def fields(texts: list[str]) -> list[str]:
    """Return each text as a field; only where one of them needs quotes are they looked at one by one."""
    together = "\n".join(texts)
    if together.count("\n") >= len(texts) or '"' in together or "\r" in together:
        return [_field(text) for text in texts]
    if not _SEPARATED.search(together):
        return texts
    return [f'"{text}"' if _SEPARATED.search(text) else text for text in texts]


def lines(columns: Iterable[Iterable[str]]) -> bytes:
    """Return the rows of these columns of fields; half a surrogate pair, which no encoding can write, is a question
    mark.
    """
    rows = map(",".join, zip(*columns, strict=True))
    return ("\r\n".join(rows) + "\r\n").encode("utf-8", "replace")


def _field(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _TO_QUOTE.search(text) else text
