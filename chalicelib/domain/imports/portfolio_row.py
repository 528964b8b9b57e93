"""What one row of a portfolio says of an account, in the program's own terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from chalicelib.domain.accounts.accounts import AccountType, Activity, BillingMode, Status
    from chalicelib.domain.accounts.add_ons import AddOn
    from chalicelib.domain.accounts.codes import CancelReason
    from chalicelib.domain.accounts.plans import Plan
    from chalicelib.domain.accounts.profiles import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioRow:
    """One row."""

    username: str
    profile: Profile
    account_type: AccountType
    billing_mode: BillingMode
    plan: Plan
    status: Status
    created_on: date
    trial_ends_on: date | None
    initial_upgrade_on: date | None
    activity: Activity
    add_ons: frozenset[AddOn]
    cancelled_on: date | None
    cancel_reason: CancelReason | None
