"""`make audit`: holds every locked package to the known vulnerabilities, as far as their lists can be reached."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

from infra.advisories import Audited, Exemption, Finding, exemptions, of_npm, of_pip, open_findings
from infra.package import ROOT

IGNORED = ROOT / "audit-ignore.toml"
SERVICES = ("pypi", "osv")
LOCKS = "requirements*.txt"
SMALLEST = "requirements-uv.txt"
PIP_AUDIT = ROOT / ".venv/audit/bin/pip-audit"


def main() -> int:
    """Audit all; the exit code says whether anything known is open."""
    day = datetime.now(UTC).date()
    ignored = exemptions(tomllib.loads(IGNORED.read_text()))
    audited = [*_python(), _npm()]
    for item in audited:
        if item.unreachable:
            print(f"{item.source}: NOT AUDITED: {item.unreachable}", file=sys.stderr)
    findings = [finding for entry in audited for finding in entry.findings]
    return report(findings, ignored, day, sum(entry.packages for entry in audited))


def report(findings: list[Finding], ignored: list[Exemption], day: date, packages: int) -> int:
    """Say what is open and what is ignored; whether anything is open."""
    wrong = [*open_findings(findings, ignored, day), *(entry for entry in ignored if entry.ended(day))]
    for item in wrong:
        print(item)
    print(
        f"{packages} packages audited, {len(wrong)} known vulnerabilities or ended exemptions, {len(ignored)} ignored"
    )
    return bool(wrong)


def _python() -> list[Audited]:
    """Return every lock file by the first list of advisories that can be reached; where none can, none of them."""
    probes = ((service, _pip(ROOT / SMALLEST, service)) for service in SERVICES)
    tried = {}
    for service, probe in probes:
        if not probe.unreachable:
            return [_pip(lock, service) for lock in sorted(ROOT.glob(LOCKS))]
        tried[service] = probe.unreachable
    return [Audited(LOCKS, unreachable="; ".join(f"{service}: {why}" for service, why in tried.items()))]


def _pip(lock: Path, service: str) -> Audited:
    command = [str(PIP_AUDIT), "--requirement", str(lock), "--disable-pip", "--no-deps", "--format", "json"]
    asked = ["--vulnerability-service", service, "--progress-spinner", "off", "--timeout", "10"]
    return of_pip(lock.name, *_output([*command, *asked]))


def _npm() -> Audited:
    return of_npm("console/package-lock.json", *_output(["npm", "--prefix", "console", "audit", "--json"]))


def _output(command: list[str]) -> tuple[str, str]:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return done.stdout, done.stderr


if __name__ == "__main__":
    sys.exit(main())
