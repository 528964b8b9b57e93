"""The New Account Bonus: its statuses, its days, and the record of one that was earned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.accounts.codes import BonusStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.kernel.money import Money
    from chalicelib.domain.kernel.paging import Page

DAYS_TO_EARN = 95
"""Whole UTC calendar days from the initial upgrade; the program's rule, the same for every partner."""


def earned_on(initial_upgrade_on: date) -> date:
    """Return the day on which the bonus is earned."""
    return initial_upgrade_on + timedelta(days=DAYS_TO_EARN)


def days_since(initial_upgrade_on: date, today: date) -> int:
    """Whole calendar days since the initial upgrade."""
    return (today - initial_upgrade_on).days


def days_left(initial_upgrade_on: date, today: date) -> int:
    """Days until the bonus is earned, never below 0."""
    return max(0, DAYS_TO_EARN - days_since(initial_upgrade_on, today))


def as_of(status: BonusStatus, initial_upgrade_on: date | None, cancelled_on: date | None, today: date) -> BonusStatus:
    """Return the status today of an account that was last settled some days ago: what
    `scheduled_changes.apply_due` would make of it.
    """
    if status is not BonusStatus.TRACKING or initial_upgrade_on is None:
        return status
    day = earned_on(initial_upgrade_on)
    if cancelled_on is not None and cancelled_on < day and cancelled_on <= today:
        return BonusStatus.DISQUALIFIED
    return BonusStatus.EARNED if day <= today else BonusStatus.TRACKING


@dataclass(frozen=True, slots=True, kw_only=True)
class Bonus:
    """One earned bonus, with the names and the terms of the day it was earned; at most one in an account's life."""

    account_id: str
    partner_id: str
    username: str
    organization: str
    initial_upgrade_on: date
    earned_on: date
    money: Money
    paid_on: date | None = None
    payment_reference: str | None = None
    notified: bool = False
    """Whether its mail has been seen to; earned in imported history counts as announced."""
    version: int = 1
    """Moved by announcing and paying."""

    @property
    def status(self) -> BonusStatus:
        return BonusStatus.PAID if self.paid_on else BonusStatus.EARNED


def bonus_of(account: Account, money: Money, *, notified: bool = False) -> Bonus:
    """Return the bonus that this account has earned, on these terms."""
    if account.initial_upgrade_on is None or account.bonus_earned_on is None:
        raise ValueError(account.account_id)
    return Bonus(
        account_id=account.account_id,
        partner_id=account.partner_id,
        username=account.username,
        organization=account.organization,
        initial_upgrade_on=account.initial_upgrade_on,
        earned_on=account.bonus_earned_on,
        money=money,
        notified=notified,
    )


class BonusStore(Protocol):
    """Earned bonuses."""

    def get(self, account_id: str) -> Bonus | None:
        """Return the bonus this account has earned, under whichever partner."""
        ...

    def of_partner(self, partner_id: str) -> Iterator[Bonus]:
        """Yield every bonus the partner has earned, oldest first."""
        ...

    def page(self, partner_id: str, first: date, last: date, after: str | None, limit: int) -> Page[Bonus]:
        """Bonuses earned on these days, both included, the latest first."""
        ...

    def between(self, partner_id: str, first: date, last: date) -> Iterator[Bonus]:
        """Yield every bonus earned on these days, both included, oldest first."""
        ...

    def unnotified(self, partner_id: str) -> list[Bonus]:
        """Earned bonuses whose mail has not been seen to."""
        ...

    def unpaid(self, partner_id: str, limit: int) -> list[Money]:
        """Return the amounts of earned bonuses that are not paid, at most so many; from an index that may lag."""
        ...
