"""Sorts any number of rows in bounded memory: sorted runs are put aside, and merged as they are read back."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.reports.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ROWS_IN_MEMORY = 20_000
CHUNK = 500
"""Rows of one run that are read back together."""

PlainRow = tuple[Any, ...]
"""Of texts, numbers and tuples of them: what can be written to a file and read back."""
_DECODER = msgspec.msgpack.Decoder(list[tuple[Any, ...]])


class SpooledSort:
    """Takes rows in, and gives them back by their keys; rows of one key keep their order."""

    def __init__(self, key: Callable[[PlainRow], Any], rows_in_memory: int = ROWS_IN_MEMORY) -> None:
        self._key = key
        self._most = rows_in_memory
        self._kept: list[PlainRow] = []
        self._spool = Spool()
        self._runs: list[list[tuple[int, int]]] = []
        """Of each run where its chunks are."""

    def add(self, rows: Iterable[PlainRow]) -> None:
        """Take some more rows."""
        self._kept.extend(rows)
        if len(self._kept) >= self._most:
            self._put_aside()

    def batches(self) -> Iterator[list[PlainRow]]:
        """Yield all rows in order; once."""
        self._kept.sort(key=self._key)
        if not self._runs:
            yield from (self._kept[at : at + CHUNK] for at in range(0, len(self._kept), CHUNK))
            return
        merged = heapq.merge(*map(self._read, self._runs), self._kept, key=self._key)
        while batch := [row for _, row in zip(range(CHUNK), merged, strict=False)]:
            yield batch

    def _put_aside(self) -> None:
        self._kept.sort(key=self._key)
        chunks = []
        for at in range(0, len(self._kept), CHUNK):
            start = self._spool.size
            self._spool.write(msgspec.msgpack.encode(self._kept[at : at + CHUNK]))
            chunks.append((start, self._spool.size))
        self._runs.append(chunks)
        self._kept = []

    def _read(self, chunks: list[tuple[int, int]]) -> Iterator[PlainRow]:
        for start, end in chunks:
            yield from _DECODER.decode(b"".join(self._spool.read(start, end)))
