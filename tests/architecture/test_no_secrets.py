"""No secret is in the code, its configuration or the functions' environment; there are none of ours to keep."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

from tests.architecture.template_reading import of_type, text

ROOT = Path(__file__).parents[2]
SECRET = re.compile(
    r"AKIA[0-9A-Z]{16}|-----BEGIN (?:RSA |EC )?PRIVATE KEY|eyJ[\w-]{20,}\.eyJ[\w-]{20,}\."
    r"|(?i:aws_secret_access_key)\s*[=:]\s*\w{20,}"
)
NAMED_SO = re.compile(r"SECRET|PASSWORD|PRIVATE|CREDENTIAL|API_?KEY")


def files() -> list[Path]:
    """Every text that is kept with the code."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    found = (ROOT / name for name in listed.split("\0") if name)
    return [path for path in found if path.suffix not in {".ttf", ".woff2", ".png", ".xls"} and path.is_file()]


def test_no_file_holds_a_key_or_a_token() -> None:
    assert [str(path) for path in files() if SECRET.search(path.read_text(errors="replace"))] == []


def test_what_is_looked_for_would_be_found() -> None:
    assert SECRET.search("AKIA" + "A" * 16)
    assert SECRET.search("-----BEGIN " + "PRIVATE KEY-----")


def test_the_functions_environment_has_names_and_addresses_and_no_secret(template: dict[str, Any]) -> None:
    for name, function in of_type(template, "Lambda::Function").items():
        variables = function["Environment"]["Variables"]
        assert not [variable for variable in variables if NAMED_SO.search(variable)], name
        assert not SECRET.search(text(variables)), name


def test_no_parameter_of_the_stack_takes_a_secret(template: dict[str, Any]) -> None:
    assert not [name for name in template["Parameters"] if NAMED_SO.search(name.upper())]
