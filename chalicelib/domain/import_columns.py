"""The columns of an import file: which there are, the template, and the check of a header."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ImportKind(StrEnum):
    PORTFOLIO = "portfolio"
    """A partner's existing book, brought by an operator."""
    MANAGED_ACCOUNTS = "managed-accounts"
    """New managed accounts, created in bulk by the partner."""


class Unreadable(Exception):
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
PROFILE_COLUMNS = PORTFOLIO_COLUMNS[:6]
OPTIONAL_PROFILE_COLUMNS = ("plan", "website", "owner_phone")


@dataclass(frozen=True, slots=True)
class Columns:
    """What a header must name, and what it may name besides; the order is free."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return self.required + self.optional


COLUMNS = {
    ImportKind.PORTFOLIO: Columns(PORTFOLIO_COLUMNS),
    ImportKind.MANAGED_ACCOUNTS: Columns(PROFILE_COLUMNS, OPTIONAL_PROFILE_COLUMNS),
}


def template(kind: ImportKind) -> bytes:
    """A file with nothing but the header."""
    return (",".join(COLUMNS[kind].all) + "\r\n").encode()


def require_header(kind: ImportKind, header: list[str]) -> None:
    """Raise `Unreadable` with every column that is missing, unknown or named twice."""
    columns = COLUMNS[kind]
    complaints = (
        ("Columns missing", [name for name in columns.required if name not in header]),
        ("Unknown columns", [_shown(name) for name in header if name not in columns.all]),
        ("Columns named twice", sorted({_shown(name) for name in header if header.count(name) > 1})),
    )
    told = [f"{complaint}: {', '.join(names)}." for complaint, names in complaints if names]
    if told:
        raise Unreadable(" ".join(["The header (line 1) is not right.", *told, "The template has all columns."]))


def _shown(name: str) -> str:
    """A name from the file, short enough for a sentence."""
    return repr(name) if len(name) <= 40 else f"{name[:40]!r}…"
