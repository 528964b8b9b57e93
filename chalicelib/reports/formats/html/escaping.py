"""Text to HTML."""

from __future__ import annotations


def escape(text: str) -> str:
    """Return the text as content or quoted attribute."""
    return escaped(encoded(text)).decode()


def encoded(text: str) -> bytes:
    """UTF-8; half a surrogate pair, which no encoding can write, becomes a question mark."""
    return text.encode("utf-8", "replace")


def escaped(text: bytes) -> bytes:
    """UTF-8 text with HTML's own signs escaped; NUL, which HTML cannot hold, becomes the replacement character."""
    marked = text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;").replace(b'"', b"&quot;")
    return marked.replace(b"\r", b"&#13;").replace(b"\0", b"\xef\xbf\xbd")
