"""The Unicode Bidirectional Algorithm passes Unicode's own conformance tests (tests/data/unicode)."""

from __future__ import annotations

import lzma
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from chalicelib.reports.formats.pdf.bidi import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).parents[3] / "data" / "unicode"
BASES = {1: None, 2: 0, 4: 1}
"""Paragraph levels by the bits of BidiTest.txt: told by the text, left to right, right to left."""
SOME = 40
"""Each time one line of so many is taken, where not all of them are."""


def lines(name: str) -> Iterator[str]:
    with lzma.open(DATA / f"{name}-15.0.0.txt.xz", "rt") as file:
        for line in file:
            content = line.partition("#")[0].strip()
            if content:
                yield content


def wrong_characters(every: int) -> tuple[int, list[str]]:
    """How many lines of BidiCharacterTest.txt were tried, and which of them come out otherwise."""
    tried = list(lines("BidiCharacterTest"))[::every]
    return len(tried), [line for line in tried if not character_line_right(line)]


def character_line_right(line: str) -> bool:
    codes, direction, base, levels, order = line.split(";")
    text = "".join(chr(int(code, 16)) for code in codes.split())
    paragraph = Paragraph(text, base=None if direction == "2" else int(direction))
    return (str(paragraph.base), reported(paragraph.levels()), order) == (base, levels, reported(paragraph.order()))


def reported(levels: list[int] | list[int | None]) -> str:
    return " ".join("x" if level is None else str(level) for level in levels)


def class_cases(every: int) -> Iterator[tuple[list[str], int | None, str, str]]:
    """Cases of BidiTest.txt: classes, paragraph level, levels and order."""
    levels, order = "", ""
    for number, line in enumerate(lines("BidiTest")):
        if line.startswith("@Levels:"):
            levels = " ".join(line.split()[1:])
        elif line.startswith("@Reorder:"):
            order = " ".join(line.split()[1:])
        elif number % every == 0:
            kinds, _, bits = line.partition(";")
            yield from ((kinds.split(), base, levels, order) for bit, base in BASES.items() if int(bits) & bit)


def wrong_classes(every: int) -> tuple[int, list[str]]:
    """How many cases of BidiTest.txt were tried, and which of them come out otherwise."""
    cases, wrong = list(class_cases(every)), []
    for kinds, base, levels, order in cases:
        paragraph = Paragraph("", list(kinds), base)
        if (reported(paragraph.levels()), reported(paragraph.order())) != (levels, order):
            wrong.append(f"{kinds} {base}")
    return len(cases), wrong


def test_lines_of_characters_come_out_as_unicode_says() -> None:
    tried, wrong = wrong_characters(SOME)
    assert tried > 2_000
    assert wrong == []


def test_lines_of_classes_come_out_as_unicode_says() -> None:
    tried, wrong = wrong_classes(SOME)
    assert tried > 15_000
    assert wrong == []


@pytest.mark.long
def test_every_line_of_characters_comes_out_as_unicode_says() -> None:
    assert wrong_characters(1) == (91_707, [])


@pytest.mark.long
def test_every_line_of_classes_comes_out_as_unicode_says() -> None:
    assert wrong_classes(1) == (770_241, [])
