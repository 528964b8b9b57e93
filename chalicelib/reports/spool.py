"""Bytes put aside until what must stand before them is known: in memory while few, then in a temporary file."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_IN_MEMORY = 4 << 20
_PIECE = 256 << 10


class Spool:
    """Written front to back, read back in pieces."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  closed with the spool
        self.size = 0

    def write(self, content: bytes) -> None:
        """Add to the end."""
        self._file.write(content)
        self.size += len(content)

    def read(self, start: int, end: int) -> Iterator[bytes]:
        """Yield the bytes from `start` up to `end`."""
        self._file.seek(start)
        for position in range(start, end, _PIECE):
            yield self._file.read(min(_PIECE, end - position))

    def __del__(self) -> None:
        """Give the temporary file back, also after a report that failed half way."""
        self._file.close()
