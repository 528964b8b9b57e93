"""What stands above the rows on the first page, and boxes with notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.reports.formats.pdf.drawing import ACCENT, INK, NOTE, NOTE_LINE, SOFT, box, few_lines, text
from chalicelib.reports.formats.pdf.layout import MARGIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chalicelib.reports.formats.pdf.layout import Sheet
    from chalicelib.reports.formats.pdf.typesetting import Typesetter
    from chalicelib.reports.table import Heading

TITLE, PARTNER, LABEL, VALUE = 18.0, 11.5, 7.0, 9.0
BETWEEN = 24.0
"""From one fact to the next."""


class Block:
    """Drawing that grows from a height downwards."""

    def __init__(self, sheet: Sheet, top: float, regular: Typesetter, bold: Typesetter) -> None:
        self.width = sheet.body_width
        self.height = top
        self.drawn: list[str] = []
        self.regular = regular
        self.bold = bold

    def heading(self, heading: Heading) -> None:
        """Title, partner, when the data was read, what was asked for, notes."""
        self.drawn.append(box(MARGIN, self.height - 3, self.width, 3, ACCENT))
        self.height -= 10
        self._lines(self.bold, heading.title, TITLE, INK)
        self.height -= 4
        self._lines(self.regular, heading.partner, PARTNER, SOFT)
        self.height -= 10
        self._facts((("As of", heading.as_of_text), *heading.parameters))
        self.notes(heading.notes)
        self.height -= 10

    def notes(self, notes: Sequence[str]) -> None:
        """A box that cannot be overlooked."""
        lines = [line for note in notes for line in few_lines(self.regular, note, self.width - 24, VALUE, 8)]
        if not lines:
            return
        tall = len(lines) * VALUE * 1.35 + 9
        self.height -= 8
        self.drawn.append(box(MARGIN, self.height - tall, self.width, tall, NOTE))
        self.drawn.append(box(MARGIN, self.height - tall, 3, tall, NOTE_LINE))
        for number, line in enumerate(lines):
            at = self.height - 7 - VALUE * (0.75 + 1.35 * number)
            self.drawn.append(text(self.regular, line, MARGIN + 12, at, VALUE))
        self.height -= tall

    def _lines(self, setter: Typesetter, content: str, size: float, colour: str) -> None:
        for line in few_lines(setter, content, self.width, size, 3):
            self.height -= size * 1.22
            self.drawn.append(text(setter, line, MARGIN, self.height, size, colour))

    def _facts(self, facts: Sequence[tuple[str, str]]) -> None:
        for row in self._in_rows(facts):
            left, most = MARGIN, 1
            for name, lines, width in row:
                self.drawn.append(text(self.regular, name, left, self.height - LABEL, LABEL, SOFT))
                for number, line in enumerate(lines):
                    at = self.height - LABEL - VALUE * (1.2 + 1.25 * number)
                    self.drawn.append(text(self.regular, line, left, at, VALUE))
                left, most = left + width + BETWEEN, max(most, len(lines))
            self.height -= LABEL + VALUE * (0.6 + 1.25 * most) + 5

    def _in_rows(self, facts: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, list[str], float]]]:
        row: list[tuple[str, list[str], float]] = []
        room = self.width
        for name, value in facts:
            [name] = few_lines(self.regular, name, self.width, LABEL, 1)
            lines = few_lines(self.regular, value, self.width, VALUE, 4)
            widest = max(self.regular.width(line) for line in lines) * VALUE / 1000
            width = max(widest, self.regular.width(name) * LABEL / 1000)
            if width > room and row:
                yield row
                row, room = [], self.width
            row.append((name, lines, width))
            room -= width + BETWEEN
        yield row
