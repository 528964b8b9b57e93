"""Text to the XML of a spreadsheet cell, in which every sign has a way to stand."""

from __future__ import annotations

import re

_BARE = r"\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff"
_NOT_XML = re.compile(f"[{_BARE}]")
_TO_ESCAPE = re.compile(f"[{_BARE}]|_(?=[xX][0-9A-Fa-f]{{4}}[_{_BARE}])")
"""Signs XML cannot hold or keep, and an underscore that would be read as the start of such a sign's escape."""


def is_plain(text: str) -> bool:
    """Whether `markup` alone is enough."""
    return "_x" not in text and "_X" not in text and _NOT_XML.search(text) is None


def markup(text: str) -> str:
    """The text with XML's own signs escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape(text: str) -> str:
    """Any text at all: what XML cannot hold becomes `_xHHHH_`, which spreadsheets read back."""
    return markup(_TO_ESCAPE.sub(lambda found: f"_x{ord(found[0]):04X}_", text))


def attribute(text: str) -> str:
    """Any text as the value of a quoted attribute or of a document property, where no such escape is known."""
    return markup(_NOT_XML.sub(" ", text)).replace('"', "&quot;")
