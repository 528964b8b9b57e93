"""The compound file an Excel 97 workbook lives in: sectors, and a table that chains them."""

from __future__ import annotations

from array import array
from struct import pack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SECTOR = 512
_SMALLEST = 4_096
"""A shorter stream would have to live in the small sectors, which nothing here needs."""
_ENTRIES = SECTOR // 4
_IN_HEADER = 109
_FREE, _END_OF_CHAIN, _TABLE_SECTOR, _INDEX_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC
_ROOT, _STREAM, _NONE = 5, 2, 0xFFFFFFFF
_WORKBOOK_CLASS = bytes.fromhex("2008020000000000c000000000000046")


class CompoundFile:
    """A file that holds one workbook of a known size, and its properties."""

    def __init__(self, workbook: int, properties: bytes) -> None:
        self._workbook = max(workbook, _SMALLEST)
        self._padding = bytes(-workbook % SECTOR if workbook >= _SMALLEST else _SMALLEST - workbook)
        self._properties = properties.ljust(_SMALLEST, b"\0")
        self._first_property = _sectors(self._workbook)
        self._directory = self._first_property + _sectors(len(self._properties))
        self._tables, self._indexes = _table_sectors(self._directory + 1)

    def start(self) -> bytes:
        """Return what stands before the workbook."""
        first_index = self._first_table + self._tables if self._indexes else _END_OF_CHAIN
        head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
        head += pack("<IIIII", 0, self._tables, self._directory, 0, _SMALLEST)
        head += pack("<IIII", _END_OF_CHAIN, 0, first_index, self._indexes)
        places = range(self._first_table, self._first_table + min(self._tables, _IN_HEADER))
        return head + _table(places, _IN_HEADER)

    def finish(self) -> Iterator[bytes]:
        """Yield what stands behind the workbook."""
        yield self._padding
        yield self._properties
        yield self._directory_sector()
        yield self._chains()
        yield from self._index_sectors()

    @property
    def _first_table(self) -> int:
        return self._directory + 1

    def _directory_sector(self) -> bytes:
        root = _entry("Root Entry", _ROOT, child=1, start=_END_OF_CHAIN, class_id=_WORKBOOK_CLASS)
        workbook = _entry("Workbook", _STREAM, right=2, start=0, size=self._workbook)
        properties = _entry("\x05SummaryInformation", _STREAM, black=False, start=self._first_property, size=_SMALLEST)
        return root + workbook + properties + _entry("", 0, start=0)

    def _chains(self) -> bytes:
        """For every sector the one that follows it."""
        following = array("I", range(1, self._first_table + 1))
        for last in (self._first_property, self._directory, self._first_table):
            following[last - 1] = _END_OF_CHAIN
        following.extend([_TABLE_SECTOR] * self._tables + [_INDEX_SECTOR] * self._indexes)
        return _table(following, self._tables * _ENTRIES)

    def _index_sectors(self) -> Iterator[bytes]:
        """Yield where the sectors of `_chains` are, as far as the header has no room for that."""
        places = range(self._first_table + _IN_HEADER, self._first_table + self._tables)
        room = _ENTRIES - 1
        for number in range(self._indexes):
            is_last = number == self._indexes - 1
            following = _END_OF_CHAIN if is_last else self._first_table + self._tables + number + 1
            yield _table(places[number * room : (number + 1) * room], room) + pack("<I", following)


def _sectors(size: int) -> int:
    return -(-size // SECTOR)


def _table_sectors(others: int) -> tuple[int, int]:
    """Return how many sectors the chains take, their own included, and how many the index of those."""
    tables = indexes = 0
    while tables * _ENTRIES < others + tables + indexes:
        tables += 1
        indexes = -(-max(tables - _IN_HEADER, 0) // (_ENTRIES - 1))
    return tables, indexes


def _table(numbers: range | array[int], length: int) -> bytes:
    filled = array("I", numbers)
    filled.extend([_FREE] * (length - len(filled)))
    return filled.tobytes()


def _entry(
    name: str,
    kind: int,
    *,
    start: int,
    size: int = 0,
    right: int = _NONE,
    child: int = _NONE,
    black: bool = True,
    class_id: bytes = bytes(16),
) -> bytes:
    spelled = name.encode("utf-16-le")
    length = len(spelled) + 2 if name else 0
    head = spelled.ljust(64, b"\0") + pack("<HBBIII", length, kind, black, _NONE, right, child) + class_id
    return head + bytes(20) + pack("<III", start, size, 0)
