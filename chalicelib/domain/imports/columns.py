"""The columns of an import file: which there are, the template, and the check of a header."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class ImportKind(StrEnum):
    """What a file holds."""

    PORTFOLIO = "portfolio"
    """A partner's existing book, brought by an operator."""
    MANAGED_ACCOUNTS = "managed-accounts"
    """New managed accounts, created in bulk by the partner."""


class InvalidFile(Exception):
    """The file as a whole cannot be imported; the sentence says why and what would be right."""


PORTFOLIO_COLUMNS = (
    "username",
    "organization",
    "owner_first_name",
    "owner_last_name",
    "owner_email",
    "partner_account_id",
    "account_type",
    "billing_mode",
    "plan",
    "status",
    "created_on",
    "trial_ends_on",
    "initial_upgrade_on",
    "list_size",
    "login_count",
    "last_login_on",
    "campaigns_sent",
    "last_campaign_on",
    "add_ons",
    "cancelled_on",
    "cancel_reason",
)
ALWAYS_FILLED = frozenset(
    ("username", "organization", "account_type", "billing_mode", "plan", "status", "created_on", "owner_email")
)
"""Columns whose cells are never empty, or hardly ever: a row that ends before one of them is broken."""
DATE_COLUMNS = tuple(name for name in PORTFOLIO_COLUMNS if name.endswith("_on"))
PROFILE_COLUMNS = PORTFOLIO_COLUMNS[:6]
OPTIONAL_PROFILE_COLUMNS = ("plan", "website", "owner_phone")
NOT_NEEDED = frozenset(
    (
        "owner_first_name owner_last_name partner_account_id list_size login_count last_login_on campaigns_sent "
        "last_campaign_on"
    ).split()
)
"""Columns that a book need not have: neither a status nor an amount hangs on them."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What a header must name, and what it may name besides; the order is free."""

    all: tuple[str, ...]
    optional: frozenset[str]

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(name for name in self.all if name not in self.optional)


COLUMNS = {
    ImportKind.PORTFOLIO: Columns(PORTFOLIO_COLUMNS, NOT_NEEDED),
    ImportKind.MANAGED_ACCOUNTS: Columns(
        PROFILE_COLUMNS + OPTIONAL_PROFILE_COLUMNS, frozenset(("partner_account_id", *OPTIONAL_PROFILE_COLUMNS))
    ),
}

_OPEN = (
    "example_bakery,Example Bakery,Ada,Baker,ada@bakery.example,A-1001,managed,single_bill,standard,O,"
    "2025-03-01,2025-04-30,2025-04-12,1250,38,2025-10-30,12,2025-10-28,sms|seo,,"
)
_CANCELED = (
    "example_books,Example Books,Ben,Page,ben@books.example,,referred,direct,lite,C,"
    "2025-01-15,2025-03-16,2025-02-20,310,4,2025-06-02,1,2025-05-20,,2025-07-01,cost_too_high"
)
EXAMPLES = {
    ImportKind.PORTFOLIO: (_OPEN, _CANCELED),
    ImportKind.MANAGED_ACCOUNTS: (
        "example_bakery,Example Bakery,Ada,Baker,ada@bakery.example,A-1001,standard,https://bakery.example,207-555-0100",
        "example_books,Example Books,Ben,Page,ben@books.example,,,,",
    ),
}


def template(kind: ImportKind) -> bytes:
    """Return a file with the header and two example rows to write over."""
    return "".join(f"{line}\r\n" for line in (",".join(COLUMNS[kind].all), *EXAMPLES[kind])).encode()


_BETWEEN_WORDS = re.compile(r"[\s_-]+")


def heading_key(heading: str) -> str:
    """Folds a heading for matching: `Owner First Name` is `owner_first_name`."""
    return _BETWEEN_WORDS.sub("", heading.casefold())


def known_headings() -> frozenset[str]:
    """Returns the folded headings of all kinds of import."""
    return frozenset(heading_key(name) for columns in COLUMNS.values() for name in columns.all)


def match_header(kind: ImportKind, headings: list[str], line: int) -> tuple[str, ...]:
    """Returns the columns by their own names; raises `InvalidFile` with all that are missing, unknown or named twice.

    Letter case, spaces and what stands for them make no difference; empty headings at the end are passed over.
    """
    columns, headings = COLUMNS[kind], _without_empty_end(headings)
    names = {heading_key(name): name for name in columns.all}
    matched = [names.get(heading_key(heading), "") for heading in headings]
    pairs = list(zip(headings, matched, strict=True))
    complaints = (
        ("Columns missing", [name for name in columns.required if name not in matched]),
        ("Unknown columns", [_shown(heading) for heading, name in pairs if not name and heading.strip()]),
        ("Columns without a heading", [str(n) for n, heading in enumerate(headings, 1) if not heading.strip()]),
        ("Columns named twice", sorted({_shown(name) for name in matched if name and matched.count(name) > 1})),
    )
    sentences = [f"{complaint}: {', '.join(names)}." for complaint, names in complaints if names]
    if sentences:
        raise InvalidFile(
            " ".join([f"The header (line {line}) is not right.", *sentences, "The template has all columns."])
        )
    return tuple(matched)


def _without_empty_end(headings: list[str]) -> list[str]:
    last = max((n for n, heading in enumerate(headings, 1) if heading.strip()), default=0)
    return headings[:last]


def fit_row(cells: list[str], columns: tuple[str, ...]) -> list[str] | None:
    """Fits a row to the header: empty cells at its end are dropped or, where they may be empty, added; else None.

    Spreadsheets write delimiters for formatted empty columns, and leave them out where the last columns are empty.
    """
    width = len(columns)
    if len(cells) > width:
        return None if any(map(str.strip, cells[width:])) else cells[:width]
    if len(cells) < width and not ALWAYS_FILLED.isdisjoint(columns[len(cells) :]):
        return None
    return cells + [""] * (width - len(cells))


def _shown(name: str) -> str:
    """Return a name from the file, short enough for a sentence."""
    return repr(name) if len(name) <= 40 else f"{name[:40]!r}…"
