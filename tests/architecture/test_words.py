"""A planted word of the private language is found, with what to say instead; `make lint` looks for all of them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from infra import words

ROOT = Path(__file__).parents[2]
BRITISH = re.compile(
    r"(?s)(?=.*\s)\b(cancelled|organisation|colours?|programmes?|behaviour|recognised?|authorised?)\b", re.IGNORECASE
)


def test_planted_words_are_found_in_names_files_and_styles(tmp_path: Path) -> None:
    for name, content in {
        "chalicelib/journal.py": 'TEXT = "journal"\n',
        "tests/test_x.py": "def f(told: str) -> str:\n    return told\n",
        "chalicelib/trail.py": '"""The trail is kept.\n\nBy the journal."""\nX = 1  # It is handed over.\n',
        "docs/page.md": "A [journal](journal.md) is swept; sweeps come every five minutes.\n",
        "console/src/app.css": "a { color: var(--ink); }\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    assert [place.split(": say ")[0] for place in words.found(tmp_path)] == [
        "chalicelib/journal.py:1: journal",
        "tests/test_x.py:1: told",
        "tests/test_x.py:2: told",
        "console/src/app.css:1: --ink",
        "chalicelib/trail.py:1: journal",
        "chalicelib/trail.py:4: handed over",
        "docs/page.md:1: sweeps",
    ]


def test_texts_that_people_read_are_us_english() -> None:
    """Identifiers and what is stored keep their spelling; a text is what has a space in it."""
    british = [
        f"{path.relative_to(ROOT)}:{text.lineno}"
        for path in sorted((ROOT / "chalicelib").rglob("*.py"))
        for text in ast.walk(ast.parse(path.read_text()))
        if isinstance(text, ast.Constant) and isinstance(text.value, str) and BRITISH.search(text.value)
    ]
    assert british == []
