"""The life of an account as use cases: plan, cancellation, single bill, holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.domain.access import Role
from chalicelib.domain.accounts import lifecycle
from chalicelib.domain.accounts.accounts import AccountType, BillingMode
from chalicelib.domain.accounts.entitlements import require_decider
from chalicelib.domain.kernel.clock import today
from chalicelib.domain.kernel.errors import Forbidden
from chalicelib.services.accounts import changes

if TYPE_CHECKING:
    from datetime import date

    from chalicelib.domain.access import Actor
    from chalicelib.domain.accounts.accounts import Account, Hold
    from chalicelib.domain.accounts.add_ons import AddOn
    from chalicelib.domain.accounts.codes import CancelReason
    from chalicelib.domain.accounts.plans import Plan
    from chalicelib.domain.changes import Change
    from chalicelib.domain.ports import Ports


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChange:
    """The plan an account is to have."""

    plan: Plan
    keep_add_ons: frozenset[AddOn] = frozenset()
    """Add-ons that the present plan includes and that are to go on as paid ones."""
    billing_mode: BillingMode | None = None
    """With the first paid plan: by default single bill where the partner upgrades a managed account and may use it."""


def change_plan(ports: Ports, actor: Actor, account_id: str, change: PlanChange) -> Change[Account]:
    """Upgrade, downgrade or reactivate."""
    found = changes.find(ports, actor, account_id)
    lifecycle.require_owner(found.account, actor)
    if change.keep_add_ons:
        require_decider(found.account, actor)
    if change.billing_mode and actor.role is Role.PLATFORM:
        raise Forbidden("Who is billed is the partner's to say, not the client's: leave billing_mode out.")
    now = lifecycle.give_plan(found.account, change.plan, today(ports.clock), change.keep_add_ons)
    now = _billed(ports, actor, found.account, now, change.billing_mode)
    return changes.changed(ports, actor, "account.plan_changed", found, now)


def _billed(ports: Ports, actor: Actor, was: Account, now: Account, mode: BillingMode | None) -> Account:
    first = was.initial_upgrade_on is None and now.account_type is AccountType.MANAGED
    if mode is None and not (first and actor.role is not Role.PLATFORM):
        return now
    enabled = ports.partners.get(now.partner_id).terms.single_bill_enabled
    default = BillingMode.SINGLE_BILL if enabled else BillingMode.DIRECT
    return lifecycle.bill(now, mode or default, single_bill_enabled=enabled)


def cancel(
    ports: Ports, actor: Actor, account_id: str, reason: CancelReason, effective_on: date | None = None
) -> Change[Account]:
    """Cancel today, or note a cancellation for a day to come."""
    found = changes.find(ports, actor, account_id)
    lifecycle.require_owner(found.account, actor)
    day = today(ports.clock)
    now = lifecycle.cancel(found.account, effective_on or day, reason, day)
    return changes.changed(
        ports, actor, "account.cancelled" if now.cancelled else "account.cancellation_set", found, now
    )


def withdraw_cancellation(ports: Ports, actor: Actor, account_id: str) -> Change[Account]:
    """Take back a cancellation that is not yet in effect."""
    found = changes.find(ports, actor, account_id)
    lifecycle.require_owner(found.account, actor)
    now = lifecycle.withdraw_cancellation(found.account)
    return changes.changed(ports, actor, "account.cancellation_withdrawn", found, now)


def change_billing(ports: Ports, actor: Actor, account_id: str, mode: BillingMode) -> Change[Account]:
    """Put an account on the partner's single bill, or have it pay for itself."""
    found = changes.find(ports, actor, account_id)
    lifecycle.require_owner(found.account, actor)
    enabled = ports.partners.get(actor.partner_id).terms.single_bill_enabled
    now = lifecycle.bill(found.account, mode, single_bill_enabled=enabled)
    return changes.changed(ports, actor, "account.billing_changed", found, now)


def place_hold(ports: Ports, actor: Actor, account_id: str, hold: Hold) -> Change[Account]:
    """Place a hold; placing one that stands changes nothing."""
    found = changes.find(ports, actor, account_id)
    return changes.changed(ports, actor, "account.hold_placed", found, lifecycle.place_hold(found.account, hold))


def lift_hold(ports: Ports, actor: Actor, account_id: str, hold: Hold) -> Change[Account]:
    """Lift one hold; the others stay."""
    found = changes.find(ports, actor, account_id)
    return changes.changed(ports, actor, "account.hold_lifted", found, lifecycle.lift_hold(found.account, hold))


def make_referred(ports: Ports, actor: Actor, account_id: str) -> Change[Account]:
    """The partner gives up managing an account."""
    found = changes.find(ports, actor, account_id)
    return changes.changed(ports, actor, "account.made_referred", found, lifecycle.make_referred(found.account))
