"""Reads a Content-Type as RFC 9110 writes it: type, subtype, and parameters that may be quoted or empty."""

from __future__ import annotations

import re

WORD = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
MEDIA_TYPE = re.compile(rf"[ \t]*+({WORD}/{WORD})((?:[ \t]*+;[ \t]*+(?:{WORD}=(?:{WORD}|\"[^\"\\]*+\"))?)*+)[ \t]*+")
PARAMETER = re.compile(rf";[ \t]*+({WORD}+)=(?:\"([^\"]*+)\"|({WORD}+))")
UTF_8 = frozenset({"utf-8", "utf8"})


def is_json(content_type: str) -> bool:
    """Tell whether this is JSON in UTF-8; parameters that mean nothing for JSON are passed over (RFC 8259)."""
    match = MEDIA_TYPE.fullmatch(content_type)
    if match is None or match[1].lower() != "application/json":
        return False
    charsets = {
        (quoted or bare).lower() for name, quoted, bare in PARAMETER.findall(match[2]) if name.lower() == "charset"
    }
    return charsets <= UTF_8
