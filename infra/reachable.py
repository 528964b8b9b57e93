"""Checks that a deployed stage answers under its address, and says what is missing if it does not."""

from __future__ import annotations

import json
import urllib.request
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

TIMEOUT_SECONDS = 10


def note(outputs: dict[str, str], fetch: Callable[[str], bytes] | None = None) -> str:
    """Say whether the API answers; where it does not, what to do."""
    address = f"{outputs['PublicUrl']}/v1/health"
    try:
        answer: Any = json.loads((fetch or _fetched)(address))
    except (OSError, ValueError) as error:
        return f"{address} does not answer yet ({_reason(error)}). {_advice(outputs)}"
    if not isinstance(answer, dict) or answer.get("status") != "ok":
        return f"{address} is answered by something else. {_advice(outputs)}"
    return f"{address} answers."


def _fetched(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=TIMEOUT_SECONDS) as answer:
        content: bytes = answer.read()
    return content


def _reason(error: Exception) -> str:
    return str(getattr(error, "reason", error))


def _advice(outputs: dict[str, str]) -> str:
    if target := outputs.get("DnsTarget"):
        domain = outputs["PublicUrl"].removeprefix("https://")
        record = f"Make {domain} a CNAME (at the top of a zone an alias) of {target}"
        return f"{record}, then run make deploy again to check it."
    return "CloudFront may need some minutes; run make deploy again to check it."
