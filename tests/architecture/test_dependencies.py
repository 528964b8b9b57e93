"""What ships and what it stands on: pinned to the last digit, under licences that ask for nothing but their text."""

from __future__ import annotations

import json
import re
from importlib.metadata import distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ALLOWED = {"MIT", "MIT-0", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC", "PSF-2.0", "OFL-1.1", "CC0-1.0"}
CHALICES_OWN = ("chalice",)
"""Packaging adds its runtime to the zip."""
PIN = re.compile(r"(?P<name>[A-Za-z0-9_.-]+)(\[[\w,-]+\])?==(?P<version>[\w.]+)")
LOCKS = sorted(path.name for path in ROOT.glob("requirements*.txt"))
SOURCES = sorted(path.name for path in ROOT.glob("requirements*.in"))


def lines(name: str) -> list[str]:
    """What a requirements file asks for."""
    text = (line.partition("#")[0].strip() for line in (ROOT / name).read_text().splitlines())
    return [line for line in text if line and not line.startswith("-r ")]


def shipped() -> list[str]:
    """The packages that are in the zip."""
    found = [PIN.match(line) for line in lines("requirements.txt")]
    return [*(match["name"] for match in found if match), *CHALICES_OWN]


def licences(name: str) -> set[str]:
    """What a package says of its licence; one of several that it offers is enough."""
    told = distribution(name).metadata
    said = told.get("License-Expression") or told.get("License") or ""
    return set(re.split(r"\s+OR\s+|[()]", str(said).replace("Apache License 2.0", "Apache-2.0"))) - {""}


@pytest.mark.parametrize("name", [*LOCKS, *SOURCES])
def test_every_package_is_pinned(name: str) -> None:
    assert lines(name)
    assert [line for line in lines(name) if not PIN.match(line)] == []


@pytest.mark.parametrize("name", shipped())
def test_what_is_in_the_zip_is_under_a_licence_that_allows_it(name: str) -> None:
    assert licences(name) & ALLOWED, licences(name)


def test_what_is_in_the_console_is_under_a_licence_that_allows_it() -> None:
    packages = json.loads((ROOT / "console/package-lock.json").read_text())["packages"]
    sent = {name: each for name, each in packages.items() if name and not each.get("dev")}
    assert sent
    told = {name: set(re.split(r" OR |[()]", each.get("license") or "none")) for name, each in sent.items()}
    assert {name: each for name, each in told.items() if not each & ALLOWED} == {}


def test_every_package_of_the_console_is_the_one_that_was_locked() -> None:
    packages = json.loads((ROOT / "console/package-lock.json").read_text())["packages"]
    assert [name for name, each in packages.items() if name and not each.get("integrity")] == []


def test_the_zip_s_packages_are_the_very_ones_that_are_tested() -> None:
    tested = {match["name"]: match["version"] for match in map(PIN.match, lines("requirements-dev.txt")) if match}
    for line in lines("requirements.txt"):
        match = PIN.match(line)
        assert match
        assert tested[match["name"]] == match["version"]


@pytest.mark.parametrize("licence", ["GPL-3.0", "LGPL-2.1", "AGPL-3.0-only", "SSPL-1.0"])
def test_licences_that_ask_for_more_are_not_on_the_list(licence: str) -> None:
    assert licence not in ALLOWED
