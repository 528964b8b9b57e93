"""Reading one row of a bulk creation: the profile and plan of a new managed account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.domain.import_cells import Cells, words
from chalicelib.domain.import_profiles import read_profile, read_username
from chalicelib.domain.plans import Plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chalicelib.domain.import_cells import Problem
    from chalicelib.domain.profiles import Profile

PLANS = words(Plan)


@dataclass(frozen=True, slots=True)
class ManagedAccountRow:
    """One row; everything else follows as when one account is created."""

    username: str
    profile: Profile
    plan: Plan


def read_managed_account_row(row: Mapping[str, str]) -> ManagedAccountRow | list[Problem]:
    """The row, or everything that is wrong with it; without a plan the account starts on trial."""
    cells = Cells(row)
    read = ManagedAccountRow(read_username(cells), read_profile(cells), cells.choice("plan", PLANS, Plan.TRIAL))
    return cells.problems or read
