"""`make fuzz`: Schemathesis against the whole API, as each kind of caller, with ids that exist and with any."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from chalicelib import telemetry
from chalicelib.domain.access import Role
from tests.access.happy_path import Tour
from tests.access.in_memory import InMemory
from tests.access.product import ACME, OTHER, STAFF, good_token, installed, subject_of
from tests.fuzz.gateway import served

FOLDER = Path(__file__).parent
SCHEMATHESIS = Path(sys.executable).parent.parent / "hostile" / "bin" / "st"
CASES = os.environ.get("CASES", "8")
"""Random examples for each operation and kind of caller, beside those that its schema suggests."""
SEED = os.environ.get("SEED", "1")
FEWEST = 2_000
GATEWAYS_OWN = "unsupported_method,allow_header_conformance"
"""Which methods there are is API Gateway's to answer."""
RUNS = (
    (Role.PARTNER_ADMIN, True, "examples,coverage,fuzzing"),
    (Role.OPERATOR, True, "fuzzing"),
    (Role.PLATFORM, True, "fuzzing"),
    (Role.PARTNER_VIEWER, False, "fuzzing"),
)
"""As whom, whether the ids in paths exist, and what is sent."""


def configuration(made: dict[str, str], folder: Path) -> Path:
    """The settings, with ids that exist in the paths."""
    existing = "".join(f'"path.{name}" = {json.dumps(value)}\n' for name, value in made.items())
    path = folder / "schemathesis.toml"
    path.write_text((FOLDER / "schemathesis.toml").read_text() + f"\n[parameters]\n{existing}")
    return path


def attacked(address: str, role: Role, config: Path, phases: str) -> tuple[int, str]:
    """One run as one kind of caller."""
    headers = ["-H", f"Authorization: Bearer {good_token(subject_of(role))}"]
    if role in STAFF:
        headers += ["-H", f"Partner-Id: {ACME}"]
    command = [str(SCHEMATHESIS), "--config-file", str(config), "run", f"{address}/openapi.json", "--url", address]
    chosen = ["--max-examples", CASES, "--seed", SEED, "--phases", phases, "--continue-on-failure", "--no-shrink"]
    chosen += ["--checks", "all", "--exclude-checks", GATEWAYS_OWN]
    chosen += ["--suppress-health-check", "all", "--warnings", "off"]
    run = subprocess.run([*command, *chosen, *headers], capture_output=True, text=True, timeout=1200, cwd=config.parent)
    return run.returncode, run.stdout + run.stderr


def main() -> int:
    """Attack, and say what came of it."""
    telemetry.logger().setLevel("CRITICAL")
    cases, failed = 0, 0
    with TemporaryDirectory() as name, installed(InMemory()) as product:
        with redirect_stdout(StringIO()):
            made, folder = Tour(product, ACME, OTHER, "acme").take().made, Path(name)
        with served(product) as address:
            for role, existing, phases in RUNS:
                config = configuration(made if existing else {}, folder)
                code, output = attacked(address, role, config, phases)
                tried = sum(int(item) for item in re.findall(r"(\d+) generated", output))
                cases, failed = cases + tried, failed + bool(code)
                print(
                    f"{tried:6,} cases as {role.value}, {'known' if existing else 'any'} ids: exit {code}", flush=True
                )
                if code:
                    print(output)
    print(f"{cases:,} cases, {failed} failures")
    return int(failed > 0 or cases < FEWEST)


if __name__ == "__main__":
    sys.exit(main())
