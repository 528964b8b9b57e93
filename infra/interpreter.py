"""Finds an interpreter that compiles bytecode of a given version of Python."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from infra.target import version

TELL = "import sys; print(*sys.version_info[:2], sys.implementation.name, sys.version_info.releaselevel, sep='.')"
TIMEOUT_SECONDS = 20


def find(python: str) -> str | None:
    """Find a CPython of this version: the one that runs this, or the first on the PATH that starts and is one."""
    return sys.executable if python == version() else on_path(python, os.environ.get("PATH", ""))


@cache
def on_path(python: str, path: str) -> str | None:
    """Try all there are: a launcher of pyenv or asdf stands on the PATH for versions that are not chosen, and fails.

    Before its final release a version changes its bytecode from one preview to the next.
    """
    candidates = (Path(folder, f"python{python}") for folder in path.split(os.pathsep) if folder)
    return next(
        (str(candidate) for candidate in candidates if os.access(candidate, os.X_OK) and _is(candidate, python)), None
    )


def _is(candidate: Path, python: str) -> bool:
    try:
        done = subprocess.run(
            [str(candidate), "-I", "-c", TELL], capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.stdout.strip() == f"{python}.cpython.final"
