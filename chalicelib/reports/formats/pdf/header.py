"""The row of column titles that every page repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.reports.formats.pdf.drawing import HEAD, SOFT, box, few_lines, rule, text
from chalicelib.reports.formats.pdf.layout import MARGIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chalicelib.reports.formats.pdf.layout import Layout
    from chalicelib.reports.formats.pdf.typesetting import Typesetter

MOST_LINES = 6


def header_row(titles: Sequence[str], layout: Layout, bold: Typesetter) -> tuple[str, float]:
    """Return the titles, which stand on the line below them, drawn from height 0 downwards; and how tall that is."""
    columns = [
        (place, few_lines(bold, title, place.width, layout.size, MOST_LINES))
        for title, place in zip(titles, layout.places, strict=True)
    ]
    tall = max(len(lines) for _, lines in columns) * layout.leading + 3 * layout.padding
    drawn = [
        box(MARGIN, -tall, layout.right - MARGIN, tall, HEAD),
        rule(MARGIN, -tall, layout.right, 0.8, SOFT),
    ]
    lowest = -tall + 1.5 * layout.padding + layout.size * 0.25
    for place, lines in columns:
        for number, line in enumerate(reversed(lines)):
            spare = place.width - bold.width(line) * layout.size / 1000 if place.right_aligned else 0
            drawn.append(text(bold, line, place.left + spare, lowest + number * layout.leading, layout.size))
    return "".join(drawn), tall
