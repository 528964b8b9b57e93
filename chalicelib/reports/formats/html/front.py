"""Figures and charts above the rows: charts are drawings in the page, with their numbers beside them as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.reports.formats.html.escaping import escape

if TYPE_CHECKING:
    from chalicelib.reports.table import Bar, Chart, Front

WIDE, HIGH = 300, 12
"""Of a bar's drawing, in the units of its own."""


def figures_and_charts(front: Front) -> str:
    """Return what the page says of its rows before it shows them; nothing where there is nothing."""
    return _figures(front.figures) + "".join(map(_chart, front.charts))


def _figures(figures: tuple[Bar, ...]) -> str:
    if not figures:
        return ""
    listed = "".join(f"<div><dt>{escape(item.label)}</dt><dd>{item.value:,}</dd></div>" for item in figures)
    return f'<dl class="figures">{listed}</dl>\n'


def _chart(chart: Chart) -> str:
    most = max((bar.value for bar in chart.bars), default=0) or 1
    rows = "".join(
        f'<li><span class="name">{escape(bar.label)}</span>{_bar(bar.value / most)}'
        f'<span class="value">{bar.value:,} <span class="share">({chart.share(bar)})</span></span></li>'
        for bar in chart.bars
    )
    return f'<section class="chart">\n<h2>{escape(chart.title)}</h2>\n<ul>{rows}</ul>\n</section>\n'


def _bar(part: float) -> str:
    return (
        f'<svg viewBox="0 0 {WIDE} {HIGH}" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{WIDE * part:.1f}" height="{HIGH}"/></svg>'
    )
