"""Finding a Python that compiles for Lambda's runtime."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from infra import interpreter
from infra.target import version

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.aws("N6")
OTHER = "3.99"


def installed(folder: Path, script: str) -> str:
    """Put a program onto a path of its own."""
    folder.mkdir()
    program = folder / f"python{OTHER}"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return str(folder)


def test_the_python_that_packages_compiles_for_its_own_version() -> None:
    assert interpreter.find(version()) == sys.executable


def test_the_first_on_the_path_that_starts_and_is_that_version_is_taken(tmp_path: Path) -> None:
    launcher = installed(tmp_path / "launcher", "echo 'not chosen' >&2; exit 127")
    older = installed(tmp_path / "older", "echo 3.11.cpython.final")
    pypy = installed(tmp_path / "pypy", f"echo {OTHER}.pypy.final")
    preview = installed(tmp_path / "preview", f"echo {OTHER}.cpython.alpha")
    own = installed(tmp_path / "own", f"echo {OTHER}.cpython.final")
    assert interpreter.on_path(OTHER, ":".join((launcher, older, "", pypy, preview, own))) == f"{own}/python{OTHER}"


def test_without_one_there_is_none(tmp_path: Path) -> None:
    assert interpreter.on_path(OTHER, installed(tmp_path / "older", "echo 3.11.cpython.final")) is None
    assert interpreter.on_path(OTHER, str(tmp_path / "nowhere")) is None
