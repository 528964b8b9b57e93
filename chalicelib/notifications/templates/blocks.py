"""What a mail is made of: blocks, each with a face as plain text and one as HTML."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

WIDTH = 72
CELL = "padding:8px 12px 8px 0;vertical-align:top;text-align:left"
LINE = "border-top:1px solid #e3e7ea"


class Block(Protocol):
    """One piece of a mail."""

    @property
    def text(self) -> str:
        """Its plain text."""
        ...

    @property
    def html(self) -> str:
        """Its HTML, everything in it escaped."""
        ...


@dataclass(frozen=True, slots=True)
class Heading:
    words: str

    @property
    def text(self) -> str:
        return filled(self.words)

    @property
    def html(self) -> str:
        return f'<h1 style="margin:0 0 16px;font-size:22px;line-height:1.3">{escape(self.words)}</h1>'


@dataclass(frozen=True, slots=True)
class Paragraph:
    words: str

    @property
    def text(self) -> str:
        return filled(self.words)

    @property
    def html(self) -> str:
        return f'<p style="margin:0 0 16px">{escape(self.words)}</p>'


@dataclass(frozen=True, slots=True)
class Note:
    """What the reader must not overlook."""

    words: str

    @property
    def text(self) -> str:
        return filled(f"Note: {self.words}")

    @property
    def html(self) -> str:
        style = "margin:0 0 16px;padding:10px 14px;background:#fdf8e3;border-left:4px solid #c9b458"
        return f'<p class="note" style="{style}">{escape(self.words)}</p>'


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values."""

    pairs: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        return "\n".join(f"{name}: {on_one_line(value)}" for name, value in self.pairs)

    @property
    def html(self) -> str:
        return _table(
            f'<tr><td class="name" style="{CELL};padding-top:4px;padding-bottom:4px;color:#5b6670;width:9em">'
            f'{escape(name)}</td><td class="value" style="{CELL};padding-top:4px;padding-bottom:4px">{escape(value)}'
            "</td></tr>"
            for name, value in self.pairs
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list of sums."""

    title: str
    details: tuple[str, ...]
    amount: str


@dataclass(frozen=True, slots=True)
class Entries:
    """A list of sums; what an entry is stands on the left, its amount on the right."""

    entries: tuple[Entry, ...]

    @property
    def text(self) -> str:
        return "\n".join(f"- {', '.join(map(on_one_line, (e.title, *e.details)))}: {e.amount}" for e in self.entries)

    @property
    def html(self) -> str:
        return _table(map(_entry, self.entries))


def _entry(entry: Entry) -> str:
    details = "".join(
        f'<br><span class="quiet" style="color:#5b6670;font-size:14px">{escape(detail)}</span>'
        for detail in entry.details
    )
    return (
        f'<tr><td class="line" style="{CELL};{LINE}"><bdi>{escape(entry.title)}</bdi>{details}</td>'
        f'<td class="line" style="{CELL};{LINE};padding-right:0;text-align:right;white-space:nowrap">'
        f"{escape(entry.amount)}</td></tr>"
    )


@dataclass(frozen=True, slots=True)
class Button:
    """The one thing to do."""

    words: str
    url: str
    beside: str = ""

    @property
    def text(self) -> str:
        beside = f" ({self.beside})" if self.beside else ""
        return f"{self.words}{beside}:\n{self.url}"

    @property
    def html(self) -> str:
        style = (
            "display:inline-block;padding:12px 20px;background:#0a5c8f;color:#ffffff;border-radius:6px;"
            "text-decoration:none;font-weight:600"
        )
        stale = "display:block;margin-top:4px;color:#5b6670;font-size:14px"
        beside = f'<span class="quiet" style="{stale}">{escape(self.beside)}</span>'
        return (
            f'<p style="margin:0 0 16px"><a class="button" href="{escape(self.url)}" style="{style}">'
            f"{escape(self.words)}</a>{beside if self.beside else ''}</p>"
        )


def on_one_line(words: str) -> str:
    """Text without line breaks."""
    return " ".join(words.split())


def filled(words: str) -> str:
    """Text in lines that every mail program shows whole."""
    return "\n".join(wrap(words, WIDTH, break_long_words=False, break_on_hyphens=False)) or ""


def _table(rows: Iterable[str]) -> str:
    style = "width:100%;margin:0 0 16px;border-collapse:collapse;font-size:15px"
    return f'<table role="presentation" style="{style}"><tbody>{"".join(rows)}</tbody></table>'
