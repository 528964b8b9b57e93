"""The documents are current: generated pages, relative links, make targets and modules that they name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from infra import data

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md") if (ROOT / name).exists()]
    + list((ROOT / "docs").glob("*.md"))
)
LINK = re.compile(r"\[[^\]\n]*\]\((?P<target>[^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))
MAKE = re.compile(r"(?:^|[`$ ])make ((?:[A-Z_]+=\S+ )*)(?P<target>[a-z][a-z-]*)(?=[`\s]|$)", re.MULTILINE)
MODULE = re.compile(r"python3? -m (?P<module>[\w.]+)")
WRITTEN_BY_COMMANDS = {"bench/results.json", "console/node_modules"}
PLACE = re.compile(r"`(?P<path>(?:chalicelib|infra|tests|docs|bench|console|\.chalice|\.ci)/[\w./-]+)`")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def prose(path: Path) -> str:
    return FENCE.sub("", path.read_text())


def anchors(path: Path) -> set[str]:
    """The anchors that a code host makes of the headings."""
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in HEADING.findall(prose(path))}


def broken(path: Path) -> list[str]:
    """The relative links of a page that lead nowhere."""
    found = []
    for match in LINK.finditer(prose(path)):
        target, _, anchor = match["target"].partition("#")
        if "://" in target or target.startswith("mailto:"):
            continue
        place = path if not target else (path.parent / target).resolve()
        if not place.exists() or (anchor and place.suffix == ".md" and anchor not in anchors(place)):
            found.append(match["target"])
    return found


def snippets(path: Path) -> str:
    """The commands of a page: what stands in fences and between backticks."""
    text = path.read_text()
    return "\n".join([*FENCE.findall(text), *re.findall(r"`[^`\n]+`", FENCE.sub("", text))])


def test_the_page_of_tables_is_as_models_template_and_policies_make_it() -> None:
    assert data.PATH.read_text() == data.content(), "Run `make docs`."


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_relative_link_leads_to_a_file_and_a_heading(path: Path) -> None:
    assert broken(path) == []


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# A heading\n\n[a](page.md#a-heading) [b](#a-heading) [c](page.md#none) [d](none.md) [e](https://x.y)"
    )
    assert broken(page) == ["page.md#none", "none.md"]


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_make_target_that_is_named_exists(path: Path) -> None:
    assert {match["target"] for match in MAKE.finditer(snippets(path))} - TARGETS == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_module_that_a_command_runs_exists(path: Path) -> None:
    modules = {match["module"] for match in MODULE.finditer(snippets(path))} - {"venv", "pip", "pytest"}
    places = [ROOT / module.replace(".", "/") for module in modules]
    assert [place for place in places if not place.with_suffix(".py").exists() and not place.is_dir()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_file_that_is_named_exists(path: Path) -> None:
    named = {match["path"] for match in PLACE.finditer(prose(path))} - WRITTEN_BY_COMMANDS
    assert [item for item in sorted(named) if not (ROOT / item).exists()] == []


def test_a_command_that_names_no_target_is_found() -> None:
    assert MAKE.findall("`make run`\n```\nmake check-data REPAIR=1\nPORT=4600 make nightly\n```") == [
        ("", "run"),
        ("", "check-data"),
        ("", "nightly"),
    ]


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_variable_of_a_make_command_is_known(path: Path) -> None:
    """Make hands the environment on, so a variable that nothing reads would be ignored without a word."""
    targets = (ROOT / "Makefile").read_text() + "".join(item.read_text() for item in (ROOT / "infra").rglob("*.py"))
    lines = [line for line in snippets(path).splitlines() if MAKE.search(line)]
    variables = {found for line in lines for found in re.findall(r"\b([A-Z][A-Z_]+)=", line)}
    assert [variable for variable in sorted(variables) if not re.search(rf"\b{variable}\b", targets)] == []


def test_every_test_that_contributing_runs_exists() -> None:
    commands = re.findall(r"pytest ([^`\n]+)", snippets(ROOT / "CONTRIBUTING.md"))
    assert len(commands) >= 4
    for command in commands:
        (place,) = re.findall(r"tests/[\w/.]+", command)
        assert (ROOT / place).exists(), command
        if chosen := re.search(r"-k (\w+)", command):
            assert re.search(rf"def test_\w*{chosen[1]}", (ROOT / place).read_text()), command
