"""The map is true: docs/architecture.md names every contract, layer, error and table, docs/glossary.md every word."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from chalicelib.api.http.problems import PROBLEMS
from chalicelib.storage.dynamo.connection import logical_name
from infra.tables import models

ROOT = Path(__file__).parents[2]
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text()
GLOSSARY = (ROOT / "docs/glossary.md").read_text()
API: dict[str, Any] = json.loads((ROOT / "docs/openapi.json").read_text())
ENUMS = {name: schema["enum"] for name, schema in API["components"]["schemas"].items() if "enum" in schema}
MANY_VALUES = 12
"""Above which the glossary names the type alone."""


def part(heading: str) -> str:
    return ARCHITECTURE.partition(f"## {heading}\n")[2].partition("\n## ")[0]


def first_cells(heading: str) -> set[str]:
    cells = re.findall(r"^\| ([^|]*) \|", part(heading), re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


def test_every_contract_is_explained() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = {contract["id"] for contract in config["tool"]["importlinter"]["contracts"]}
    assert {name for name in first_cells("Layers") if "/" not in name} == contracts


def test_every_layer_is_explained() -> None:
    layers = {
        f"chalicelib/{path.name}"
        for path in (ROOT / "chalicelib").iterdir()
        if not path.name.startswith("__") and not path.name.endswith(".pyi")
    }
    assert {name for name in first_cells("Layers") if "/" in name} == layers


def test_the_tree_of_errors_has_each_error_with_its_status() -> None:
    drawn = set(re.findall(r'\["(\w+ \d{3})"\]', part("Errors")))
    assert drawn == {f"{error.__name__} {status}" for error, (status, _) in PROBLEMS.items()}


def test_an_error_hangs_below_its_base() -> None:
    drawn = set(re.findall(r"^  (\w+) --> (\w+)\[", part("Errors"), re.MULTILINE))
    assert drawn == {(error.__bases__[0].__name__, error.__name__) for error in PROBLEMS}


def test_no_message_of_a_diagram_has_a_semicolon_which_would_end_it() -> None:
    diagrams = re.findall(r"^```mermaid$(.*?)^```$", ARCHITECTURE, re.MULTILINE | re.DOTALL)
    assert len(diagrams) == 5
    assert [line for diagram in diagrams for line in diagram.splitlines() if ";" in line] == []


def test_every_table_of_a_family_exists() -> None:
    rows = re.findall(r"^\| \w+ \|.*\| ([^|]*) \|$", part("Families"), re.MULTILINE)
    named = {name for row in rows for name in row.split(", ") if name != "tables"}
    assert len(named) > 15
    assert named <= set(map(logical_name, models()))


def test_the_readme_counts_the_tables() -> None:
    assert f"DynamoDB: {len(models())} tables" in (ROOT / "README.md").read_text()


@pytest.mark.parametrize("path", sorted(API["paths"]))
def test_every_resource_is_in_the_glossary(path: str) -> None:
    names = [segment for segment in path.split("/") if segment and not segment.startswith("{")]
    assert [name for name in names if f"`/{name}`" not in GLOSSARY] == []


@pytest.mark.parametrize("name", sorted(ENUMS))
def test_every_enum_is_in_the_glossary_with_its_values(name: str) -> None:
    line = next((line for line in GLOSSARY.splitlines() if f"`{name}`" in line), "")
    wanted = ENUMS[name] if len(ENUMS[name]) <= MANY_VALUES else []
    assert line, f"docs/glossary.md has no line with `{name}`."
    assert [value for value in wanted if f"`{value}`" not in line] == []


def test_each_word_has_one_line() -> None:
    lines = [line for line in GLOSSARY.splitlines() if line and not line.startswith("#")][3:]
    assert [line for line in lines if not line.startswith("- **")] == []
