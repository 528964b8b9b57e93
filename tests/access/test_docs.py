"""The documents about access and assurance say what is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from infra.access import PATH, content

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`(?P<path>tests/[\w/.]+\.py)::(?P<test>\w+)`")
ROW = re.compile(r"^\| (?P<number>\d+) \| (?P<what>[^|]+) \| (?P<shown>.+) \|$", re.MULTILINE)


def named(document: str) -> list[tuple[str, str]]:
    """The tests that a document names."""
    return [(match["path"], match["test"]) for match in NAMED.finditer((ROOT / "docs" / document).read_text())]


def test_the_document_of_who_may_what_is_as_the_table_makes_it() -> None:
    assert PATH.read_text() == content(), "Run `make openapi`."


@pytest.mark.parametrize("document", ["assurance.md", "security.md"])
def test_every_test_that_is_named_exists(document: str) -> None:
    tests = named(document)
    assert len(tests) > 20
    missing = [test for test in tests if f"def {test[1]}(" not in _text(ROOT / test[0])]
    assert missing == []


def _text(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def test_sixty_things_are_assured_each_by_a_test_or_with_a_reason() -> None:
    rows = {int(match["number"]): match["shown"] for match in ROW.finditer((ROOT / "docs/assurance.md").read_text())}
    assert sorted(rows) == list(range(1, 61))
    assert all(shown.strip() for shown in rows.values())
