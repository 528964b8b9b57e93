"""From a row of a portfolio to an account as of a day: due changes are applied as if it had always been here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.accounts import Account, AccountType, BillingMode, Cancellation, Status
from chalicelib.domain.accounts.add_ons import Entitlement
from chalicelib.domain.accounts.bonuses import Bonus, bonus_of
from chalicelib.domain.accounts.codes import BonusStatus
from chalicelib.domain.accounts.departures import Departure, cancellation_of
from chalicelib.domain.accounts.plans import INCLUDED
from chalicelib.domain.accounts.scheduled_changes import apply_due
from chalicelib.domain.accounts.search_words import search_words

if TYPE_CHECKING:
    from datetime import date

    from chalicelib.domain.imports.portfolio_row import PortfolioRow
    from chalicelib.domain.partners.partners import Partner


@dataclass(frozen=True, slots=True)
class ImportedAccount:
    """A new account and what is written with it."""

    account: Account
    adjusted: bool = False
    """Whether something was dropped that the rules forbid in its state; what the plan includes is not dropped."""
    bonus: Bonus | None = None
    departure: Departure | None = None

    @property
    def items(self) -> int:
        """How many items of a transaction it takes: itself, its username, its words, and these."""
        return 2 + len(search_words(self.account)) + (self.bonus is not None) + (self.departure is not None)


def account_of_row(row: PortfolioRow, partner: Partner, account_id: str, today: date) -> ImportedAccount:
    """Return the account that the row tells of, settled as of the day."""
    account = apply_due(_as_it_was(row, partner, account_id), today).account
    earned = account.bonus_status is BonusStatus.EARNED
    return ImportedAccount(
        account,
        adjusted=_something_dropped(row, account),
        bonus=bonus_of(account, partner.terms.bonus, notified=True) if earned else None,
        departure=cancellation_of(account) if account.cancelled else None,
    )


def _something_dropped(row: PortfolioRow, account: Account) -> bool:
    without = any(account.entitlement(add_on) is Entitlement.INACTIVE for add_on in row.add_ons)
    return without or account.billing_mode is not row.billing_mode


def _as_it_was(row: PortfolioRow, partner: Partner, account_id: str) -> Account:
    """Return the account before its trial expired, its bonus was earned and its cancellation took effect."""
    upgraded = row.initial_upgrade_on is not None
    open_now = row.status is Status.OPEN
    return Account(
        partner_id=partner.partner_id,
        account_id=account_id,
        username=row.username,
        organization=row.profile.organization,
        owner=row.profile.owner,
        website=row.profile.website,
        partner_account_id=row.profile.partner_account_id,
        account_type=row.account_type,
        billing_mode=row.billing_mode if open_now and _single_bill(row, partner) else BillingMode.DIRECT,
        plan=row.plan,
        status=Status.OPEN if upgraded else Status.TRIAL,
        created_on=row.created_on,
        trial_ends_on=row.trial_ends_on,
        initial_upgrade_on=row.initial_upgrade_on,
        cancellation=_cancellation(row),
        add_ons=row.add_ons - INCLUDED[row.plan] if open_now else frozenset(),
        bonus_status=BonusStatus.TRACKING if upgraded else BonusStatus.NOT_STARTED,
        activity=row.activity,
    )


def _single_bill(row: PortfolioRow, partner: Partner) -> bool:
    return row.account_type is AccountType.MANAGED and partner.terms.single_bill_enabled


def _cancellation(row: PortfolioRow) -> Cancellation | None:
    return Cancellation(row.cancelled_on, row.cancel_reason) if row.cancelled_on and row.cancel_reason else None
