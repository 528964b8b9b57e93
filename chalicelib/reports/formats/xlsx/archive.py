"""A ZIP file written front to back: an entry's size and checksum follow it, so that nothing is held back."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from isal import isal_zlib

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_LOCAL = Struct("<IHHHHHIIIHH")
_DESCRIPTOR = Struct("<IIII")
_CENTRAL = Struct("<IHHHHHHIIIHHHHHII")
_END = Struct("<IHHHHIIH")
_VERSION, _DEFLATED = 20, 8
_SIZES_FOLLOW, _UTF8 = 0x0008, 0x0800
_LIMIT = 0xFFFF_FFFF
_RAW_DEFLATE = -15
_FASTEST = 1


class TooLargeError(ValueError):
    """The file would pass 4 GiB, beyond which spreadsheet programs cannot follow."""


class Archive:
    """The bytes of a ZIP file, entry after entry; one is open at a time."""

    def __init__(self, made_at: datetime) -> None:
        self._time = made_at.hour << 11 | made_at.minute << 5 | made_at.second // 2
        self._date = max(made_at.year - 1980, 0) << 9 | made_at.month << 5 | made_at.day
        self._offset = 0
        self._directory: list[bytes] = []

    def entry(self, name: str, content: str) -> Iterator[bytes]:
        """Yield a whole entry."""
        yield self.open(name)
        yield self.write(content.encode())
        yield self.close()

    def open(self, name: str) -> bytes:
        """Begin an entry."""
        self._name, self._started = name.encode(), self._offset
        self._crc = self._size = self._packed = 0
        self._deflate = isal_zlib.compressobj(_FASTEST, isal_zlib.DEFLATED, _RAW_DEFLATE)
        head = (0x04034B50, _VERSION, _SIZES_FOLLOW | _UTF8, _DEFLATED, self._time, self._date, 0, 0, 0)
        return self._counted(_LOCAL.pack(*head, len(self._name), 0) + self._name)

    def write(self, data: bytes) -> bytes:
        """More of the open entry; often nothing comes yet, the compressor keeping it for the next call."""
        self._crc = isal_zlib.crc32(data, self._crc)
        self._size += len(data)
        return self._squeezed(self._deflate.compress(data))

    def close(self) -> bytes:
        """End the open entry."""
        rest = self._squeezed(self._deflate.flush())
        measures = (self._crc, self._packed, self._size)
        if max(self._size, self._offset) > _LIMIT:
            raise TooLargeError("This report is too large for an XLSX file: choose CSV.")
        head = (0x02014B50, _VERSION, _VERSION, _SIZES_FOLLOW | _UTF8, _DEFLATED, self._time, self._date)
        self._directory.append(
            _CENTRAL.pack(*head, *measures, len(self._name), 0, 0, 0, 0, 0, self._started) + self._name
        )
        return rest + self._counted(_DESCRIPTOR.pack(0x08074B50, *measures))

    def finish(self) -> bytes:
        """Return the directory, which ends the file."""
        directory = b"".join(self._directory)
        entries = len(self._directory)
        return directory + _END.pack(0x06054B50, 0, 0, entries, entries, len(directory), self._offset, 0)

    @property
    def entry_size(self) -> int:
        """How much has been written to the open entry, before compression."""
        return self._size

    def _squeezed(self, data: bytes) -> bytes:
        self._packed += len(data)
        return self._counted(data)

    def _counted(self, data: bytes) -> bytes:
        self._offset += len(data)
        return data
