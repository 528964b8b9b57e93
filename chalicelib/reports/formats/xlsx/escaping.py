"""Text to the XML of a spreadsheet cell, in which every sign has a way to stand."""

from __future__ import annotations

import re

_BARE = r"\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff"
_NOT_XML = re.compile(f"[{_BARE}]")
_TO_ESCAPE = re.compile(f"[{_BARE}]|_(?=[xX][0-9A-Fa-f]{{4}}[_{_BARE}])")
"""Signs XML cannot hold or keep, and an underscore that would be read as the start of such a sign's escape."""
_CONTROLS = bytes(sign for sign in range(32) if chr(sign) not in "\t\n")
_MAYBE_ODD = tuple(text.encode() for text in ("_x", "_X", "\ufffe", "\uffff"))
_SEPARATOR = "\n"


def plain(texts: list[str]) -> list[bytes] | None:
    """Return all the texts as XML, if none needs more than XML's own signs escaped; None means that they be looked at
    singly.

    (A search by `_NOT_XML` would take six times as long.)
    """
    try:
        encoded = _SEPARATOR.join(texts).encode()
    except UnicodeEncodeError:
        return None
    if len(encoded.translate(None, _CONTROLS)) < len(encoded) or any(odd in encoded for odd in _MAYBE_ODD):
        return None
    found = markup(encoded).split(_SEPARATOR.encode())
    return found if len(found) == len(texts) else None


def markup(text: bytes) -> bytes:
    """Return the text with XML's own signs escaped."""
    return text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def escape(text: str) -> bytes:
    """Any text at all: what XML cannot hold becomes `_xHHHH_`, which spreadsheets read back."""
    return markup(_TO_ESCAPE.sub(_escaped, text).encode())


def attribute(text: str) -> str:
    """Any text as the value of a quoted attribute or of a document property, where no such escape is known."""
    return markup(_NOT_XML.sub(" ", text).encode()).decode().replace('"', "&quot;")


def _escaped(found: re.Match[str]) -> str:
    """Half a surrogate pair is a question mark, as in every format: no encoding can write it."""
    sign = found[0]
    return "?" if "\ud800" <= sign <= "\udfff" else f"_x{ord(sign):04X}_"
