"""Reads one row of a portfolio: its cells, and then whether they fit each other and the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.accounts import AccountType, Activity, BillingMode, Status
from chalicelib.domain.accounts.codes import CancelReason
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.imports.cells import Cells, words
from chalicelib.domain.imports.cross_field_validation import cross_field_problems
from chalicelib.domain.imports.dates import DateFormat
from chalicelib.domain.imports.portfolio_row import PortfolioRow
from chalicelib.domain.imports.profiles import read_portfolio_profile, read_profile, read_username

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from chalicelib.domain.accounts.profiles import Profile
    from chalicelib.domain.imports.cells import Problem


ACCOUNT_TYPES = words(AccountType)
BILLING_MODES = words(BillingMode)
PLANS = words(Plan)
STATUSES = words(Status)
CANCEL_REASONS = words(CancelReason)


def read_portfolio_row(
    row: Mapping[str, str], today: date, date_format: DateFormat = DateFormat.YEAR_FIRST
) -> PortfolioRow | list[Problem]:
    """Return the row, or everything that is wrong: with its cells, or else with how they fit each other and the
    calendar.
    """
    cells = Cells(row, date_format)
    read = _row(cells)
    return cells.problems or list(cross_field_problems(read, today)) or read


def _row(cells: Cells) -> PortfolioRow:
    status = cells.choice("status", STATUSES)
    return PortfolioRow(
        username=read_username(cells),
        profile=read_portfolio_profile(cells, status),
        account_type=cells.choice("account_type", ACCOUNT_TYPES),
        billing_mode=cells.choice("billing_mode", BILLING_MODES),
        plan=cells.choice("plan", PLANS),
        status=status,
        created_on=cells.creation_day("created_on"),
        trial_ends_on=cells.day("trial_ends_on"),
        initial_upgrade_on=cells.day("initial_upgrade_on"),
        activity=_activity(cells),
        add_ons=cells.add_ons("add_ons"),
        cancelled_on=cells.day("cancelled_on"),
        cancel_reason=cells.optional_choice("cancel_reason", CANCEL_REASONS),
    )


def _activity(cells: Cells) -> Activity:
    return Activity(
        list_size=cells.number("list_size"),
        login_count=cells.number("login_count"),
        last_login_on=cells.day("last_login_on"),
        campaigns_sent=cells.number("campaigns_sent"),
        last_campaign_on=cells.day("last_campaign_on"),
    )


@dataclass(frozen=True, slots=True)
class ManagedAccountRow:
    """One row; everything else follows as when one account is created."""

    username: str
    profile: Profile
    plan: Plan


def read_managed_account_row(row: Mapping[str, str]) -> ManagedAccountRow | list[Problem]:
    """Return the row, or everything that is wrong with it; without a plan the account starts on trial."""
    cells = Cells(row)
    read = ManagedAccountRow(read_username(cells), read_profile(cells), cells.choice("plan", PLANS, Plan.TRIAL))
    return cells.problems or read
