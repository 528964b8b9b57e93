"""`make rehearse`: rehearses deployments to AWS without an account; ends with `N steps, 0 surprises`."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from typing import Any

from infra.package import BUILD, ROOT, Package, package
from infra.rehearsal.policy_statements import statements
from infra.rehearsal.report import Report
from infra.rehearsal.walk import FIRST, REGIONS, Walk
from infra.target import DEFAULT_ARCHITECTURE, aws
from infra.template import released

DEFINITIONS = ROOT / ".venv/policies/bin/python"
CFN_LINT = ROOT / ".venv/bin/cfn-lint"
CHECKOV = ROOT / ".venv/checkov/bin/checkov"


@cache
def packages(architecture: str) -> Package:
    """Package the tree for a processor, once: the rehearsal deploys it dozens of times."""
    return package(aws(architecture))


def main() -> int:
    """Build, lint, walk, judge the policies; gives the exit code."""
    report = Report()
    template = released(packages(DEFAULT_ARCHITECTURE), "aws")
    path = BUILD / "aws.template.json"
    path.write_text(json.dumps(template, indent=1))
    report.step(f"cfn-lint for {', '.join(REGIONS)}", lambda: linted(path))
    report.step(
        "checkov", lambda: lines([str(CHECKOV), "--config-file", str(ROOT / ".checkov.yaml"), "--file", str(path)])
    )
    walk = Walk(report, packages, template)
    report.step(
        "every action, resource and condition key of the policies is one that AWS defines", lambda: policies(walk)
    )
    walk.run()
    return report.close()


def linted(path: object) -> list[str]:
    """Return what cfn-lint finds."""
    return lines([str(CFN_LINT), "--regions", *REGIONS, "--template", str(path)])


def policies(walk: Walk) -> list[str]:
    """Return what the service's own definitions find, of a stage in a rehearsal of its own."""
    own = Walk(Report(quiet=True), walk.packages, walk.template)
    own.deploy("prod", FIRST)()
    return judged(statements(own.deployed("prod", FIRST).resources))


def judged(entries: list[dict[str, Any]]) -> list[str]:
    """Ask the definitions, which live in an environment of their own."""
    command = [str(DEFINITIONS), str(ROOT / "infra/rehearsal/definitions.py")]
    done = subprocess.run(command, input=json.dumps(entries), capture_output=True, text=True, check=False)
    if done.returncode:
        return [done.stderr.strip()]
    found: list[str] = json.loads(done.stdout)
    return found


def lines(command: list[str]) -> list[str]:
    """Return the output of a command that fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    return [line for line in (done.stdout + done.stderr).splitlines() if line.strip()] if done.returncode else []


if __name__ == "__main__":
    raise SystemExit(main())
