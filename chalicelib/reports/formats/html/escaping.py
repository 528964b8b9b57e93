"""Text to HTML."""

from __future__ import annotations


def escape(text: str) -> str:
    """The text as content or quoted attribute; NUL, which HTML cannot hold, becomes the replacement character."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return escaped.replace("\r", "&#13;").replace("\0", "\ufffd")
