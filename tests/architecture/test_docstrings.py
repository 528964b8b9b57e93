"""Docstrings, comments and pages say the field's words: what was renamed in code is not left in what explains it."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RENAMED = {
    "journal": "transaction writer",
    "recount": "data check",
    "sweeps?": "run of the sweeper",
    "codec": "mapper",
    "hand(?:s|ed|ing)?(?: \\w+)? over": "enqueue",
    "heard of": "last heartbeat",
    "(?:way|ways) out": "unsubscribe link",
    "tally": "counts",
    "shelf|shelves": "full scan",
    "refile|misfiled": "index keys",
    "standings?": "status and type",
    "came to nothing": "closed without approval",
    "the calendar (?:has|does|did|acts?|changes|changed|will)": "scheduled or due changes",
    "mend(?:s|ed|ing)?": "repair",
}
OTHERS = ("Python's own codec",)
"""Where such a word has its usual meaning."""
SOURCES = sorted([*(ROOT / "chalicelib").rglob("*.py"), *(ROOT / "infra").rglob("*.py"), ROOT / "app.py"])
PAGES = sorted([*(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"])
CODE = re.compile(r"`tests/[^`]*`|\[[^\]]*\]\([^)]*\)|#recount-drift|^## Recount drift$", re.MULTILINE)


def prose(path: Path) -> str:
    """What a file explains: a page without its links and names of tests; the docstrings and comments of a module."""
    text = path.read_text()
    if path.suffix == ".md":
        return CODE.sub("", text)
    strings = [
        node.value.value
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    ]
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return "\n".join([*strings, *(token.string for token in tokens if token.type == tokenize.COMMENT)])


def stale(text: str) -> list[str]:
    """Each renamed word that a text has, with what to say instead."""
    for other in OTHERS:
        text = text.replace(other, "")
    return [f"{found[0]}: say {say}" for old, say in RENAMED.items() if (found := re.search(rf"\b(?:{old})\b", text))]


@pytest.mark.parametrize("folder", ["chalicelib", "infra", "app.py"])
def test_no_docstring_or_comment_has_a_word_that_was_renamed(folder: str) -> None:
    found = {str(path.relative_to(ROOT)): stale(prose(path)) for path in SOURCES}
    assert {name: words for name, words in found.items() if words and name.startswith(folder)} == {}


def test_no_page_has_a_word_that_was_renamed() -> None:
    found = {str(path.relative_to(ROOT)): stale(prose(path)) for path in PAGES}
    assert {name: words for name, words in found.items() if words} == {}


def test_a_renamed_word_is_found() -> None:
    assert stale("Writing goes through the journal.") == ["journal: say transaction writer"]
    assert stale("The run is handed over again.") == ["handed over: say enqueue"]
    assert stale("The trail is kept.") == []
