"""Counts and prints the steps of a rehearsal, and what surprised."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from infra.rehearsal.world import Refused
from infra.stack import StackFailed

if TYPE_CHECKING:
    from collections.abc import Callable

EXPECTED = (SystemExit, StackFailed)
UNEXPECTED = (*EXPECTED, ClientError, Refused, LookupError, ValueError, AssertionError)


@dataclass
class Report:
    """The steps so far."""

    quiet: bool = False
    steps: int = 0
    surprises: list[str] = field(default_factory=list)

    def step(self, name: str, action: Callable[[], list[str] | None], refusal: str = "") -> None:
        """Do a step. It surprises if it fails, if it finds something, or if it is not refused as it should be."""
        self.steps += 1
        found = self._done(action, refusal)
        self.surprises += [f"{name}: {entry}" for entry in found]
        self._say(f"{self.steps:4}  {'SURPRISE' if found else 'ok'}  {name}")
        for item in found:
            self._say(f"      {item}")

    def close(self) -> int:
        """Say how many there were; gives the exit code."""
        self._say(f"{self.steps} steps, {len(self.surprises)} surprises")
        return 1 if self.surprises else 0

    def _done(self, action: Callable[[], list[str] | None], refusal: str) -> list[str]:
        with redirect_stdout(StringIO()):
            try:
                found = action() or []
            except UNEXPECTED as error:
                if refusal and isinstance(error, EXPECTED) and refusal in str(error):
                    return []
                return [f"{type(error).__name__}: {error}"]
        return [f"was not refused with {refusal!r}"] if refusal else found

    def _say(self, line: str) -> None:
        if not self.quiet:
            sys.stdout.write(f"{line}\n")
