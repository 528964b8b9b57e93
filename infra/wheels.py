"""Installs what requirements.txt locks for a target: wheels of its Python and processor, each checked by its hash."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from infra.target import Target

MANYLINUX = "manylinux2014"
"""Needs glibc 2.17: every Lambda runtime has it, and so has any Linux that runs the embedded stack."""


def install(requirements: Path, folder: Path, target: Target, *options: str) -> None:
    """Fill a folder with the very packages listed, and with nothing that follows from them."""
    done = subprocess.run(
        [*command(requirements, folder, target), *options], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"Installing for Python {target.python} on {target.architecture} failed.\n{done.stderr}")


def command(requirements: Path, folder: Path, target: Target) -> list[str]:
    """Ask uv: its own marks of Python and platform let it choose wheels of another machine."""
    runtime = ["--python-version", target.python, "--python-platform", f"{target.machine}-{MANYLINUX}"]
    checks = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--link-mode", "copy"]
    uv = str(Path(sys.executable).with_name("uv"))
    where = ["--python", sys.executable, "--target", str(folder), "--requirement", str(requirements)]
    return [uv, "pip", "install", "--quiet", *checks, *runtime, *where]
