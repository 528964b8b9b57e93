"""A client account: what it is, and what follows from that."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.add_ons import AddOn, Entitlement
from chalicelib.domain.accounts.codes import SETTLED, BonusStatus, RegistrationStatus
from chalicelib.domain.accounts.plans import INCLUDED, Plan

if TYPE_CHECKING:
    from datetime import date, datetime

    from chalicelib.domain.accounts.codes import CancelReason


class AccountType(StrEnum):
    """Whose an account is."""

    MANAGED = "managed"
    """the partner created it and looks after it."""
    REFERRED = "referred"
    """the client signed up through the partner's invite."""


class BillingMode(StrEnum):
    """Who is charged for an account."""

    SINGLE_BILL = "single_bill"
    """the partner, on one monthly bill."""
    DIRECT = "direct"
    """the client."""


class Status(StrEnum):
    """The status codes of the program: one capital letter."""

    OPEN = "O"
    """open, on a paid plan."""
    TRIAL = "T"
    """on trial."""
    EXPIRED_TRIAL = "E"
    """its trial has expired."""
    CANCELLED = "C"
    """canceled."""

    @property
    def label(self) -> str:
        return _STATUS_LABELS[self]


_STATUS_LABELS = {
    Status.OPEN: "Open",
    Status.TRIAL: "Trial",
    Status.EXPIRED_TRIAL: "Expired trial",
    Status.CANCELLED: "Canceled",
}


class Hold(StrEnum):
    """Why the platform holds an account back; its status stays."""

    BALANCE_DUE = "balance_due"
    COMPLIANCE = "compliance"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """The person behind the account."""

    first_name: str = ""
    last_name: str = ""
    email: str = ""
    phone: str = ""


MAX_COUNT = 10**12
"""Of contacts, logins or campaigns, whether reported or imported."""


def latest_activity_day(day: date) -> date:
    """Returns the last day that activity known on a UTC day can bear: where the client is, it may be tomorrow."""
    return day + timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What the platform last reported, as absolute values that were true at `as_of`."""

    list_size: int = 0
    login_count: int = 0
    last_login_on: date | None = None
    campaigns_sent: int = 0
    last_campaign_on: date | None = None
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class Cancellation:
    """A cancellation: in effect when the account is canceled, otherwise still to come."""

    effective_on: date
    reason: CancelReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One client account of one partner. Every field but `activity` moves the version when it changes."""

    partner_id: str
    account_id: str
    username: str
    organization: str
    owner: Owner
    account_type: AccountType
    billing_mode: BillingMode
    plan: Plan
    status: Status
    created_on: date
    website: str | None = None
    partner_account_id: str | None = None
    holds: frozenset[Hold] = frozenset()
    trial_ends_on: date | None = None
    initial_upgrade_on: date | None = None
    cancellation: Cancellation | None = None
    add_ons: frozenset[AddOn] = frozenset()
    """Activated, so charged; what the plan includes is not among them."""
    client_add_ons: frozenset[AddOn] = frozenset()
    """On single bill, those of `add_ons` that the client activated and pays for; empty elsewhere, where all are."""
    sms_registration: RegistrationStatus = RegistrationStatus.NOT_STARTED
    bonus_status: BonusStatus = BonusStatus.NOT_STARTED
    bonus_earned_on: date | None = None
    permission_ends_on: date | None = None
    """The day on which a pending request for permission to manage expires."""
    erased: bool = False
    """Whether nobody is behind it since its person was erased."""
    erased_at: datetime | None = None
    """When a person behind it was last erased: what was kept before that is told to nobody."""
    activity: Activity = field(default_factory=Activity)
    version: int = 1

    def entitlement(self, add_on: AddOn) -> Entitlement:
        """Return what the account has of an add-on now."""
        if self.status is Status.OPEN and add_on in INCLUDED[self.plan]:
            return Entitlement.INCLUDED
        return Entitlement.ACTIVE if add_on in self.add_ons else Entitlement.INACTIVE

    @property
    def entitled_add_ons(self) -> frozenset[AddOn]:
        """Return the add-ons that are active or included."""
        return frozenset(item for item in AddOn if self.entitlement(item) is not Entitlement.INACTIVE)

    def usable(self, add_on: AddOn) -> bool:
        """Tell whether the client can use it now; SMS needs an approved registration and an account without holds."""
        if self.entitlement(add_on) is Entitlement.INACTIVE:
            return False
        if add_on is not AddOn.SMS:
            return self.status is Status.OPEN and Hold.SUSPENDED not in self.holds
        return self.sms_registration is RegistrationStatus.APPROVED and self.status is Status.OPEN and not self.holds

    @property
    def suspended(self) -> bool:
        return Hold.SUSPENDED in self.holds

    @property
    def cancelled(self) -> bool:
        return self.status is Status.CANCELLED

    @property
    def bonus_settled(self) -> bool:
        """Whether time alone no longer changes the bonus."""
        return self.bonus_status in SETTLED
