"""`make sbom`: writes what the zip and the console are made of as CycloneDX bills of materials, checked by its schema.

What makes them is maintained elsewhere: cyclonedx-py reads the lock file, npm its own. Added here is what ties the bill
to the very zip, and the licenses, which no lock file has.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from infra.package import BUILD, ROOT, Package, package
from infra.target import aws

Bill = dict[str, Any]
FOLDER = BUILD / "sbom"
AUDIT = ROOT / ".venv/audit/bin"
CHALICE = "chalice"
"""Packaging adds its runtime to the zip, so that it is in no lock file of the zip."""
VALIDATE = """
import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
text = sys.stdin.read()
version = SchemaVersion.from_version(sys.argv[1])
sys.exit(str(JsonStrictValidator(version).validate_str(text) or "") or 0)
"""


def main() -> None:
    """Write both bills."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, bill in (("zip", zip_bill(package(aws()))), ("console", console_bill())):
        text = json.dumps(bill, indent=1, sort_keys=True) + "\n"
        _run([str(AUDIT / "python"), "-c", VALIDATE, bill["specVersion"]], text)
        path = FOLDER / f"{name}.cdx.json"
        path.write_text(text)
        print(f"{path.relative_to(ROOT)}: {len(bill['components'])} components, CycloneDX {bill['specVersion']}, valid")


def zip_bill(packaged: Package) -> Bill:
    """Return the bill of what Lambda gets."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder, "zip.txt")
        listed.write_text((ROOT / "requirements.txt").read_text() + locked(CHALICE))
        made = _run([str(AUDIT / "cyclonedx-py"), "requirements", "--of", "JSON", "--output-reproducible", str(listed)])
    bill: Bill = json.loads(made)
    bill["components"] = [licensed(item) for item in bill["components"]]
    bill["metadata"]["component"] = {
        "type": "application",
        "bom-ref": "partnerbook",
        "name": "partnerbook",
        "version": packaged.key.rpartition("/")[2].removesuffix(".zip"),
        "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(packaged.zip.read_bytes()).hexdigest()}],
    }
    return bill


def locked(name: str) -> str:
    """Return a package's lines in the development environment's lock, with its hashes."""
    lines = iter((ROOT / "requirements-dev.txt").read_text().splitlines())
    first = next(line for line in lines if line.startswith(f"{name}=="))
    hashes = [first]
    while hashes[-1].endswith("\\"):
        hashes.append(next(lines))
    return "\n".join(hashes) + "\n"


def licensed(component: Bill) -> Bill:
    """Return the component with its package's license, and without the lock's own line as a description."""
    output: Any = distribution(component["name"]).metadata
    expression = output.get("License-Expression")
    license_ = (
        {"expression": expression} if expression else {"license": {"name": str(output.get("License") or "unknown")}}
    )
    return {**{key: value for key, value in component.items() if key != "description"}, "licenses": [license_]}


def console_bill() -> Bill:
    """Return the bill of what browsers get, without what only builds it."""
    lock = "--package-lock-only"
    made = _run(["npm", "--prefix", "console", "sbom", "--sbom-format", "cyclonedx", lock, "--omit", "dev"])
    bill: Bill = json.loads(made)
    bill.pop("serialNumber")
    bill["metadata"].pop("timestamp")
    return bill


def _run(command: list[str], values: str = "") -> str:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run(command, cwd=ROOT, env=environment, input=values, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{command[0]} failed.\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
