"""Presents an account: as a list shows it, and as its own page does, with what this actor may switch."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from msgspec import UNSET, UnsetType, structs

from chalicelib.api.accounts.views import (
    AccountView,
    ActivityView,
    AddOnsView,
    AddOnView,
    BonusView,
    CancellationView,
    NextStep,
    OwnerView,
    PermissionOutcomeView,
)
from chalicelib.domain.access import OPERATIONS
from chalicelib.domain.accounts import bonuses
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.billing import payer
from chalicelib.domain.accounts.codes import BonusStatus, RegistrationStatus
from chalicelib.domain.accounts.entitlements import why_not
from chalicelib.domain.accounts.refusals import refusals
from chalicelib.domain.kernel.clock import instant_text
from chalicelib.domain.kernel.errors import Invalid

if TYPE_CHECKING:
    from datetime import date

    from chalicelib.domain.access import Actor
    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.accounts.management_requests import Outcome


def listed(account: Account, today: date, actor: Actor) -> AccountView:
    """Return the account as a list shows it to this actor."""
    return _view(account, today, actor, {add_on.value: _add_on(account, add_on) for add_on in AddOn})


def chosen_fields(fields: str | UnsetType) -> frozenset[str]:
    """Return the names of the fields to give; raises `Invalid` for one that no account has."""
    if fields is UNSET:
        return frozenset()
    valid = AccountView.__struct_fields__
    names = {name.strip() for name in fields.split(",")}
    if unknown := sorted(names.difference(valid)):
        raise Invalid.field("fields", f"Unknown field {unknown[0]}. Valid fields: {', '.join(valid)}.")
    return frozenset({"account_id", *names})


def part(view: AccountView, fields: frozenset[str]) -> AccountView:
    """Return these fields of an account alone, in the order that a whole one has them."""
    chosen = {name: value for name, value in structs.asdict(view).items() if name in fields and value is not UNSET}
    return cast("AccountView", chosen)


def detailed(account: Account, today: date, actor: Actor) -> AccountView:
    """Return the account as its own page shows it: with why this actor can or cannot switch each add-on."""
    shown = {add_on.value: _add_on(account, add_on, _refusal(account, add_on, actor)) for add_on in AddOn}
    return _view(account, today, actor, shown)


def with_outcome(view: AccountView, outcome: Outcome | None) -> AccountView:
    """Return the account, with how the last request for permission to manage it closed without approval, if one did."""
    if outcome is None:
        return view
    details = PermissionOutcomeView(status=outcome.status, ended_on=outcome.ended_on)
    return structs.replace(view, last_permission_request=details)


def with_deactivated(view: AccountView, add_ons: frozenset[AddOn]) -> AccountView:
    """Return the account, telling which add-ons the change of it deactivated."""
    return structs.replace(view, deactivated_add_ons=sorted(add_ons))


def _view(account: Account, today: date, actor: Actor, add_ons: dict[str, AddOnView]) -> AccountView:
    return AccountView(
        account_id=account.account_id,
        partner_account_id=account.partner_account_id,
        username=account.username,
        organization=account.organization,
        owner=_owner(account),
        website=account.website,
        account_type=account.account_type,
        billing_mode=account.billing_mode,
        plan=account.plan,
        status=account.status,
        holds=sorted(account.holds),
        created_on=account.created_on,
        trial_ends_on=account.trial_ends_on,
        initial_upgrade_on=account.initial_upgrade_on,
        cancellation=_cancellation(account),
        activity=_activity(account),
        add_ons=AddOnsView(**add_ons),
        bonus=_bonus(account, today),
        permission_ends_on=account.permission_ends_on,
        next_steps=_next_steps(account),
        refusals=refusals(account, actor),
        version=account.version,
    )


def _owner(account: Account) -> OwnerView:
    owner = account.owner
    return OwnerView(first_name=owner.first_name, last_name=owner.last_name, email=owner.email, phone=owner.phone)


def _cancellation(account: Account) -> CancellationView | None:
    details = account.cancellation
    return CancellationView(effective_on=details.effective_on, reason=details.reason) if details else None


def _activity(account: Account) -> ActivityView:
    details = account.activity
    return ActivityView(
        list_size=details.list_size,
        login_count=details.login_count,
        last_login_on=details.last_login_on,
        campaigns_sent=details.campaigns_sent,
        last_campaign_on=details.last_campaign_on,
        as_of=instant_text(details.as_of) if details.as_of else None,
    )


def _add_on(account: Account, add_on: AddOn, refusal: str | UnsetType | None = UNSET) -> AddOnView:
    return AddOnView(
        entitlement=account.entitlement(add_on),
        usable=account.usable(add_on),
        payer=payer(account, add_on),
        registration=account.sms_registration if add_on is AddOn.SMS else UNSET,
        refusal=refusal,
    )


def _refusal(account: Account, add_on: AddOn, actor: Actor) -> str | None:
    if actor.role not in OPERATIONS["activate_add_on"]:
        return "You may read only; a manager or an admin of your partner can switch add-ons."
    refusal = why_not(account, add_on, actor)
    return refusal.detail if refusal else None


def _bonus(account: Account, today: date) -> BonusView:
    since = account.initial_upgrade_on
    tracked = account.bonus_status is BonusStatus.TRACKING
    return BonusView(
        status=account.bonus_status,
        days=bonuses.days_since(since, today) if since else None,
        days_left=bonuses.days_left(since, today) if since and tracked else None,
        earned_on=account.bonus_earned_on,
    )


TO_REGISTER = frozenset({RegistrationStatus.NOT_STARTED, RegistrationStatus.DRAFT, RegistrationStatus.REJECTED})


def _next_steps(account: Account) -> list[NextStep]:
    if AddOn.SMS not in account.add_ons or account.sms_registration not in TO_REGISTER:
        return []
    return [
        NextStep(
            code="sms-registration",
            detail="SMS is active, and charged, but cannot be used yet: the SMS registration is still to be done.",
            href=f"/accounts/{account.account_id}/sms-registration",
        )
    ]
