"""Colors and the few shapes that pages are made of, as drawing operators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.reports.formats.pdf.bidi import runs_to_the_left

if TYPE_CHECKING:
    from chalicelib.reports.formats.pdf.typesetting import Typesetter


def _colour(code: str) -> str:
    return " ".join(f"{int(code[place : place + 2], 16) / 255:.3g}" for place in (0, 2, 4))


INK, SOFT, LINE, HEAD, STRIPE = map(_colour, ("1c2430", "5a6675", "c9d1db", "eaeff5", "f3f6fa"))
ACCENT, NOTE, NOTE_LINE = map(_colour, ("0b5cad", "fff6dd", "d9a400"))


def box(left: float, bottom: float, width: float, height: float, colour: str) -> str:
    """Return a filled rectangle."""
    return f"{colour} rg {left:.2f} {bottom:.2f} {width:.2f} {height:.2f} re f\n"


def rule(left: float, height: float, right: float, weight: float, colour: str) -> str:
    """Return a line across."""
    return f"{colour} RG {weight:g} w {left:.2f} {height:.2f} m {right:.2f} {height:.2f} l S\n"


def text(setter: Typesetter, line: str, left: float, height: float, size: float, colour: str = INK) -> str:
    """Return one line of text."""
    shown = setter.show(line, size)
    return f"BT /{setter.name} {size:g} Tf {colour} rg 1 0 0 1 {left:.2f} {height:.2f} Tm{shown} ET\n"


def few_lines(setter: Typesetter, content: str, width: float, size: float, most: int) -> list[str]:
    """Text of a heading in at most so many lines, the last one telling if there was more."""
    lines = setter.lines(content, width * 1000 / size)
    if len(lines) > most:
        last = lines[most - 1]
        lines[most - 1 :] = [f"…{last[1:]}" if runs_to_the_left(content) else f"{last[:-1]}…"]
    return lines
