"""The profile in a row of an import file: the same rules as everywhere, told by column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.accounts.accounts import Owner, Status
from chalicelib.domain.accounts.profiles import Profile, problems, username_problems

if TYPE_CHECKING:
    from chalicelib.domain.imports.cells import Cells
    from chalicelib.domain.kernel.errors import FieldError


def read_username(cells: Cells) -> str:
    """Return the username, checked."""
    username = cells.code("username")
    for wrong in username_problems(username):
        _complain(cells, wrong)
    return username


def read_profile(cells: Cells) -> Profile:
    """Return the profile, checked."""
    profile = _profile(cells)
    for wrong in problems(profile):
        _complain(cells, wrong)
    return profile


def read_portfolio_profile(cells: Cells, status: Status) -> Profile:
    """Return the profile, checked. An account whose person was erased has no e-mail address: while it is canceled, and
    afterwards, when it has no owner's name either."""
    profile = _profile(cells)
    nobody = not profile.owner.email and (status is Status.CANCELLED or profile.owner == Owner())
    for wrong in problems(profile):
        if not (nobody and wrong.pointer == "/owner/email"):
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
