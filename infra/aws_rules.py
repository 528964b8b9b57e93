"""Writes docs/aws.md: each rule of real AWS, its source, and the tests that hold it, found by their marker."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from infra.package import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATH = ROOT / "docs/aws.md"
RULES = ROOT / "infra/aws_rules.yaml"
STACK, TEMPLATE, CODE = "enforced by the embedded stack", "read from the template", "held by a test of the code"
STACK_PLACES = ("tests/e2e/", "tests/unit/infra/local/", "tests/unit/infra/emulator")
TEMPLATE_FIXTURES = {"template", "local_template", "templates"}
HEAD = """# What AWS asks for

Made by `make openapi` from `infra/aws_rules.yaml` and from the tests that carry a rule's name
(`@pytest.mark.aws("B1")`). None of it was run on AWS: a rule is taken from the document named with it, and is held
in one of three ways. *Enforced by the embedded stack*: the emulator refuses what AWS would refuse. *Read from the
template*: a test looks at what CloudFormation is given. *Held by a test of the code*: a test runs our code against
AWS's documented answers. *Not shown* says why there can be no test here, *open* that there is none yet.

B rows would stop the first deployment, W rows go wrong after it, R rows are risks, N rows are small.
"""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A test that holds a rule."""

    test: str
    way: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of AWS."""

    row: str
    title: str
    rule: str
    source: str
    not_shown: str = ""


def rules() -> list[Rule]:
    """Return all rules, in their order."""
    return [Rule(row, **fields) for row, fields in yaml.safe_load(RULES.read_text()).items()]


def evidence(tests: Path = ROOT / "tests") -> dict[str, list[Evidence]]:
    """Return the tests of each row, found without importing them."""
    found: dict[str, list[Evidence]] = {}
    for path in sorted(tests.rglob("test_*.py")):
        name = path.relative_to(tests.parent).as_posix()
        for row, item in _marked(ast.parse(path.read_text()), name):
            found.setdefault(row, []).append(item)
    return found


def _marked(module: ast.Module, name: str) -> Iterator[tuple[str, Evidence]]:
    shared = [mark for node in module.body if isinstance(node, ast.Assign) for mark in _pytestmark(node)]
    for test in module.body:
        if isinstance(test, ast.FunctionDef) and test.name.startswith("test_"):
            marks = [*shared, *test.decorator_list]
            for row in _rows(marks):
                yield row, Evidence(f"{name}::{test.name}", _way(name, test, marks))


def _pytestmark(node: ast.Assign) -> list[ast.expr]:
    if not any(isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets):
        return []
    return list(node.value.elts) if isinstance(node.value, (ast.List, ast.Tuple)) else [node.value]


def _rows(marks: list[ast.expr]) -> list[str]:
    calls = [mark for mark in marks if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.aws"]
    return [str(argument.value) for call in calls for argument in call.args if isinstance(argument, ast.Constant)]


def _way(name: str, test: ast.FunctionDef, marks: list[ast.expr]) -> str:
    on_stack = {"pytest.mark.stack", "pytest.mark.browser"} & {ast.unparse(mark) for mark in marks}
    if on_stack or name.startswith(STACK_PLACES):
        return STACK
    takes = {argument.arg for argument in (*test.args.args, *test.args.kwonlyargs)}
    return TEMPLATE if takes & TEMPLATE_FIXTURES else CODE


def content() -> str:
    """Return the document as the file holds it."""
    tests = evidence()
    return "\n".join([HEAD, *(line for rule in rules() for line in _section(rule, tests.get(rule.row, [])))])


def _section(rule: Rule, tests: list[Evidence]) -> Iterator[str]:
    yield f"## {rule.row}: {rule.title}"
    yield ""
    yield rule.rule
    yield ""
    yield f"- Source: {rule.source}"
    yield f"- {_state(rule, tests)}"
    yield from (f"  - `{test.test}`" for test in sorted(tests, key=lambda test: test.test))
    yield ""


def _state(rule: Rule, tests: list[Evidence]) -> str:
    if tests:
        ways = {test.way for test in tests}
        return "; ".join(way for way in (STACK, TEMPLATE, CODE) if way in ways).capitalize() + ":"
    return f"Not shown: {rule.not_shown}" if rule.not_shown else "Open: no test holds it yet."


if __name__ == "__main__":
    PATH.write_text(content())
    print(PATH.relative_to(ROOT))
