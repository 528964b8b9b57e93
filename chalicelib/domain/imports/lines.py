"""A CSV file as records: read from bytes piece by piece, each with its line number and the byte where it ends."""

from __future__ import annotations

import csv
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from chalicelib.domain.imports.columns import InvalidFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST_LINE = 65_536
"""Bytes; a line of a portfolio has a few hundred."""
MOST_LINES = 20
"""A quoted cell may run over so many lines; past that its quote is taken for one that nobody closed."""
BOM = b"\xef\xbb\xbf"
OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff")
QUOTE = ord('"')


class Record(NamedTuple):
    """One record of the file: its cells, or why they cannot be told apart."""

    line: int
    """The line it starts on; the header is on line 1."""
    end: int
    """The byte after it: where reading can go on."""
    next_line: int
    cells: list[str]
    problem: str | None = None


class Lines:
    """The lines of a file, ended by LF, CRLF or CR; some can be given back."""

    def __init__(self, pieces: Iterable[bytes], line: int) -> None:
        self._pieces = iter(pieces)
        self._ready: deque[bytes] = deque()
        self._rest = b""
        self.line = line
        """The number of the line that comes next."""

    def next(self) -> bytes | None:
        """Return the next line with its end, or None after the last."""
        while not self._ready:
            piece = next(self._pieces, None)
            if piece is None:
                return self._last()
            self._take(piece)
        self.line += 1
        return self._ready.popleft()

    def give_back(self, lines: list[bytes]) -> None:
        """Have these lines come again."""
        self._ready.extendleft(reversed(lines))
        self.line -= len(lines)

    def _take(self, piece: bytes) -> None:
        lines = (self._rest + piece).splitlines(keepends=True)
        # The last line may go on in the next piece, and a CR at the very end may be half of a CRLF.
        whole = bool(lines) and lines[-1].endswith(b"\n")
        self._rest = b"" if whole or not lines else lines.pop()
        if len(self._rest) > LONGEST_LINE:
            raise InvalidFile(f"Line {self.line + len(lines)} has more than {LONGEST_LINE} bytes: this is no CSV file.")
        self._ready.extend(lines)

    def _last(self) -> bytes | None:
        last, self._rest = self._rest, b""
        self.line += bool(last)
        return last or None


def records(pieces: Iterable[bytes], start: int = 0, line: int = 1) -> Iterator[Record]:
    """Yield the records of a file with commas from a byte and line on; see `read_records`."""
    return read_records(Lines(pieces, line), start, ",")


def read_records(lines: Lines, end: int, delimiter: str) -> Iterator[Record]:
    """Yield the records of these lines, the first beginning at a byte; raises `InvalidFile` where the encoding is
    wrong.

    Lines without content are left out: empty ones, and those of nothing but delimiters and blanks.
    """
    while (raw := lines.next()) is not None:
        at = lines.line - 1
        end += len(raw)
        text = decoded(raw, at)
        if QUOTE in raw:
            record = _quoted(text, at, end, lines, delimiter)
            end = record.end
            if record.problem or any(map(str.strip, record.cells)):
                yield record
        elif any(map(str.strip, cells := text.rstrip("\r\n").split(delimiter))):
            yield Record(at, end, at + 1, cells)


def _without_bom(raw: bytes) -> bytes:
    if raw.startswith(OTHER_ENCODINGS):
        raise InvalidFile("The file is UTF-16. Save it as CSV UTF-8 and upload it again.")
    return raw.removeprefix(BOM)


def decoded(raw: bytes, line: int) -> str:
    """Return a line's text, the first without its byte order mark; raises `InvalidFile` where it is no UTF-8."""
    raw = _without_bom(raw) if line == 1 else raw
    if len(raw) > LONGEST_LINE:
        raise InvalidFile(f"Line {line} has more than {LONGEST_LINE} bytes: this is no CSV file.")
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        byte = f"0x{raw[error.start]:02X}"
        raise InvalidFile(
            f"Line {line} is not UTF-8: byte {byte} at position {error.start + 1}. "
            "Save the file as CSV UTF-8 and upload it again."
        ) from error


def _quoted(text: str, line: int, end: int, lines: Lines, delimiter: str) -> Record:
    """Return a record with quotes, which may run over several lines."""
    more: list[bytes] = []
    closed = True

    def feed() -> Iterator[str]:
        nonlocal closed
        yield text
        while len(more) < MOST_LINES and (raw := lines.next()) is not None:
            more.append(raw)
            yield decoded(raw, lines.line - 1)
        closed = False

    try:
        cells = next(csv.reader(feed(), delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        problem = _badly_quoted(error) if closed else "A quote is opened here and never closed."
        lines.give_back(more)
        return Record(line, end, line + 1, [], problem)
    return Record(line, end + sum(map(len, more)), line + 1 + len(more), cells)


def _badly_quoted(error: csv.Error) -> str:
    return f"The quotes are not right ({error}): a quote inside a quoted cell is written twice."
