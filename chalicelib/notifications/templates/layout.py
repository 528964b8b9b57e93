"""A mail as a person gets it: its subject, its plain text and its HTML, of the same blocks."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from chalicelib.notifications.templates.blocks import filled

if TYPE_CHECKING:
    from chalicelib.notifications.templates.blocks import Block

LONGEST_SUBJECT = 150
BREAKING = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Kinds of characters that could end a header."""
TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that show a text other than it is."""
TEMPLATE = Path(__file__).with_name("mail.html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a mail says."""

    subject: str
    preview: str
    """What a list of mails shows beside the subject."""
    blocks: tuple[Block, ...]
    why: str
    """Why the recipient gets it."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A mail ready to be sent."""

    subject: str
    text: str
    html: str


def compose(draft: Draft, unsubscribe_link: str | None = None) -> Composed:
    """Return the draft in both its faces, with the address that ends such mail where there is one."""
    subject = one_line(draft.subject)
    return Composed(subject, _text(draft, unsubscribe_link), _html(draft, subject, unsubscribe_link))


def one_line(text: str) -> str:
    """Text that can stand in a header: without what ends it or shows it other than it is, and not too long."""
    kept = "".join(" " if unicodedata.category(char) in BREAKING else char for char in text if char not in TURNING)
    single = " ".join(kept.split())
    return single if len(single) <= LONGEST_SUBJECT else f"{single[: LONGEST_SUBJECT - 1]}…"


def _text(draft: Draft, unsubscribe_link: str | None) -> str:
    end = [filled(draft.why), *([f"Unsubscribe: {unsubscribe_link}"] if unsubscribe_link else [])]
    parts = [block.text for block in draft.blocks]
    return "\n\n".join([*parts, "\n".join(["-- ", *end])]) + "\n"


def _html(draft: Draft, subject: str, unsubscribe_link: str | None) -> str:
    link = f'<br><a href="{escape(unsubscribe_link)}">Unsubscribe</a>' if unsubscribe_link else ""
    return _template().substitute(
        subject=escape(subject),
        preview=escape(draft.preview),
        body="\n".join(block.html for block in draft.blocks),
        foot=f"{escape(draft.why)}{link}",
    )


@lru_cache(maxsize=1)
def _template() -> Template:
    return Template(TEMPLATE.read_text("utf-8"))
