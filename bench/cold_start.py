"""What a function costs before its first event: importing its entry point, the container, and one DynamoDB client.

`python -m bench.cold_start` starts each function's entry point in fresh interpreters, as Lambda does, beside one that
imports Chalice and PynamoDB's models and makes one client with botocore; their CPU must not be above 1.3 times its CPU.
The zip must not be above 8 MB.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bench.results import Result, at_most, report, told

ROOT = Path(__file__).parent.parent
ROUNDS = 9
LIMIT = 1.3
LARGEST_ZIP = 8.0
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
MEASURED = """
import sys, time
started = time.process_time()
{code}
print(time.process_time() - started)
"""


def main() -> int:
    """Measure all functions, and the zip."""
    codes = {"usual": USUAL} | {name: OURS.format(module=module, name=name) for name, module in entry_points().items()}
    least = dict.fromkeys(codes, float("inf"))
    for _ in range(ROUNDS):
        for name, code in codes.items():
            least[name] = min(least[name], seconds(code))
    usual = least.pop("usual")
    results = [told("cold_start.usual", usual * 1000, "ms")]
    for name, taken in least.items():
        results.append(told(f"cold_start.{name}.cpu", taken * 1000, "ms"))
        results.append(at_most(f"cold_start.{name}", taken / usual, "× usual", LIMIT))
    return report("cold_start", [*results, zip_size()])


def entry_points() -> dict[str, str]:
    """Each function's name and module, as Lambda is told them."""
    from app import app

    handlers = {each.handler_string for group in (app.event_sources, app.builtin_auth_handlers) for each in group}
    split = (handler.rpartition(".") for handler in sorted(handlers))
    return {"app": "app"} | {name: module for module, _, name in split}


def seconds(code: str) -> float:
    """The CPU that running this takes in a fresh interpreter."""
    environment = os.environ | {
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "x",
        "AWS_SECRET_ACCESS_KEY": "x",
    }
    done = subprocess.run(
        [sys.executable, "-c", MEASURED.format(code=code)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return float(done.stdout.split()[-1])


def zip_size() -> Result:
    """Of the package of the tree as it stands."""
    from infra.package import package

    return at_most("cold_start.zip", package().zip.stat().st_size / 1_000_000, "MB", LARGEST_ZIP)


if __name__ == "__main__":
    sys.exit(main())
