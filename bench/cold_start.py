"""What a function costs before its first event: importing its entry point, the container, and one DynamoDB client.

`python -m bench.cold_start` starts each function's entry point from the unpacked zip in fresh interpreters, as Lambda
does, beside one that imports Chalice and PynamoDB of the same zip and makes one client with the whole botocore, as
Lambda's runtime has it; their CPU must not be above 0.7 times its CPU. The zip must not be above 10.5 MB. What the
API's first request adds is told.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from bench.results import at_most, report, reported
from infra.package import package
from infra.target import embedded

ROUNDS = 15
"""Taken in turns; the least counts, since whatever else runs on the machine only adds."""
LIMIT = 0.7
SDK = ("botocore", "dateutil", "jmespath", "six", "urllib3")
"""What an app without an SDK of its own takes from the runtime."""
LARGEST_ZIP = 10.5
"""With the SDK, which makes 1.9 of it (decision 22)."""
USUAL = """
import chalice
import pynamodb.models
from botocore.session import get_session
get_session().create_client("dynamodb", region_name="us-east-1")
"""
OURS = """
from importlib import import_module
getattr(import_module({module!r}), {name!r})
if "chalicelib.bootstrap" in sys.modules:
    sys.modules["chalicelib.bootstrap"].container()._connection.client
"""
"""The authorizer has no container and no client: it reads no table."""
FIRST_REQUEST = """
from chalicelib.api.routes import serve
serve(sys.modules["chalicelib.api.handler"].app, "/accounts")
ports = sys.modules["chalicelib.bootstrap"].container()
ports.members, ports.partners, ports.accounts
"""
"""What the first request for a page of accounts imports besides."""
MEASURED = """
import sys, time
started = time.process_time()
{code}
print(time.process_time() - started)
"""


def main() -> int:
    """Measure all functions, and the zip."""
    packaged = package(embedded())
    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(packaged.zip).extractall(Path(folder, "whole"))
        least = measured(Path(folder, "whole"), without_sdk(Path(folder)))
    usual, first = least.pop("usual"), least.pop("first request")
    results = [
        reported("cold_start.usual", usual * 1000, "ms"),
        reported("cold_start.api.with_first_request", first / usual, "x usual"),
    ]
    for name, taken in least.items():
        results.append(reported(f"cold_start.{name}.cpu", taken * 1000, "ms"))
        results.append(at_most(f"cold_start.{name}", taken / usual, "x usual", LIMIT))
    size = packaged.zip.stat().st_size / 1_000_000
    return report("cold_start", [*results, at_most("cold_start.zip", size, "MB", LARGEST_ZIP)])


def without_sdk(folder: Path) -> Path:
    """A folder with all of the zip but the SDK."""
    bare = folder / "bare"
    bare.mkdir()
    for path in (folder / "whole").iterdir():
        if path.name.partition(".")[0] not in SDK:
            (bare / path.name).symlink_to(path)
    return bare


def measured(folder: Path, bare: Path) -> dict[str, float]:
    """The least CPU of each start."""
    codes = {"usual": USUAL} | {name: OURS.format(module=module, name=name) for name, module in entry_points().items()}
    codes["first request"] = codes["api"] + FIRST_REQUEST
    least = dict.fromkeys(codes, float("inf"))
    for _ in range(ROUNDS):
        for name, code in codes.items():
            least[name] = min(least[name], seconds(code, bare if code is USUAL else folder))
    return least


def entry_points() -> dict[str, str]:
    """Each function's name and module, as Lambda is told them."""
    from app import app

    handlers = {item.handler_string for group in (app.event_sources, app.builtin_auth_handlers) for item in group}
    split = (handler.rpartition(".") for handler in sorted(handlers))
    return {"api": "chalicelib.api.handler"} | {name: module for module, _, name in split}


def seconds(code: str, folder: Path) -> float:
    """The CPU that running this takes in a fresh interpreter, with what is in this folder."""
    environment = os.environ | {
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "x",
        "AWS_SECRET_ACCESS_KEY": "x",
        "PYTHONPATH": str(folder),
    }
    done = subprocess.run(
        [sys.executable, "-B", "-c", MEASURED.format(code=code)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return float(done.stdout.split()[-1])


if __name__ == "__main__":
    sys.exit(main())
