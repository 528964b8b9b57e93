"""The document's title and author, as the property set that Windows and Excel read."""

from __future__ import annotations

from struct import pack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.reports.table import Heading

_SUMMARY = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
_CODE_PAGE, _TITLE, _AUTHOR, _CREATED = 1, 2, 4, 12
_INTEGER, _TEXT, _TIME = 2, 30, 64
_UTF8 = 65001 - 65536
_SECONDS_FROM_1601 = 11_644_473_600
_MOST_BYTES = 1_000


def summary(heading: Heading) -> bytes:
    """Return the stream `SummaryInformation`."""
    values = {
        _CODE_PAGE: pack("<Ihxx", _INTEGER, _UTF8),
        _TITLE: _text(heading.title),
        _AUTHOR: _text(heading.partner),
        _CREATED: _time(heading.as_of),
    }
    offset = 8 + 8 * len(values)
    places, content = b"", b""
    for name, value in values.items():
        places += pack("<II", name, offset + len(content))
        content += value
    section = pack("<II", offset + len(content), len(values)) + places + content
    return pack("<HHI16xI", 0xFFFE, 0, 0x00020006, 1) + _SUMMARY + pack("<I", 48) + section


def _text(text: str) -> bytes:
    spelled = text.encode("utf-8", "replace")[:_MOST_BYTES].decode("utf-8", "ignore").encode() + b"\0"
    return pack("<II", _TEXT, len(spelled)) + spelled + bytes(-len(spelled) % 4)


def _time(moment: datetime) -> bytes:
    return pack("<IQ", _TIME, (int(moment.timestamp()) + _SECONDS_FROM_1601) * 10_000_000)
