"""Tells which parts of botocore's data the functions need, of the clients that their code makes."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DATA = "botocore/data"
ALWAYS = ("_retry.json", "endpoints.json", "partitions.json", "sdk-default-configuration.json")
"""What botocore reads for a client of any service."""
MAKES_CLIENTS = "aws_client"
PYNAMODB = "dynamodb"
"""The one client that no code of ours makes."""
EXAMPLES = "examples-1.json"
"""For botocore's documentation alone."""


def unused_data(folder: Path) -> list[Path]:
    """Find the files of botocore's data that no client of the code in this folder reads."""
    data = folder / DATA
    wanted = {*ALWAYS, *services(folder / "chalicelib")}
    return [
        path
        for path in data.rglob("*")
        if path.is_file() and (path.relative_to(data).parts[0] not in wanted or path.name == EXAMPLES)
    ]


def services(code: Path) -> frozenset[str]:
    """Find the services that the modules below a folder make clients of."""
    return frozenset({PYNAMODB, *(_service(call, path) for path in code.rglob("*.py") for call in _calls(path))})


def _calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == MAKES_CLIENTS:
            yield node


def _service(call: ast.Call, path: Path) -> str:
    match call.args:
        case [ast.Constant(value=str(service)), *_]:
            return service
    raise SystemExit(
        f'{path.name}, line {call.lineno}: name the service in the call, as in {MAKES_CLIENTS}("s3"): packaging reads '
        "it, to put that service's definition into the zip."
    )
