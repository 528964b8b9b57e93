"""Where in an import file its reader is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """How far into a file: the rows that end there or before are dealt with."""

    byte: int = 0
    line: int = 1
    """The line that comes next."""
