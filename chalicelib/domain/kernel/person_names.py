"""What the name of an invited person may hold: a mail of ours carries it to an address that somebody else typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chalicelib.domain.kernel.text_rules import Line

WEB_ADDRESS = re.compile(r"://|[/@]|\bwww\.|\w\.(?:[a-z]{2,}|[A-Z]{2,})\b", re.UNICODE)
"""What mail programs make a link of; initials and titles, such as J. R. R. or Dr.Smith, are none."""
NO_ADDRESSES = "A name must not hold a web or e-mail address."


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """One line of text that no mail program makes a link of."""

    line: Line

    def problem(self, value: str) -> str | None:
        """Say what is wrong with the value; None if it may be kept."""
        return self.line.problem(value) or (NO_ADDRESSES if WEB_ADDRESS.search(value) else None)

    @property
    def schema(self) -> Mapping[str, Any]:
        """Return its lengths."""
        return self.line.schema
