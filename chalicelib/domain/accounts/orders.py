"""The orders in which accounts can be listed: those of which a page costs the same however many there are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.bonuses import DAYS_TO_EARN
from chalicelib.domain.accounts.codes import BonusStatus

if TYPE_CHECKING:
    from datetime import date

    from chalicelib.domain.accounts.accounts import Account


class OrderField(StrEnum):
    """What accounts are ordered by."""

    ORGANIZATION = "organization"
    CREATED_ON = "created_on"
    LIST_SIZE = "list_size"
    LAST_LOGIN_ON = "last_login_on"
    TRIAL_ENDS_ON = "trial_ends_on"
    INITIAL_UPGRADE_ON = "initial_upgrade_on"
    DAYS_TO_BONUS = "days_to_bonus"


OrderValue = str | int


@dataclass(frozen=True, slots=True)
class AccountOrder:
    """An order; accounts without the value come last, whichever way."""

    field: OrderField
    today: date
    """The day from which the days to the bonus are counted."""
    descending: bool = False

    @property
    def attribute(self) -> str:
        """The field of an account whose value orders it; the fewer days to the bonus, the earlier the first payment."""
        return "initial_upgrade_on" if self.field is OrderField.DAYS_TO_BONUS else self.field.value

    def value(self, account: Account) -> OrderValue | None:
        """Return what the account is ordered by; None without a value."""
        if self.field is OrderField.LIST_SIZE:
            return account.activity.list_size
        if self.field is OrderField.DAYS_TO_BONUS and not self._tracked(account):
            return None
        holder = account.activity if self.field is OrderField.LAST_LOGIN_ON else account
        day: date | None = getattr(holder, self.attribute)
        return day.isoformat() if day else None

    def _tracked(self, account: Account) -> bool:
        day = account.initial_upgrade_on
        tracked = account.bonus_status is BonusStatus.TRACKING
        return tracked and day is not None and (self.today - day).days < DAYS_TO_EARN
