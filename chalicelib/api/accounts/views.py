"""What the API shows of an account; what is absent is null."""

from __future__ import annotations

from datetime import date

from msgspec import UNSET, UnsetType

from chalicelib.api.http.operation import Instant, View
from chalicelib.domain.accounts.accounts import AccountType, BillingMode, Hold, Status
from chalicelib.domain.accounts.add_ons import AddOn, Entitlement
from chalicelib.domain.accounts.billing import Payer
from chalicelib.domain.accounts.codes import BonusStatus, CancelReason, RegistrationStatus
from chalicelib.domain.accounts.management_requests import ManagementRequestStatus
from chalicelib.domain.accounts.plans import Plan


class OwnerView(View):
    """The person behind an account."""

    first_name: str
    last_name: str
    email: str
    """The owner's e-mail address."""
    phone: str


class CancellationView(View):
    """A cancellation, in effect or still to come."""

    effective_on: date
    """The first day on which the account is canceled."""
    reason: CancelReason
    """Why the account is canceled."""


class ActivityView(View):
    """What the client does with the account, as the platform last reported it."""

    list_size: int
    login_count: int
    last_login_on: date | None
    campaigns_sent: int
    last_campaign_on: date | None
    as_of: Instant | None


class AddOnView(View):
    """What an account has of one add-on."""

    entitlement: Entitlement
    usable: bool
    """Whether it can be used now; SMS needs an approved registration besides."""
    payer: Payer | None
    """Who is charged for it: whoever activated it. Null where nobody is."""
    registration: RegistrationStatus | UnsetType = UNSET
    """Of SMS only."""
    refusal: str | UnsetType | None = UNSET
    """Why you cannot switch it now; null if you can. Not in lists."""


class AddOnsView(View):
    """Each add-on of an account."""

    sms: AddOnView
    """Text messages."""
    seo: AddOnView
    """Search engine optimization."""
    inbox_preview: AddOnView
    """How a campaign looks in mail programs."""
    newsletter_archive: AddOnView
    """A public page of past campaigns; included in the premium plan."""


class BonusView(View):
    """How far the New Account Bonus of an account is."""

    status: BonusStatus
    """How far the bonus is."""
    days: int | None
    """Whole calendar days since the initial upgrade."""
    days_left: int | None
    """Until it is earned; null unless it is being tracked."""
    earned_on: date | None


class PermissionOutcomeView(View):
    """How a request for permission to manage ended without approval."""

    status: ManagementRequestStatus
    ended_on: date
    """The day on which it ended."""


class NextStep(View):
    """Something that is still to be done."""

    code: str
    """What is to be done, for programs."""
    detail: str
    href: str
    """Where it is done, as a path of this API."""


class AccountView(View, kw_only=True):
    """An account."""

    account_id: str
    partner_account_id: str | None
    username: str
    organization: str
    owner: OwnerView
    website: str | None
    account_type: AccountType
    billing_mode: BillingMode
    plan: Plan
    status: Status
    """The account's status code."""
    holds: list[Hold]
    created_on: date
    trial_ends_on: date | None
    initial_upgrade_on: date | None
    cancellation: CancellationView | None
    """The cancellation in effect or still to come; null without one."""
    activity: ActivityView
    """What the client does with it."""
    add_ons: AddOnsView
    bonus: BonusView
    permission_ends_on: date | None
    """The day on which the pending request for permission to manage expires; null where none is pending."""
    last_permission_request: PermissionOutcomeView | UnsetType = UNSET
    """How the last request closed without approval: declined, withdrawn or expired. Only where a referred account is
    read by itself, and only while no request is pending."""
    deactivated_add_ons: list[AddOn] | UnsetType = UNSET
    """The add-ons that the account had before this change and no longer has. Only in the answer to a change of plan,
    billing mode, account type, cancellation or hold."""
    next_steps: list[NextStep]
    """What is still to be done before everything that is charged can be used."""
    refusals: dict[str, str]
    """Why you cannot do something with it now, by operationId. Not named: what you can do, what your role never may,
    and what the account's own fields show."""
    version: int
