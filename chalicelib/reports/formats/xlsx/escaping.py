"""Text to the XML of a spreadsheet cell, in which every sign has a way to stand."""

from __future__ import annotations

import re

_BARE = r"\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff"
_NOT_XML = re.compile(f"[{_BARE}]")
_TO_ESCAPE = re.compile(f"[{_BARE}]|_(?=[xX][0-9A-Fa-f]{{4}}[_{_BARE}])")
"""Signs XML cannot hold or keep, and an underscore that would be read as the start of such a sign's escape."""
_CONTROLS = bytes(sign for sign in range(32) if chr(sign) not in "\t\n")
_MAYBE_ODD = ("_x", "_X", "\ufffe", "\uffff")


def is_plain(text: str) -> bool:
    """Whether `markup` alone is enough; False means look closer. (A search for `_NOT_XML` takes six times as long.)"""
    try:
        encoded = text.encode()
    except UnicodeEncodeError:
        return False
    return len(encoded.translate(None, _CONTROLS)) == len(encoded) and not any(odd in text for odd in _MAYBE_ODD)


def markup(text: str) -> str:
    """The text with XML's own signs escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape(text: str) -> str:
    """Any text at all: what XML cannot hold becomes `_xHHHH_`, which spreadsheets read back."""
    return markup(_TO_ESCAPE.sub(_escaped, text))


def attribute(text: str) -> str:
    """Any text as the value of a quoted attribute or of a document property, where no such escape is known."""
    return markup(_NOT_XML.sub(" ", text)).replace('"', "&quot;")


def _escaped(found: re.Match[str]) -> str:
    """Half a surrogate pair is a question mark, as in every format: no encoding can write it."""
    sign = found[0]
    return "?" if "\ud800" <= sign <= "\udfff" else f"_x{ord(sign):04X}_"
