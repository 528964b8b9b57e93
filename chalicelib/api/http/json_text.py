"""Checks of a body what the decoder ignores: that it is UTF-8, and that no object has a name twice."""

from __future__ import annotations

import json
from typing import Any

from chalicelib.domain.kernel.errors import BadRequest, Invalid

REPLACEMENT = "�"
"""U+FFFD, which API Gateway puts for each byte that is not UTF-8 before it hands a body over as text."""
NOT_UTF_8 = "The body is not UTF-8. Send it in UTF-8; U+FFFD, which stands for a broken character, is not taken."


def text_of(content: bytes | str) -> str:
    """Return the body as text; raises `BadRequest` unless it is UTF-8, and where the gateway replaced what was not."""
    try:
        text = content.decode() if isinstance(content, bytes) else content
        text.encode()
    except UnicodeError:
        raise BadRequest(NOT_UTF_8) from None
    if REPLACEMENT in text:
        raise BadRequest(NOT_UTF_8)
    return text


def require_unique_names(text: str) -> None:
    """Raise `Invalid` where an object has a name twice: which of the two counts would be anybody's guess (RFC 8259)."""
    json.loads(text, object_pairs_hook=_unique, parse_int=str, parse_float=str)


def _unique(pairs: list[tuple[str, Any]]) -> None:
    names: set[str] = set()
    for name, _ in pairs:
        if name in names:
            raise Invalid.field(f"/{name}", f"The name {name} is given more than once in one object; give it once.")
        names.add(name)
