"""The dependency rule holds, and a planted violation of each kind is caught."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONFIGS = ("pyproject.toml",)

VIOLATIONS = {
    "a lower layer imports a higher one": ("domain/planted.py", "import chalicelib.services", "layers"),
    "a use case takes every port there is": (
        "services/planted.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from chalicelib.bootstrap import Ports",
        "layers",
    ),
    "siblings import each other": ("storage/planted.py", "import chalicelib.notifications", "layers"),
    "an edge imports the other edge": ("jobs/planted.py", "import chalicelib.api", "layers"),
    "a package has no layer": ("planted/__init__.py", "", "layers"),
    "the domain imports the cloud": ("domain/planted.py", "import boto3", "pure"),
    "a service imports the cloud for its types": (
        "services/planted.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import botocore",
        "pure",
    ),
    "a report imports Powertools": ("reports/planted.py", "import aws_lambda_powertools", "pure"),
    "storage imports the web framework": ("storage/planted.py", "import chalice", "chalice"),
    "the API imports the database mapper": ("api/planted.py", "import pynamodb", "pynamodb"),
    "a job calls the cloud by itself": ("jobs/planted.py", "import boto3", "boto3"),
    "one format imports another": (
        "reports/formats/planted.py",
        "import chalicelib.reports.formats.csv",
        "formats",
    ),
    "a lower family imports a higher one": ("domain/kernel/planted.py", "import chalicelib.domain.mail", "families"),
    "a store knows transactions": ("storage/stores/planted.py", "import chalicelib.storage.transactions", "storage"),
    "a route reads a store": ("api/planted.py", "import chalicelib.storage.stores.accounts", "stores"),
    "two modules import each other": (
        "domain/kernel/planted.py",
        "import chalicelib.domain.kernel.replanted",
        "cycles",
    ),
}


def lint(folder: Path) -> str:
    """What lint-imports says of the tree in this folder; empty if it keeps all contracts."""
    command = str(Path(sys.executable).with_name("lint-imports"))
    output = ""
    for config in CONFIGS:
        arguments = [command, "--no-cache", "--config", config]
        done = subprocess.run(arguments, cwd=folder, capture_output=True, text=True, check=False)
        output += done.stdout + done.stderr if done.returncode else ""
    return " ".join(output.split())


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "chalicelib", tmp_path / "chalicelib", ignore=shutil.ignore_patterns("__pycache__"))
    for config in CONFIGS:
        shutil.copyfile(ROOT / config, tmp_path / config)
    return tmp_path


def test_the_code_as_it_is_keeps_every_contract(tree: Path) -> None:
    assert lint(tree) == ""


@pytest.mark.parametrize("kind", VIOLATIONS)
def test_a_planted_violation_is_caught(tree: Path, kind: str) -> None:
    name, content, contract = VIOLATIONS[kind]
    planted = tree / "chalicelib" / name
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(content + "\n")
    if "replanted" in content:
        (tree / "chalicelib/domain/kernel/replanted.py").write_text("import chalicelib.domain.kernel.planted\n")
    assert f"{contract_name(contract)} BROKEN" in lint(tree)


def contract_name(wanted: str) -> str:
    contracts = [
        contract
        for config in CONFIGS
        for contract in tomllib.loads((ROOT / config).read_text())["tool"]["importlinter"]["contracts"]
    ]
    return next(str(contract["name"]) for contract in contracts if contract["id"] == wanted)


def test_the_application_only_puts_the_edges_together() -> None:
    imported = {
        name
        for node in ast.walk(ast.parse((ROOT / "app.py").read_text()))
        for name in _imported(node)
        if name.split(".")[0] not in sys.stdlib_module_names
    }
    allowed = ("chalice", "chalicelib.api", "chalicelib.jobs", "chalicelib.telemetry", "chalicelib.config")
    assert {name for name in imported if not name.startswith(allowed)} == set()


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []
