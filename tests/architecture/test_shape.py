"""The shape of the code: one job a file, said in its first line; short functions; one place that reaches out."""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*(ROOT / "chalicelib").rglob("*.py"), *(ROOT / "infra").rglob("*.py"), ROOT / "app.py"])
USUAL_LENGTH, GREATEST_LENGTH = 150, 250
LONGEST_FUNCTION, MEDIAN_FUNCTION = 30, 8
CLIENTS = {"urllib.request", "http.client", "urllib3", "requests", "httpx", "socket", "aiohttp"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)]


def lines(function: ast.FunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_every_file_says_its_job_in_one_line(path: Path) -> None:
    described = ast.get_docstring(tree(path)) or ""
    assert described.split("\n")[0].strip(), f"{name(path)} does not say what it is for"


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_no_function_is_longer_than_a_screen(path: Path) -> None:
    assert [f.name for f in functions(path) if lines(f) > LONGEST_FUNCTION] == []


def test_functions_are_short_as_a_rule() -> None:
    assert median(lines(function) for path in SOURCES for function in functions(path)) <= MEDIAN_FUNCTION


def test_files_are_short_as_a_rule() -> None:
    lengths = {name(path): len(path.read_text().splitlines()) for path in SOURCES}
    assert {path: length for path, length in lengths.items() if length > GREATEST_LENGTH} == {}
    long = [path for path, length in lengths.items() if length > USUAL_LENGTH]
    assert len(long) <= len(lengths) // 10, long


def test_a_url_that_somebody_gave_us_is_never_fetched() -> None:
    """Only the token verifier reaches out: to the key set of the configured issuer."""
    reaching = {
        name(path)
        for path in (ROOT / "chalicelib").rglob("*.py")
        for node in ast.walk(tree(path))
        for module in _modules(node)
        if module in CLIENTS or module.split(".")[0] in CLIENTS
    }
    assert reaching <= {"chalicelib/api/http/key_set.py"}


def _modules(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
