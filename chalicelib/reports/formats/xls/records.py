"""BIFF8 records: the numbered, length-prefixed pieces of which an Excel 97 workbook is made."""

from __future__ import annotations

from struct import Struct, pack

LARGEST = 8_224
"""Bytes of content in one record; what is longer goes on in CONTINUE records."""

CONTINUE = 0x003C
EOF_RECORD = 0x000A
WORKBOOK, WORKSHEET = 0x0005, 0x0010

_HEADER = Struct("<HH")


def record(kind: int, content: bytes | bytearray = b"") -> bytes:
    """Return one record."""
    return _HEADER.pack(kind, len(content)) + content


def beginning(substream: int) -> bytes:
    """Return the record that begins the workbook's own records or those of a sheet."""
    return record(0x0809, pack("<HHHHII", 0x0600, substream, 0x0DBB, 0x07CC, 0, 6))


def end() -> bytes:
    """Return the record that ends what `beginning` began."""
    return record(EOF_RECORD)


def characters(text: str) -> tuple[int, int, bytes]:
    """Return a text as BIFF8 holds it: its length, 0 or 1 for one or two bytes a unit, and the bytes."""
    narrow = text.encode("latin-1", "ignore")
    if len(narrow) == len(text):
        return len(narrow), 0, narrow
    wide = text.encode("utf-16-le", "replace")
    return len(wide) // 2, 1, wide


def short_text(text: str) -> bytes:
    """Return a text of at most 255 units behind one byte of length."""
    units, wide, content = characters(text)
    return pack("<BB", units, wide) + content
