"""Mail headers as lines: folded at blanks, in encoded words where a text is not plain ASCII.

Python's own folding may leave the first line empty (python/cpython#87659), takes a long address or link apart into
encoded words, and decodes text that only looks like one.
"""

from __future__ import annotations

from email.header import Header
from email.policy import SMTP, EmailPolicy
from email.utils import quote
from typing import Any

LINE_LENGTH = 78
"""RFC 5322, 2.1.1: characters of a line, without its end."""
ENCODED_LINE_LENGTH = 76
"""RFC 2047, 2: characters of a line with an encoded word."""


class HeaderPolicy(EmailPolicy):
    """Writes headers with `folded`; a subject is text as it stands, whatever it looks like."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """Keep a subject as it is; one with line ends is refused."""
        if name.lower() != "subject" or set("\r\n") & set(value):
            return super().header_store_parse(name, value)
        return name, value

    def fold(self, name: str, value: Any) -> str:
        """Return the header's lines."""
        return folded(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return the header's lines as bytes."""
        return folded(name, value).encode("ascii")


POLICY = HeaderPolicy(linesep=SMTP.linesep)


def folded(name: str, value: Any) -> str:
    """Return a header with its name and line ends; its first line is never empty."""
    if getattr(value, "addresses", ()):
        words = [word for address in value.addresses for word in [*_display_name(address.display_name), _spec(address)]]
        words = [*(word for word in words if word)]
        return _lines(name, words)
    text = str(value)
    return _lines(name, text.split()) if _is_plain(text) else _lines(name, _encoded(text, len(name) + 2))


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and "=?" not in text


def _display_name(name: str) -> list[str]:
    if not name:
        return []
    return f'"{quote(name)}"'.split(" ") if _is_plain(name) else _encoded(name, ENCODED_LINE_LENGTH // 2)


def _spec(address: Any) -> str:
    return f"<{address.addr_spec}>" if address.display_name else str(address.addr_spec)


def _encoded(text: str, before: int) -> list[str]:
    """Return the encoded words (RFC 2047) of a text, none longer than fits on a line of its own."""
    header = Header(text, "utf-8", maxlinelen=ENCODED_LINE_LENGTH, header_name="x" * (before - 2))
    return header.encode(linesep="\n").split("\n ")


def _lines(name: str, words: list[str]) -> str:
    lines = [f"{name}:"]
    for number, word in enumerate(words):
        if number and len(lines[-1]) + 1 + len(word) > _line_length(word, lines[-1]):
            lines.append("")
        lines[-1] += f" {word}"
    return "\r\n".join(lines) + "\r\n"


def _line_length(word: str, line: str) -> int:
    return ENCODED_LINE_LENGTH if "=?" in word or "=?" in line else LINE_LENGTH
