"""The frame of an HTML report: head, heading, header row; one file that fetches nothing."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from chalicelib.reports.formats.html.escaping import escape
from chalicelib.reports.formats.html.front import figures_and_charts
from chalicelib.reports.table import ColumnType

if TYPE_CHECKING:
    from chalicelib.domain.kernel.paper import Paper
    from chalicelib.reports.table import Column, Front, Heading, Table

_HERE = Path(__file__).parent
_PORTRAIT_CHARACTERS = 110
"""What fits side by side on a sheet of paper held upright; a wider table is printed across."""

_NARROW_CHARACTERS = 50
"""What fits side by side on a telephone; the rows of a wider table are cards there, so that nothing is beside them."""
_CARDS = (
    "table,thead,tbody,tfoot,tr,td{display:block}table,.rows{min-width:0;width:100%}"
    "thead tr{display:flex;overflow-x:auto}thead th{flex:none}"
    "tbody tr,tfoot tr{border-bottom:2px solid var(--line);padding:.35rem 0}"
    "td,td:nth-child(n){border:0;display:grid;gap:.5rem;grid-template-columns:8rem minmax(0,1fr);max-width:none;"
    "min-width:0;overflow-wrap:anywhere;padding:.1rem .6rem;text-align:start;white-space:pre-wrap}"
    "td:empty{display:none}"
    "td::before{color:var(--soft);font-size:.8rem;font-weight:400}"
)
_WIDEST_AT_LEAST = 32
"""A column is given the room it asks for up to here; beyond, its texts wrap."""


def opening(table: Table, code: str, front: Front) -> str:
    """Return everything up to the first row."""
    above = f"{_heading(table.heading)}<main>\n{notes(table.heading.notes)}{figures_and_charts(front)}"
    return f"{_head(table, code)}<body>\n{above}{_table_start(table)}"


def closing(rows: int, late_notes: tuple[str, ...], code: str) -> str:
    """Return everything below the table's rows."""
    counted = "1 row" if rows == 1 else f"{rows:,} rows"
    return (
        f'</table>\n</div>\n{notes(late_notes)}<p class="count">{counted}</p>\n'
        f'<p class="quiet" id="said" role="status"></p>\n</main>\n<script>{code}</script>\n</body>\n</html>\n'
    )


def script() -> str:
    """Return the code that sorts."""
    return _read("report.js")


def notes(sentences: tuple[str, ...]) -> str:
    """Return the sentences the reader must know, in a box; nothing if there are none."""
    if not sentences:
        return ""
    return '<div class="notes">' + "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences) + "</div>\n"


def _head(table: Table, code: str) -> str:
    style = _read("report.css") + _style(table.columns, table.heading.paper)
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(code)}; base-uri 'none'; form-action 'none'"
    )
    heading = table.heading
    return (
        f'<!doctype html>\n<html lang="{escape(heading.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        f"<title>{escape(heading.title)} - {escape(heading.partner)}</title>\n<style>{style}</style>\n</head>\n"
    )


def _style(columns: tuple[Column, ...], paper: Paper) -> str:
    """Return the style of the columns: numbers to the right, dates unbroken, the paper's side, the letters' size."""
    rules = [_column_rule(position, column) for position, column in enumerate(columns, 1)]
    characters = sum(column.width for column in columns)
    side, wide = ("portrait", 1.0) if characters <= _PORTRAIT_CHARACTERS else ("landscape", 1.5)
    if characters > _NARROW_CHARACTERS:
        rules.append(_cards(columns))
    points = max(4.5, min(9.0, 9.0 * wide * _PORTRAIT_CHARACTERS / max(characters, 1)))
    rules.append(f"@page{{size:{paper.name} {side};margin:12mm}}@media print{{table{{font-size:{points:.1f}pt}}}}")
    return "\n".join(filter(None, rules)) + "\n"


def _cards(columns: tuple[Column, ...]) -> str:
    """Return the style of a narrow screen: a row is a card, in which each cell stands beside its column's title."""
    titles = "".join(
        f"td:nth-child({position})::before{{content:{_css_text(column.title)}}}"
        for position, column in enumerate(columns, 1)
    )
    return f"@media screen and (max-width:640px){{{_CARDS}{titles}}}"


def _css_text(text: str) -> str:
    """Return a text as CSS writes it: whatever is no plain letter or digit by its number."""
    return '"' + "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):06x}" for c in text) + '"'


def _column_rule(position: int, column: Column) -> str:
    cell = f":is(th,td):nth-child({position})"
    if column.type is ColumnType.INTEGER:
        return f"{cell}{{text-align:end;white-space:nowrap}}"
    if column.type is ColumnType.DATE:
        return f"{cell}{{white-space:nowrap}}"
    width = min(column.width, _WIDEST_AT_LEAST)
    return f"@media screen and (min-width:640px){{td:nth-child({position}){{min-width:{width}ch}}}}"


def _heading(heading: Heading) -> str:
    facts = (("As of", heading.as_of_text), *heading.parameters)
    listed = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in facts)
    return (
        f'<header>\n<h1 id="title">{escape(heading.title)}</h1>\n<p class="partner">{escape(heading.partner)}</p>\n'
        f"<dl>{listed}</dl>\n</header>\n"
    )


def _table_start(table: Table) -> str:
    titles = "".join(
        f'<th scope="col" data-type="{column.type}">{escape(column.title)}</th>' for column in table.columns
    )
    return (
        '<div class="rows" role="region" aria-labelledby="title" tabindex="0">\n<table>\n'
        f"<thead><tr>{titles}</tr></thead>\n<tbody>\n"
    )


def _hash(inline: str) -> str:
    return f"'sha256-{b64encode(sha256(inline.encode()).digest()).decode()}'"


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")
