"""No regular expression of ours takes much longer for a long text than its length."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import chalicelib

ROOT = Path(str(chalicelib.__file__)).parent
LONG = 20_000
PATIENCE = 0.25
"""Seconds for one text of twenty thousand characters; a pattern that blows up takes minutes."""
PUMPS = (
    "a",
    "0",
    " ",
    "-",
    ".",
    "a.",
    "a-",
    "@",
    "a@",
    "/",
    "a/",
    ":",
    "\\",
    "=",
    "+1 ",
    "https://a",
    "\t",
    "é",
    "[0]",
    "%2F",
)
TAILS = ("", "!", "\x00", "@", " ", "\n")


def modules() -> Iterator[str]:
    """Every module of the product."""
    for path in sorted(ROOT.rglob("*.py")):
        parts = ("chalicelib", *path.relative_to(ROOT).with_suffix("").parts)
        yield ".".join(part for part in parts if part != "__init__")


def patterns() -> dict[str, re.Pattern[str]]:
    """Every compiled pattern that a module keeps, also inside of a tuple, list or dict."""
    found: dict[str, re.Pattern[str]] = {}
    for module in modules():
        for name, value in vars(import_module(module)).items():
            for number, item in enumerate(_inside(value)):
                if isinstance(item, re.Pattern) and isinstance(item.pattern, str):
                    found.setdefault(item.pattern, item)
                    found[f"{module}.{name}[{number}]"] = item
    return {name: item for name, item in found.items() if name.startswith("chalicelib.")}


def _inside(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        value = (*value.keys(), *value.values())
    if isinstance(value, (tuple, list)):
        for item in value:
            yield from _inside(item)
    else:
        yield value


def ways(name: str) -> set[str]:
    """How the code uses what it calls so: `PATTERN.search(…)` looks at every place, the others at the beginning."""
    used = re.compile(rf"\b{re.escape(name)}\.(fullmatch|match|search|sub|split|finditer|findall)\b")
    found = {match for path in ROOT.rglob("*.py") for match in used.findall(path.read_text())}
    return {item if item in ("fullmatch", "match") else "search" for item in found} or {"fullmatch", "match"}


def seconds(pattern: re.Pattern[str], text: str, ways: set[str]) -> float:
    """How long the slowest of these ways takes on this text."""
    slowest = 0.0
    for way in ways:
        started = time.perf_counter()
        getattr(pattern, way)(text)
        slowest = max(slowest, time.perf_counter() - started)
    return slowest


def slowness(pattern: re.Pattern[str], ways: set[str]) -> float:
    """The longest that it takes on any text of this length that is made to trap it."""
    return max(seconds(pattern, (pump * LONG)[:LONG] + tail, ways) for pump in PUMPS for tail in TAILS)


def test_there_are_patterns_to_try() -> None:
    assert len(patterns()) >= 15


@pytest.mark.parametrize("name", sorted(patterns()))
def test_a_pattern_takes_no_longer_than_a_moment(name: str) -> None:
    assert slowness(patterns()[name], ways(name.rpartition(".")[2].partition("[")[0])) < PATIENCE


def test_a_pattern_that_blows_up_would_be_found() -> None:
    trap, fine = (seconds(re.compile(item), "a" * 28, {"match"}) for item in (r"(a|aa)+b", r"a+b"))
    assert trap > 100 * fine


def test_every_pattern_is_kept_by_a_module_where_this_test_finds_it() -> None:
    """`re.match("…")` and the like would hide one."""
    hidden = re.compile(r"\bre\.(match|search|fullmatch|sub|split|findall|finditer)\(")
    assert [str(path) for path in ROOT.rglob("*.py") if hidden.search(path.read_text())] == []
