"""An account's profile: what a partner says of it, and the rules for each value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.accounts import Owner
from chalicelib.domain.kernel import field_rules, text_rules
from chalicelib.domain.kernel.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chalicelib.domain.kernel.errors import FieldError
    from chalicelib.domain.kernel.text_rules import TextRule

RULES: Mapping[str, TextRule] = {
    "organization": field_rules.ORGANIZATION,
    "owner/first_name": field_rules.OWNER_NAME,
    "owner/last_name": field_rules.OWNER_NAME,
    "owner/email": field_rules.EMAIL,
    "owner/phone": field_rules.PHONE,
    "website": field_rules.WEBSITE,
    "partner_account_id": field_rules.PARTNER_ACCOUNT_ID,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What stands in the account beside its username; the partner may change it."""

    organization: str
    owner: Owner = field(default_factory=Owner)
    website: str | None = None
    partner_account_id: str | None = None


def problems(profile: Profile) -> list[FieldError]:
    """Return every value that breaks a rule."""
    return text_rules.problems(_texts(profile), RULES)


def _texts(profile: Profile) -> dict[str, str]:
    owner = profile.owner
    return {
        "organization": profile.organization,
        "owner/first_name": owner.first_name,
        "owner/last_name": owner.last_name,
        "owner/email": owner.email,
        "owner/phone": owner.phone,
        "website": profile.website or "",
        "partner_account_id": profile.partner_account_id or "",
    }


def username_problems(username: str) -> list[FieldError]:
    """Return what is wrong with a username."""
    return text_rules.problems({"username": username}, {"username": field_rules.USERNAME})


def require_valid(profile: Profile, username: str | None = None) -> None:
    """Raise `Invalid` with everything that is wrong."""
    named = [] if username is None else username_problems(username)
    Invalid.unless_none([*named, *problems(profile)])


def require_valid_change(current: Profile, updated: Profile, *, nobody: bool = False) -> None:
    """Raise `Invalid` with everything that is wrong in what changes: what was right under an older rule may stay.

    `nobody` is behind an account whose person was erased: it alone has no address.
    """
    before, after = _texts(current), _texts(updated)
    changed = {name: value for name, value in after.items() if value != before[name]}
    if not updated.owner.email:
        changed |= {} if nobody else {"owner/email": ""}
    Invalid.unless_none(text_rules.problems(changed, RULES))
