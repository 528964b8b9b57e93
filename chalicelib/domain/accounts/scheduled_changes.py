"""Scheduled changes of an account: pure, day by day, and the same however many days are taken at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.accounts import Account, BillingMode, Cancellation, Status
from chalicelib.domain.accounts.bonuses import earned_on
from chalicelib.domain.accounts.codes import BonusStatus, RegistrationStatus

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


class ScheduledChange(StrEnum):
    """What a day brought, in the order in which one day brings it."""

    BONUS_EARNED = "bonus_earned"
    CANCELLED = "cancelled"
    TRIAL_EXPIRED = "trial_expired"
    PERMISSION_EXPIRED = "permission_expired"


@dataclass(frozen=True, slots=True)
class DatedChange:
    """One happening and its day."""

    on: date
    happening: ScheduledChange


@dataclass(frozen=True, slots=True)
class Advanced:
    """An account as of a day, and what happened on the way there."""

    account: Account
    happened: tuple[DatedChange, ...] = ()


def cancelled(account: Account, cancellation: Cancellation) -> Account:
    """Return the account once the cancellation is in effect: add-ons, SMS registration and single bill end with it."""
    return replace(
        account,
        status=Status.CANCELLED,
        cancellation=cancellation,
        add_ons=frozenset(),
        client_add_ons=frozenset(),
        sms_registration=RegistrationStatus.NOT_STARTED,
        billing_mode=BillingMode.DIRECT,
        permission_ends_on=None,
        bonus_status=_after_departure(account, cancellation.effective_on),
    )


def _after_departure(account: Account, effective_on: date) -> BonusStatus:
    if account.bonus_status is not BonusStatus.TRACKING or account.initial_upgrade_on is None:
        return account.bonus_status
    if effective_on < earned_on(account.initial_upgrade_on):
        return BonusStatus.DISQUALIFIED
    return account.bonus_status


def _earn(account: Account) -> Account:
    day = earned_on(account.initial_upgrade_on) if account.initial_upgrade_on else None
    return replace(account, bonus_status=BonusStatus.EARNED, bonus_earned_on=day)


def _cancel(account: Account) -> Account:
    return cancelled(account, account.cancellation) if account.cancellation else account


def _expire_trial(account: Account) -> Account:
    return replace(account, status=Status.EXPIRED_TRIAL)


def _expire_permission(account: Account) -> Account:
    return replace(account, permission_ends_on=None)


_EFFECTS: dict[ScheduledChange, Callable[[Account], Account]] = {
    ScheduledChange.BONUS_EARNED: _earn,
    ScheduledChange.CANCELLED: _cancel,
    ScheduledChange.TRIAL_EXPIRED: _expire_trial,
    ScheduledChange.PERMISSION_EXPIRED: _expire_permission,
}


def _days(account: Account) -> dict[ScheduledChange, date | None]:
    tracking = account.initial_upgrade_on if account.bonus_status is BonusStatus.TRACKING else None
    pending = account.cancellation if account.status is not Status.CANCELLED else None
    return {
        ScheduledChange.BONUS_EARNED: earned_on(tracking) if tracking else None,
        ScheduledChange.CANCELLED: pending.effective_on if pending else None,
        ScheduledChange.TRIAL_EXPIRED: account.trial_ends_on if account.status is Status.TRIAL else None,
        ScheduledChange.PERMISSION_EXPIRED: account.permission_ends_on,
    }


def next_change(account: Account) -> DatedChange | None:
    """Return what time alone brings next; on one day, a bonus is earned before a cancellation takes effect."""
    dated = [DatedChange(day, what) for what, day in _days(account).items() if day is not None]
    return min(dated, key=lambda item: item.on, default=None)


def due_on(account: Account) -> date | None:
    """Return the next day on which time alone changes this account, if there is one."""
    following = next_change(account)
    return following.on if following else None


def apply_due(account: Account, today: date) -> Advanced:
    """Return the account with all changes applied that are due by `today`; a jump of k days equals k single days."""
    happened: list[DatedChange] = []
    while (following := next_change(account)) is not None and following.on <= today:
        account = _EFFECTS[following.happening](account)
        happened.append(following)
    return Advanced(account, tuple(happened))
