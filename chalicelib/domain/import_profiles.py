"""The profile in a row of an import file: the same rules as everywhere, told by column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.accounts import Owner
from chalicelib.domain.profiles import Profile, problems, username_problems

if TYPE_CHECKING:
    from chalicelib.domain.errors import FieldError
    from chalicelib.domain.import_cells import Cells


def read_username(cells: Cells) -> str:
    """The username, checked."""
    username = cells.code("username")
    for wrong in username_problems(username):
        _complain(cells, wrong)
    return username


def read_profile(cells: Cells, *, email_needed: bool = True) -> Profile:
    """The profile, checked. A cancelled account may be without an e-mail address: its person may have been erased."""
    profile = _profile(cells)
    for wrong in problems(profile):
        if profile.owner.email or email_needed or wrong.pointer != "/owner/email":
            _complain(cells, wrong)
    return profile


def _profile(cells: Cells) -> Profile:
    return Profile(
        organization=cells.text("organization"),
        owner=Owner(
            first_name=cells.text("owner_first_name"),
            last_name=cells.text("owner_last_name"),
            email=cells.text("owner_email"),
            phone=cells.text("owner_phone"),
        ),
        website=cells.text("website") or None,
        partner_account_id=cells.text("partner_account_id") or None,
    )


def _complain(cells: Cells, wrong: FieldError) -> None:
    """`/owner/email` is the column `owner_email`."""
    cells.complain(wrong.pointer.removeprefix("/").replace("/", "_"), wrong.detail)
