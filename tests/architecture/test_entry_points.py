"""Every function's entry point, imported the way Lambda does: alone, in a fresh interpreter, without app.py."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from chalice.app import Chalice

ROOT = Path(__file__).parents[2]
ALONE = """
import sys
from importlib import import_module

module, _, name = sys.argv[1].rpartition(".")
entry = getattr(import_module(module), name)
assert callable(entry), entry
routes = [each for each in sys.modules if each == "app" or each.startswith("chalicelib.api.")]
print(*sorted(routes))
"""


def entry_points() -> list[str]:
    from app import app

    assert isinstance(app, Chalice)
    return sorted({each.handler_string for each in [*app.event_sources, *app.builtin_auth_handlers]})


@pytest.mark.parametrize("handler", entry_points())
def test_an_entry_point_is_there_when_it_is_imported_alone(handler: str) -> None:
    """What Lambda calls is found by its name, and a job loads no route, so that it starts without them."""
    done = subprocess.run(
        [sys.executable, "-c", ALONE, handler], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    if handler.startswith("chalicelib.jobs."):
        assert done.stdout.split() == []


def test_each_job_is_a_function_of_its_own() -> None:
    jobs = [handler for handler in entry_points() if handler.startswith("chalicelib.jobs.")]
    assert jobs
    assert all(module == function for *_, module, function in (handler.split(".") for handler in jobs))
