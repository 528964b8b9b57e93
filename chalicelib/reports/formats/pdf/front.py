"""Figures and charts of the first page, above the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.reports.formats.pdf.drawing import ACCENT, HEAD, SOFT, box, few_lines, text
from chalicelib.reports.formats.pdf.layout import MARGIN

if TYPE_CHECKING:
    from chalicelib.reports.formats.pdf.title_block import Block
    from chalicelib.reports.table import Bar, Chart, Front

LABEL, FIGURE, CHART_TITLE, BAR_LABEL = 8.0, 16.0, 11.0, 8.5
FIGURE_WIDTH, BAR_STEP, BAR_HEIGHT = 108.0, 14.0, 9.0
LABELS_WIDTH, BARS_WIDTH = 190.0, 360.0


def draw_front(block: Block, front: Front) -> None:
    """Draw the figures side by side, and the charts below them."""
    if front.figures:
        _figures(block, front.figures)
    for chart in front.charts:
        _chart(block, chart)


def _figures(block: Block, figures: tuple[Bar, ...]) -> None:
    a_row = int(block.width / FIGURE_WIDTH)
    for start in range(0, len(figures), a_row):
        for place, figure in enumerate(figures[start : start + a_row]):
            left = MARGIN + place * FIGURE_WIDTH
            block.drawn.append(text(block.regular, figure.label, left, block.height - LABEL, LABEL, SOFT))
            at = block.height - LABEL - FIGURE
            block.drawn.append(text(block.bold, f"{figure.value:,}", left, at, FIGURE))
        block.height -= LABEL + FIGURE + 12


def _chart(block: Block, chart: Chart) -> None:
    block.height -= CHART_TITLE
    block.drawn.append(text(block.bold, chart.title, MARGIN, block.height, CHART_TITLE))
    block.height -= 7
    most = max((bar.value for bar in chart.bars), default=0) or 1
    for bar in chart.bars:
        block.height -= BAR_STEP
        [label] = few_lines(block.regular, bar.label, LABELS_WIDTH - 6, BAR_LABEL, 1)
        at, left = block.height + 2, MARGIN + LABELS_WIDTH
        wide = BARS_WIDTH * bar.value / most
        block.drawn.append(text(block.regular, label, MARGIN, at, BAR_LABEL))
        block.drawn.append(
            box(left, block.height, BARS_WIDTH, BAR_HEIGHT, HEAD) + box(left, block.height, wide, BAR_HEIGHT, ACCENT)
        )
        value = f"{bar.value:,}  ({chart.share(bar)})"
        block.drawn.append(text(block.regular, value, left + BARS_WIDTH + 8, at, BAR_LABEL))
    block.height -= 12
