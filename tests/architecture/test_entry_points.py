"""Every function's entry point, imported the way Lambda does: alone, in a fresh interpreter, without app.py."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from chalice.app import Chalice

from chalicelib.api.routes import MODULES
from tests.api_client import ApiClient

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
    return sorted({item.handler_string for item in [*app.event_sources, *app.builtin_auth_handlers]})


@pytest.mark.parametrize("handler", entry_points())
def test_an_entry_point_is_there_when_it_is_imported_alone(handler: str) -> None:
    """What Lambda calls is found by its name, and a job loads no route, so that it starts without them."""
    done = subprocess.run(
        [sys.executable, "-c", ALONE, handler], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    if handler.startswith("chalicelib.jobs."):
        assert done.stdout.split() == []


def test_the_api_serves_every_path_by_the_module_that_has_it() -> None:
    from app import app

    served = {
        path: {entry.view_function.operation.view.__module__ for entry in methods.values()}
        for path, methods in app.routes.items()
    }
    assert served == {path: {f"chalicelib.api.{module}"} for path, module in MODULES.items()}


ASKED = """
import json, sys
from chalicelib.api.handler import api

answers = [api(event, None) for event in json.load(sys.stdin)]
loaded = [name for name in sys.modules if name.startswith(("app", "chalicelib.jobs", "chalicelib.api."))]
print(json.dumps([answers[-1]["body"], loaded]))
"""


def asked(*paths: str) -> tuple[str, set[str]]:
    """The API's last answer, and the modules of routes and jobs that it has loaded by then.

    In an interpreter of its own: a blueprint serves one app, and in this one that is app.py's.
    """
    from app import app

    events = json.dumps([ApiClient(app).event("GET", path) for path in paths])
    command = [sys.executable, "-c", ASKED]
    done = subprocess.run(command, input=events, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    body, loaded = json.loads(done.stdout.splitlines()[-1])
    return body, {name for name in loaded if not name.startswith("chalicelib.api.http")}


def test_a_request_imports_no_job_and_no_other_route() -> None:
    body, loaded = asked("/me")
    assert json.loads(body)["status"] == 401
    assert loaded == {
        "chalicelib.api.handler",
        "chalicelib.api.routes",
        "chalicelib.api.partners",
        "chalicelib.api.partners.me",
    }


def test_the_api_describes_all_of_itself_whatever_it_has_served() -> None:
    body, _ = asked("/me", "/openapi.json")
    assert set(json.loads(body)["paths"]) == set(MODULES)


def test_each_job_is_a_function_of_its_own() -> None:
    jobs = [handler for handler in entry_points() if handler.startswith("chalicelib.jobs.")]
    assert jobs
    assert all(module == function for *_, module, function in (handler.split(".") for handler in jobs))
