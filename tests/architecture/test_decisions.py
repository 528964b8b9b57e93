"""Decision records are numbered without gaps, and each says its date and its status."""

from __future__ import annotations

import re
from pathlib import Path

RECORDS = sorted((Path(__file__).parents[2] / "docs/decisions").glob("*.md"))
HEAD = re.compile(r"# (\d+)\. \S.*\n\nDate: \d{4}-\d{2}-\d{2}\. Status: (?:accepted|superseded by \d+)\.\n\n")


def test_records_are_numbered_without_gaps() -> None:
    assert [int(path.name[:4]) for path in RECORDS] == list(range(1, len(RECORDS) + 1))


def test_each_record_begins_with_its_number_date_and_status() -> None:
    heads = {path.name: HEAD.match(path.read_text()) for path in RECORDS}
    assert [name for name, head in heads.items() if head is None or int(head[1]) != int(name[:4])] == []


def test_a_record_has_one_page() -> None:
    assert [path.name for path in RECORDS if len(path.read_text().splitlines()) > 45] == []
