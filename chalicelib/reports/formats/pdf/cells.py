"""Cells as drawing operators, a column of many rows at a time; the heights are filled in when a row has its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.reports.columns import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chalicelib.reports.formats.pdf.layout import ColumnBox, Layout
    from chalicelib.reports.formats.pdf.typesetting import Typesetter
    from chalicelib.reports.table import Value

LINES = [chr(0x80 + number) for number in range(0x60)]
"""What stands for the height of a row's first line, second line, …: characters that operators never have."""
OVERSIZED = "\xff"
"""What stands for a cell with more lines than a page has."""
KEPT = 4096
LONGEST_KEPT = 64
"""How many wrapped cells are kept for their next appearance, and how long they may be."""


class ColumnCells:
    """Makes one column's cells."""

    def __init__(self, place: ColumnBox, layout: Layout, setter: Typesetter) -> None:
        self._place = place
        self._size = layout.size
        self._most = min(layout.most_lines, len(LINES) - 1)
        self._setter = setter
        self._limit = place.width * 1000 / layout.size
        self._wrapped: dict[str, str] = {}

    def cells(self, values: Sequence[Value]) -> list[str]:
        """Return the operators of these cells; the plain ones are made together, the others one by one."""
        texts = [shown(value) for value in values]
        plain = self._setter.plain(texts)
        cells = self._beside(plain.widths, plain.codes)
        apart = plain.others
        if max(plain.widths) > self._limit:
            apart = [*apart, *(place for place, width in enumerate(plain.widths) if width > self._limit)]
        for place in apart:
            cells[place] = self._apart(texts[place])
        return cells

    def parts(self, value: Value) -> list[str]:
        """Return one cell in as many pieces as it needs pages."""
        lines = self._setter.lines(shown(value), self._limit) if value not in (None, "") else []
        return [self._stacked(lines[start : start + self._most]) for start in range(0, len(lines), self._most)]

    def _beside(self, widths: Sequence[int], codes: Sequence[str]) -> list[str]:
        if self._place.right_aligned:
            return [
                f"1 0 0 1 {self._left(width):.2f} \x80 Tm<{code}>Tj\n" if code else ""
                for width, code in zip(widths, codes, strict=True)
            ]
        start = f"1 0 0 1 {self._place.left:.2f} \x80 Tm<"
        return [f"{start}{code}>Tj\n" if code else "" for code in codes]

    def _apart(self, text: str) -> str:
        """Return a cell of several lines or scripts; kept unless it is long or has missing glyphs, each of which
        counts.
        """
        if text in self._wrapped:
            return self._wrapped[text]
        lines = self._setter.lines(text, self._limit)
        if len(lines) > self._most:
            return OVERSIZED
        missing = self._setter.missing
        cell = self._stacked(lines)
        if len(text) <= LONGEST_KEPT and missing == self._setter.missing:
            if len(self._wrapped) >= KEPT:
                self._wrapped.clear()
            self._wrapped[text] = cell
        return cell

    def _stacked(self, lines: Sequence[str]) -> str:
        return "".join([self._line(line, height) for line, height in zip(lines, LINES, strict=False)])

    def _line(self, line: str, height: str) -> str:
        left = self._left(self._setter.width(line)) if self._place.right_aligned else self._place.left
        return f"1 0 0 1 {left:.2f} {height} Tm{self._setter.show(line, self._size)}\n"

    def _left(self, width: int) -> float:
        return self._place.left + self._place.width - width * self._size / 1000
