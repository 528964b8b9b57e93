"""What ships and what it stands on: pinned to the last digit, under licences that ask for nothing but their text."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from contextlib import nullcontext
from importlib.metadata import distribution
from pathlib import Path

import pytest

from infra import wheels
from infra.target import aws

ROOT = Path(__file__).parents[2]
ALLOWED = {
    *("MIT", "MIT-0", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC", "PSF-2.0", "OFL-1.1", "CC0-1.0"),
    "Unlicense",
}
CHALICES_OWN = ("chalice",)
"""Packaging adds its runtime to the zip."""
IN_WORDS = {"python-dateutil": "Apache-2.0 OR BSD-3-Clause"}
"""Those whose field says only that there are two; their LICENSE says which."""
PIN = re.compile(r"(?P<name>[A-Za-z0-9_.-]+)(\[[\w,-]+\])?==(?P<version>[\w.]+)")
HASHES = re.compile(r"( --hash=sha256:[0-9a-f]{64})+$")
LOCKS = sorted(path.name for path in ROOT.glob("requirements*.txt"))
SOURCES = sorted(path.name for path in ROOT.glob("requirements*.in"))


def lines(name: str) -> list[str]:
    """What a requirements file asks for."""
    whole = (ROOT / name).read_text().replace("\\\n", "")
    text = (line.partition("#")[0].strip() for line in whole.splitlines())
    return [line for line in text if line and not line.startswith(("-r ", "-c "))]


def shipped() -> list[str]:
    """The packages that are in the zip."""
    found = [PIN.match(line) for line in lines("requirements.txt")]
    return [*(match["name"] for match in found if match), *CHALICES_OWN]


def licences(name: str) -> set[str]:
    """What a package says of its licence; one of several that it offers is enough."""
    reported = distribution(name).metadata
    output = IN_WORDS.get(name) or reported.get("License-Expression") or reported.get("License") or ""
    return set(re.split(r"\s+OR\s+|[()]", str(output).replace("Apache License 2.0", "Apache-2.0"))) - {""}


@pytest.mark.parametrize("name", [*LOCKS, *SOURCES])
def test_every_package_is_pinned(name: str) -> None:
    assert lines(name)
    assert [line for line in lines(name) if not PIN.match(line)] == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_names_the_hashes_of_its_files(name: str) -> None:
    assert [line for line in lines(name) if not HASHES.search(line)] == []


@pytest.mark.parametrize("name", ["Makefile", "bench/setup", ".ci/run"])
def test_nothing_is_installed_past_the_hashes(name: str) -> None:
    text = (ROOT / name).read_text()
    installing = [line for line in text.splitlines() if re.search(r"pip (sync|install)", line)]
    assert [line for line in installing if "--require-hashes" not in line] == []
    assert re.findall(r"npm (?:install|i)\b", text) == []


@pytest.mark.parametrize("right", [True, False])
def test_packaging_takes_a_wheel_only_by_its_hash(tmp_path: Path, right: bool) -> None:
    wheel = tmp_path / "partnerbook_tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        info = "partnerbook_tiny-1.0.dist-info"
        archive.writestr("tiny.py", "")
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: partnerbook-tiny\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest() if right else "0" * 64
    listed, folder = tmp_path / "requirements.txt", tmp_path / "got"
    listed.write_text(f"partnerbook-tiny==1.0 --hash=sha256:{digest}\n")
    with nullcontext() if right else pytest.raises(SystemExit, match="Hash mismatch"):
        wheels.install(listed, folder, aws(), "--no-index", "--find-links", str(tmp_path))
    assert (folder / "tiny.py").exists() is right


@pytest.mark.parametrize("name", shipped())
def test_what_is_in_the_zip_is_under_a_licence_that_allows_it(name: str) -> None:
    assert licences(name) & ALLOWED, licences(name)


def test_what_is_in_the_console_is_under_a_licence_that_allows_it() -> None:
    packages = json.loads((ROOT / "console/package-lock.json").read_text())["packages"]
    sent = {name: item for name, item in packages.items() if name and not item.get("dev")}
    assert sent
    reported = {name: set(re.split(r" OR |[()]", item.get("license") or "none")) for name, item in sent.items()}
    assert {name: item for name, item in reported.items() if not item & ALLOWED} == {}


def test_every_package_of_the_console_is_the_one_that_was_locked() -> None:
    packages = json.loads((ROOT / "console/package-lock.json").read_text())["packages"]
    assert [name for name, item in packages.items() if name and not item.get("integrity")] == []


def test_the_zip_s_packages_are_the_very_ones_that_are_tested() -> None:
    tested = {match["name"]: match["version"] for match in map(PIN.match, lines("requirements-dev.txt")) if match}
    for line in lines("requirements.txt"):
        match = PIN.match(line)
        assert match
        assert tested[match["name"]] == match["version"]


@pytest.mark.parametrize("licence", ["GPL-3.0", "LGPL-2.1", "AGPL-3.0-only", "SSPL-1.0"])
def test_licences_that_ask_for_more_are_not_on_the_list(licence: str) -> None:
    assert licence not in ALLOWED
