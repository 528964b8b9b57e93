"""The table of a workbook's texts, which its cells point into."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from struct import Struct, pack
from typing import TYPE_CHECKING

from chalicelib.reports.formats.xls.records import CONTINUE, LARGEST, characters, record
from chalicelib.reports.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TABLE = 0x00FC
_PREFIX = 12
"""The table's record header and its two counts, which are known at the end."""
_REMEMBERED = 32_768
"""Distinct texts kept in memory: what is seen again later than that many others is written a second time."""
_LONGEST_REMEMBERED = 255
_WAITING = 512
"""Texts encoded together."""
_ENOUGH_TO_JUDGE = 64
"""So many values of a column, all different, are taken for names or ids that do not come again."""
_SMALLEST_START = 7
"""A text's three bytes of header stay with its first units, up to a surrogate pair."""
_HEADER = 3
_FIRST_HALVES = range(0xD8, 0xDC)
_header = Struct("<HB").pack
_SHORT_HEADERS = [_header(units, 0) for units in range(256)]
_SEPARATOR = "\x1f"


class StringTable(dict[str, int]):
    """Each text's place; a text that is not there yet is added."""

    def __init__(self) -> None:
        super().__init__()
        self._spool = Spool()
        self._kind, self._block = _TABLE, bytearray(8)
        self._waiting: list[str] = []
        self._texts = 0

    def __missing__(self, text: str) -> int:
        place = self._texts
        self._texts += 1
        self._waiting.append(text)
        if len(self._waiting) == _WAITING:
            self._encode()
        if len(text) <= _LONGEST_REMEMBERED:
            self[text] = place
        return place

    def places(self, texts: list[str]) -> Iterable[int]:
        """Return the places of a column's texts, 0 for an empty one; texts that all differ are not remembered."""
        if len(texts) < _ENOUGH_TO_JUDGE or len(set(texts)) < len(texts):
            return [self[text] if text else 0 for text in texts]
        self._encode()
        self._waiting = texts
        first, self._texts = self._texts, self._texts + len(texts)
        self._encode()
        return range(first, self._texts)

    def close(self) -> None:
        """No more texts: from here the table's size is known."""
        self._encode()
        self._next_block()

    @property
    def size(self) -> int:
        """The bytes of the closed table."""
        return self._spool.size

    def records(self, cells: int) -> Iterator[bytes]:
        """Yield the closed table, which `cells` cells point into."""
        (first,) = self._spool.read(0, _PREFIX)
        yield first[:4] + pack("<II", cells, self._texts)
        yield from self._spool.read(_PREFIX, self.size)

    def _encode(self) -> None:
        pieces = _pieces(self._waiting)
        ends = list(accumulate(map(len, pieces), initial=0))
        start = 0
        while start < len(pieces):
            fitting = bisect_right(ends, ends[start] + LARGEST - len(self._block), start) - 1
            self._block += b"".join(pieces[start:fitting])
            if fitting < len(pieces):
                self._spread(pieces[fitting])
            start = fitting + 1
        self._waiting = []
        if len(self) > _REMEMBERED:
            self.clear()

    def _spread(self, piece: bytes) -> None:
        """Over the rest of this block and as many more as it takes, each repeating how wide the units are."""
        if len(self._block) + _SMALLEST_START > LARGEST:
            self._next_block()
        wide, content = piece[_HEADER - 1], piece[_HEADER:]
        self._block += piece[:_HEADER]
        while len(self._block) + len(content) > LARGEST:
            room = _whole_signs(content, LARGEST - len(self._block), wide)
            self._block += content[:room]
            content = content[room:]
            self._next_block()
            self._block.append(wide)
        self._block += content

    def _next_block(self) -> None:
        self._spool.write(record(self._kind, self._block))
        self._kind, self._block = CONTINUE, bytearray()


def _pieces(texts: list[str]) -> list[bytes]:
    """Return each text as the table holds it: its length, how wide its units are, and they."""
    if max(map(len, texts), default=0) >= len(_SHORT_HEADERS):
        return [_piece(text) for text in texts]
    together = _SEPARATOR.join(texts)
    if together.isascii() and together.count(_SEPARATOR) < len(texts):
        return [_SHORT_HEADERS[len(text)] + text for text in together.encode().split(_SEPARATOR.encode())]
    narrow = [text.encode("latin-1", "ignore") for text in texts]
    return [
        _SHORT_HEADERS[len(text)] + bytes_ if len(bytes_) == len(text) else _piece(text)
        for text, bytes_ in zip(texts, narrow, strict=True)
    ]


def _piece(text: str) -> bytes:
    units, wide, content = characters(text)
    return _header(units, wide) + content


def _whole_signs(content: bytes, room: int, wide: int) -> int:
    """As many of these bytes as fit without parting a unit or a surrogate pair, which readers decode by the record."""
    if not wide:
        return room
    even = room - room % 2
    return even - 2 if content[even - 1] in _FIRST_HALVES else even
