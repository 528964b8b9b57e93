"""CONTRIBUTING's numbers of files are true: a dummy of each kind is planted in a copy of the tree, and works."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.architecture import plants
from tests.architecture.test_contracts import lint

if TYPE_CHECKING:
    from pathlib import Path

CONTRIBUTING = (plants.ROOT / "CONTRIBUTING.md").read_text()
PLANTED = {
    "report": plants.REPORT,
    "filter": plants.FILTER,
    "field": plants.FIELD,
    "mail": plants.MAIL,
    "resource": plants.RESOURCE,
}


def test_a_dummy_of_each_kind_works_and_keeps_the_contracts(tmp_path: Path) -> None:
    tree = plants.copy_of_the_tree(tmp_path)
    for planted in PLANTED.values():
        plants.plant(planted, tree)
    assert plants.run("".join(planted.probe for planted in PLANTED.values()), tree) == ""
    assert lint(tree) == ""


@pytest.mark.parametrize("name", PLANTED)
def test_a_dummy_touches_as_many_files_as_contributing_says(name: str) -> None:
    row = re.search(rf"^\| {name} \(\*\*held\*\*\) \| (\d+) \| (.*)$", CONTRIBUTING, re.MULTILINE)
    assert row, f"CONTRIBUTING counts no {name}."
    assert len(PLANTED[name].files) == int(row[1])


def test_contributing_calls_nothing_held_that_is_not_planted() -> None:
    assert set(re.findall(r"^\| (\w+) \(\*\*held\*\*\)", CONTRIBUTING, re.MULTILINE)) == set(PLANTED)


@pytest.mark.parametrize("name", [name for name in PLANTED if name != "report"])
def test_a_probe_fails_where_nothing_is_planted(tmp_path: Path, name: str) -> None:
    assert plants.run(PLANTED[name].probe, plants.copy_of_the_tree(tmp_path)) != ""


def test_no_file_of_a_report_can_be_left_out(tmp_path: Path) -> None:
    tree = plants.copy_of_the_tree(tmp_path)
    plants.plant(plants.REPORT, tree)
    for left_out in sorted(plants.REPORT.files):
        content, original = (tree / left_out).read_text(), plants.ROOT / left_out
        if original.exists():
            (tree / left_out).write_text(original.read_text())
        else:
            (tree / left_out).unlink()
        assert plants.run(plants.REPORT.probe, tree) != "", left_out
        (tree / left_out).write_text(content)
