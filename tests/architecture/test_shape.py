"""The shape of the code: one job a file, said in its first line; short functions; one place that reaches out."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*(ROOT / "chalicelib").rglob("*.py"), *(ROOT / "infra").rglob("*.py"), ROOT / "app.py"])
LONGEST_FILE = 250
LONGEST_FUNCTION = 30
CLIENTS = {"urllib.request", "http.client", "urllib3", "requests", "httpx", "socket", "aiohttp"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)]


def lines(function: ast.FunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_every_file_says_its_job_in_one_line() -> None:
    silent = [name(path) for path in SOURCES if not (ast.get_docstring(tree(path)) or "").split("\n")[0].strip()]
    assert silent == []


def test_no_function_is_longer_than_a_screen() -> None:
    long = [f"{name(path)}: {f.name}" for path in SOURCES for f in functions(path) if lines(f) > LONGEST_FUNCTION]
    assert long == []


def test_no_file_has_more_than_one_job() -> None:
    lengths = {name(path): len(path.read_text().splitlines()) for path in SOURCES}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


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
