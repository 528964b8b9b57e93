"""Where this embedded stack lives: its port, its data, the day it believes in, its sample; from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

REGION = "us-east-1"
STACK = "partnerbook-local"


@dataclass(frozen=True, slots=True)
class Place:
    """One embedded stack: two with other ports and folders do not meet."""

    port: int
    folder: Path
    today: str = ""
    sample: bool = True
    """Whether the sample portfolio is imported."""

    @property
    def endpoint(self) -> str:
        """The emulator: what an SDK calls, and the origin of console and API."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def stack_file(self) -> Path:
        """What a script needs to know of the running stack."""
        return self.folder / "stack.json"


def place() -> Place:
    """The place that PORT, DATA_DIR, TODAY and SAMPLE name."""
    port, folder = int(os.environ.get("PORT", "4566")), Path(os.environ.get("DATA_DIR", ".local"))
    sample = os.environ.get("SAMPLE", "yes") != "no"
    return Place(port, folder.resolve(), os.environ.get("TODAY", ""), sample)
