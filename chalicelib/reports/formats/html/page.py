"""The frame of an HTML report: head, heading, header row; one file that fetches nothing."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from chalicelib.reports.formats.html.escaping import escape
from chalicelib.reports.table import ColumnType

if TYPE_CHECKING:
    from chalicelib.reports.table import Column, Heading, Table

_HERE = Path(__file__).parent
_PORTRAIT_CHARACTERS = 110
"""What fits side by side on a sheet of paper held upright; a wider table is printed across."""

_WIDEST_AT_LEAST = 32
"""A column is given the room it asks for up to here; beyond, its texts wrap."""


def opening(table: Table, code: str) -> str:
    """Return everything up to the first row."""
    return f"{_head(table, code)}<body>\n{_heading(table.heading)}{_table_start(table)}"


def closing(rows: int, late_notes: tuple[str, ...], code: str) -> str:
    """Return everything below the table's rows."""
    counted = "1 row" if rows == 1 else f"{rows:,} rows"
    return (
        f'</table>\n</div>\n{notes(late_notes)}<p class="count">{counted}</p>\n'
        f'<p class="quiet" id="said" role="status"></p>\n<script>{code}</script>\n</body>\n</html>\n'
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
    style = _read("report.css") + _style(table.columns)
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


def _style(columns: tuple[Column, ...]) -> str:
    """Return the style of the columns: numbers to the right, dates unbroken, the paper's side, the letters' size."""
    rules = [_column_rule(position, column) for position, column in enumerate(columns, 1)]
    characters = sum(column.width for column in columns)
    side, wide = ("portrait", 1.0) if characters <= _PORTRAIT_CHARACTERS else ("landscape", 1.5)
    points = max(4.5, min(9.0, 9.0 * wide * _PORTRAIT_CHARACTERS / max(characters, 1)))
    rules.append(f"@page{{size:A4 {side};margin:12mm}}@media print{{table{{font-size:{points:.1f}pt}}}}")
    return "\n".join(filter(None, rules)) + "\n"


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
        f"<dl>{listed}</dl>\n</header>\n{notes(heading.notes)}"
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
