"""The life of an account: plans, cancellation, reactivation, single bill, holds; each gives the account after it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain.access import Role
from chalicelib.domain.accounts import scheduled_changes
from chalicelib.domain.accounts.accounts import Account, AccountType, BillingMode, Cancellation, Hold, Status
from chalicelib.domain.accounts.add_ons import AddOn, Entitlement
from chalicelib.domain.accounts.billing import enter_single_bill, leave_single_bill
from chalicelib.domain.accounts.codes import BonusStatus, RegistrationStatus
from chalicelib.domain.accounts.plans import INCLUDED, Plan
from chalicelib.domain.kernel.errors import Conflict, Forbidden, Invalid

if TYPE_CHECKING:
    from datetime import date

    from chalicelib.domain.access import Actor
    from chalicelib.domain.accounts.codes import CancelReason


def require_plan_authority(account: Account, actor: Actor) -> None:
    """Raise `Forbidden` unless this actor decides over the account: the partner over a managed one, else its client."""
    if actor.role in (Role.OPERATOR, Role.PLATFORM):
        return
    if account.account_type is AccountType.REFERRED:
        raise Forbidden("This is a referred account: its client decides this inside the account, not the partner.")


def change_plan(account: Account, plan: Plan, today: date, keep: frozenset[AddOn] = frozenset()) -> Account:
    """Return the account on a paid plan: an upgrade, a downgrade, or the reactivation of a canceled account.

    `keep` names add-ons included until now that are to go on as paid ones; without it a downgrade charges nothing.
    """
    if not plan.paid:
        raise Conflict("Trial is one way: an account never goes back to it. Choose lite, standard or premium.")
    require_plan_changeable(account)
    _require_included(account, keep)
    return replace(
        _upgraded(account, today),
        plan=plan,
        status=Status.OPEN,
        cancellation=None if account.cancelled else account.cancellation,
        add_ons=(account.add_ons | keep) - INCLUDED[plan],
        client_add_ons=account.client_add_ons - INCLUDED[plan],
    )


def require_plan_changeable(account: Account) -> None:
    """Raise `Conflict` while the account can have no other plan."""
    if account.suspended:
        raise Conflict("The account is suspended; its plan can be changed when the hold is lifted.")


def _require_included(account: Account, keep: frozenset[AddOn]) -> None:
    unkept = sorted(item for item in keep if account.entitlement(item) is not Entitlement.INCLUDED)
    if unkept:
        raise Invalid.field(
            "/keep_add_ons", f"Only what the account has included in its plan now can be kept; not {', '.join(unkept)}."
        )


def _upgraded(account: Account, today: date) -> Account:
    """Stamp the initial upgrade, once and for ever."""
    if account.initial_upgrade_on is not None:
        return account
    begun = account.bonus_status is BonusStatus.NOT_STARTED
    return replace(
        account,
        initial_upgrade_on=today,
        bonus_status=BonusStatus.TRACKING if begun else account.bonus_status,
    )


def cancel(account: Account, effective_on: date, reason: CancelReason, today: date) -> Account:
    """Return the account with its cancellation: in effect today, or noted for a day to come."""
    require_cancellable(account)
    if effective_on < today:
        raise Invalid.field("/effective_on", f"A cancellation cannot be in the past; today is {today} (UTC).")
    cancellation = Cancellation(effective_on, reason)
    if effective_on > today:
        return replace(account, cancellation=cancellation)
    return scheduled_changes.cancelled(account, cancellation)


def require_cancellable(account: Account) -> None:
    """Raise `Conflict` where the account is canceled already."""
    if account.cancelled:
        raise Conflict("The account is canceled already.")


def withdraw_cancellation(account: Account) -> Account:
    """Return the account without the cancellation it was to have."""
    if account.cancelled:
        raise Conflict("The cancellation is in effect. Give the account a paid plan to reactivate it.")
    if account.cancellation is None:
        raise Conflict("There is no cancellation to withdraw.")
    return replace(account, cancellation=None)


def set_billing_mode(account: Account, mode: BillingMode, *, single_bill_enabled: bool) -> Account:
    """Bill the account that way; single bill is for managed, open accounts on a paid plan."""
    if account.billing_mode is mode:
        return account
    if mode is BillingMode.DIRECT:
        return leave_single_bill(account)
    require_single_bill(account, enabled=single_bill_enabled)
    return enter_single_bill(account)


def require_single_bill(account: Account, *, enabled: bool) -> None:
    """Raise `Conflict` unless the account can go on its partner's single bill."""
    if not enabled:
        raise Conflict("Single bill is not enabled for this partner; the platform's staff can enable it.")
    if account.account_type is not AccountType.MANAGED:
        raise Conflict("Only managed accounts can be on the single bill; this one is referred.")
    if account.status is not Status.OPEN:
        raise Conflict(f"Only open accounts can be on the single bill; this one is {account.status.label.lower()}.")
    if account.suspended:
        raise Conflict("The account is suspended; it can go on the single bill when the hold is lifted.")


def place_hold(account: Account, hold: Hold) -> Account:
    """Return the account with one more hold; a suspension ends every add-on and discards the SMS registration."""
    require_holdable(account)
    held = replace(account, holds=account.holds | {hold})
    if hold is not Hold.SUSPENDED or account.suspended:
        return held
    if account.billing_mode is BillingMode.SINGLE_BILL:
        raise Conflict("Take the account off the single bill before suspending it.")
    return replace(held, add_ons=frozenset(), sms_registration=RegistrationStatus.NOT_STARTED)


def require_holdable(account: Account) -> None:
    """Raise `Conflict` where there is nothing that a hold could stop."""
    if account.cancelled:
        raise Conflict("The account is canceled; there is nothing to hold.")


def lift_hold(account: Account, hold: Hold) -> Account:
    """Return the account without this hold; the others stay."""
    if hold not in account.holds:
        holds = ", ".join(sorted(account.holds)) or "none"
        raise Conflict(f"The account has no hold {hold.value}; its holds: {holds}.")
    return replace(account, holds=account.holds - {hold})


def make_referred(account: Account) -> Account:
    """Make the account a referred one: single bill ends with the partner's management."""
    return replace(leave_single_bill(account), account_type=AccountType.REFERRED)


def require_sign_in(account: Account) -> None:
    """Raise unless its partner can log in to the account."""
    if account.account_type is not AccountType.MANAGED:
        raise Forbidden("Only managed accounts can be logged in to; ask the client for permission to manage this one.")
    if account.cancelled:
        raise Conflict("The account is canceled; give it a paid plan to reactivate it first.")


def require_manageable(account: Account) -> None:
    """Raise `Conflict` unless its client can be asked for permission to manage the account."""
    if account.account_type is AccountType.MANAGED:
        raise Conflict("This account is managed already.")
    if account.cancelled:
        raise Conflict("The account is canceled; there is nothing to manage.")


def require_serviceable(account: Account) -> None:
    """Raise `Conflict` where no professional services can be asked for."""
    if account.cancelled:
        raise Conflict("The account is canceled; there is nothing to work on.")


def require_erasable(account: Account) -> None:
    """Raise `Conflict` unless the person behind the account can be erased."""
    if not account.cancelled:
        raise Conflict("Only the person behind a canceled account can be erased: cancel the account first.")


def make_managed(account: Account) -> Account:
    """Return the account managed by the partner, as its client allowed."""
    return replace(account, account_type=AccountType.MANAGED, permission_ends_on=None)
