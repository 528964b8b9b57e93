"""An account's profile: what a partner says of it, and the rules for each value."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chalicelib.domain import usernames
from chalicelib.domain.accounts import Owner
from chalicelib.domain.errors import FieldError, Invalid

if TYPE_CHECKING:
    from collections.abc import Iterator

EMAIL = re.compile(r"[^\s@<>\"(),:;\\\[\]]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
WEBSITE = re.compile(r"https?://[^\s/?#@]{3,253}(?:[/?#][^\s]*)?", re.IGNORECASE)
PHONE = re.compile(r"\+?[0-9 ().-]{5,30}")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
MAX_ORGANIZATION = 120
MAX_NAME = 60
MAX_EMAIL = 254
MAX_WEBSITE = 300
MAX_PARTNER_ACCOUNT_ID = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What stands in the account beside its username; the partner may change it."""

    organization: str
    owner: Owner = field(default_factory=Owner)
    website: str | None = None
    partner_account_id: str | None = None


def email_valid(address: str) -> bool:
    """Whether it looks like one e-mail address."""
    return len(address) <= MAX_EMAIL and EMAIL.fullmatch(address) is not None


def problems(profile: Profile) -> Iterator[FieldError]:
    """Every value that breaks a rule."""
    owner = profile.owner
    yield from _text("/organization", profile.organization, MAX_ORGANIZATION, required=True)
    yield from _text("/owner/first_name", owner.first_name, MAX_NAME)
    yield from _text("/owner/last_name", owner.last_name, MAX_NAME)
    if not email_valid(owner.email):
        yield FieldError("/owner/email", "An e-mail address is needed, such as ada@example.com.")
    if owner.phone and not PHONE.fullmatch(owner.phone):
        yield FieldError("/owner/phone", "A phone number has 5 to 30 digits, spaces and + ( ) . - signs.")
    if profile.website is not None and not _website_valid(profile.website):
        yield FieldError(
            "/website", "A website address starts with http:// or https:// and has at most 300 characters."
        )
    yield from _text("/partner_account_id", profile.partner_account_id or "", MAX_PARTNER_ACCOUNT_ID)


def _website_valid(address: str) -> bool:
    return len(address) <= MAX_WEBSITE and WEBSITE.fullmatch(address) is not None


def _text(pointer: str, value: str, longest: int, *, required: bool = False) -> Iterator[FieldError]:
    if required and not value.strip():
        yield FieldError(pointer, "This must not be empty.")
    if len(value) > longest:
        yield FieldError(pointer, f"This has {len(value)} characters; at most {longest} are kept.")
    if CONTROL.search(value):
        yield FieldError(pointer, "This holds a control character, such as a line break or a tab.")


def username_problems(username: str) -> Iterator[FieldError]:
    """What is wrong with a username."""
    if not usernames.valid(username):
        yield FieldError("/username", f"{usernames.RULE}.")


def require_valid(profile: Profile, username: str | None = None, *, nobody: bool = False) -> None:
    """Raise `Invalid` with everything that is wrong; `nobody` is behind an account whose person was erased."""
    errors = [each for each in problems(profile) if not (nobody and each.pointer == "/owner/email")]
    if username is not None:
        errors = [*username_problems(username), *errors]
    Invalid.unless_none(errors)
