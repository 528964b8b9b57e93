"""Each promise of the console has a test of its number, and each such test a promise."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROMISE = re.compile(r"^\| D(\d+) \| .+ \|$", re.MULTILINE)


def test_promises_and_tests_have_the_same_numbers() -> None:
    promised = set(PROMISE.findall((ROOT / "docs/console-promises.md").read_text()))
    tested = {
        number
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"def test_(d\d+_\w*)", path.read_text())
        for number in re.findall(r"(?:^|_)d(\d+)(?=_)", name)
    }
    assert tested == promised
