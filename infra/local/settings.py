"""Where this embedded stack lives: its port, its data, the day it believes in, its sample; from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

REGION = "us-east-1"
STACK = "partnerbook-local"


class Sample(StrEnum):
    """What a first start brings in."""

    DEMONSTRATION = "yes"
    """The sample portfolio with living names and dates, other partners, and a desk on which everything has happened."""
    SOURCE = "source"
    """The sample portfolio as it is in its source, and nothing else."""
    NONE = "no"


@dataclass(frozen=True, slots=True)
class StackConfig:
    """One embedded stack: two with other ports and folders do not meet."""

    port: int
    folder: Path
    today: str = ""
    sample: Sample = Sample.DEMONSTRATION

    @property
    def endpoint(self) -> str:
        """The emulator: what an SDK calls, and the origin of console and API."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def files_port(self) -> int:
        """The port beside it, where the emulator serves files."""
        return self.port + 1

    @property
    def files_origin(self) -> str:
        """Where functions and presigned addresses reach S3: another origin than the console's, as on AWS."""
        return f"http://127.0.0.1:{self.files_port}"

    @property
    def console_headers(self) -> Path:
        """What CloudFront adds to the console's answers on AWS."""
        return self.folder / "console-headers.json"

    @property
    def stack_file(self) -> Path:
        """What a script needs to know of the running stack."""
        return self.folder / "stack.json"


def stack_config() -> StackConfig:
    """Return what PORT, DATA_DIR, TODAY and SAMPLE name; ends with one sentence where one of them cannot be."""
    return StackConfig(_port(), _folder(), _today(), _sample())


def _port() -> int:
    text = os.environ.get("PORT", "4566")
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65534):
        raise SystemExit(f"PORT is a number from 1 to 65534, such as 4566; files get the port after it; not {text!r}.")
    return int(text)


def _folder() -> Path:
    folder = Path(os.environ.get("DATA_DIR", ".local")).resolve()
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    if not existing.is_dir():
        raise SystemExit(f"DATA_DIR is a folder, and {existing} is a file. Choose another.")
    if not os.access(existing, os.W_OK | os.X_OK):
        raise SystemExit(f"DATA_DIR is a folder that can be written to, and {existing} is not. Choose another.")
    return folder


def _today() -> str:
    text = os.environ.get("TODAY", "")
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise SystemExit(f"TODAY is a day such as 2026-11-05; not {text!r}.") from None


def _sample() -> Sample:
    text = os.environ.get("SAMPLE", Sample.DEMONSTRATION)
    try:
        return Sample(text)
    except ValueError:
        allowed = ", ".join(Sample)
        raise SystemExit(f"SAMPLE is one of {allowed}; not {text!r}.") from None
