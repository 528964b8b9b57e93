"""CONTRIBUTING's numbers of files are true: a dummy of each kind is planted in a copy of the tree, and works."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.architecture import plants

if TYPE_CHECKING:
    from pathlib import Path

    from tests.architecture.plants import Plant

CONTRIBUTING = (plants.ROOT / "CONTRIBUTING.md").read_text()
PLANTED = {"report": plants.REPORT, "filter": plants.FILTER, "field": plants.FIELD}


def counted(name: str) -> int:
    """The number of files that CONTRIBUTING gives."""
    found = re.search(rf"^\| {name}\b[^|]*\| (\d+) \|", CONTRIBUTING, re.MULTILINE)
    assert found, f"CONTRIBUTING counts no {name}."
    return int(found[1])


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_dummy_touches_as_many_files_as_contributing_says_and_works(tmp_path: Path, name: str) -> None:
    planted: Plant = PLANTED[name]
    tree = plants.copy_of_the_tree(tmp_path)
    assert plants.run(planted.probe, tree) != ""
    plants.plant(planted, tree)
    assert plants.run(planted.probe, tree) == ""
    assert len(planted.files) == counted(name)


@pytest.mark.parametrize("name", ["report", "filter"])
def test_no_file_of_a_dummy_can_be_left_out(tmp_path: Path, name: str) -> None:
    planted: Plant = PLANTED[name]
    for number, left_out in enumerate(sorted(planted.files)):
        tree = plants.copy_of_the_tree(tmp_path / str(number))
        plants.plant(planted, tree)
        original = plants.ROOT / left_out
        (tree / left_out).write_bytes(original.read_bytes()) if original.exists() else (tree / left_out).unlink()
        assert plants.run(planted.probe, tree) != "", left_out
