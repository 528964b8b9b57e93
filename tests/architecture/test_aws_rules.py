"""docs/aws.md: every rule of AWS with the tests that hold it, as the markers on the tests say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from infra import aws_rules

if TYPE_CHECKING:
    from pathlib import Path

KINDS = {"B": 6, "W": 22, "R": 12, "N": 9}
A_TEST_FILE = """
import pytest
pytestmark = [pytest.mark.aws("W1")]

@pytest.mark.stack
@pytest.mark.aws("B1", "B2")
def test_on_the_stack(): ...

@pytest.mark.aws("B1")
def test_of_the_template(template): ...

def test_of_the_code(tmp_path): ...

@pytest.mark.aws("B3")
def not_a_test(): ...
"""


def test_every_row_has_a_rule_and_a_source() -> None:
    rules = aws_rules.rules()
    assert [rule.row for rule in rules] == [f"{kind}{at + 1}" for kind, count in KINDS.items() for at in range(count)]
    assert all(rule.title and rule.rule.endswith(".") and rule.source for rule in rules)


def test_every_marker_names_a_row_that_there_is() -> None:
    assert set(aws_rules.evidence()) <= {rule.row for rule in aws_rules.rules()}


def test_a_row_that_is_not_shown_has_no_test() -> None:
    assert not {rule.row for rule in aws_rules.rules() if rule.not_shown} & set(aws_rules.evidence())


def test_the_page_is_what_the_rules_and_the_markers_say() -> None:
    assert aws_rules.PATH.read_text() == aws_rules.content(), "Run `make openapi`."


@pytest.mark.parametrize("row", ["B1", "B2", "B3", "W1"])
def test_tests_are_found_by_their_markers(tmp_path: Path, row: str) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_any.py").write_text(A_TEST_FILE)
    found = {item.test.split("::")[1]: item.way for item in aws_rules.evidence(tmp_path / "tests").get(row, [])}
    on_stack, on_template = {"test_on_the_stack": aws_rules.STACK}, {"test_of_the_template": aws_rules.TEMPLATE}
    every = {**on_stack, **on_template, "test_of_the_code": aws_rules.CODE}
    assert found == {"B1": on_stack | on_template, "B2": on_stack, "B3": {}, "W1": every}[row]
