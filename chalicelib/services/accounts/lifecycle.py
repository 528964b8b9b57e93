"""The life of an account as use cases: plan, cancellation, single bill, holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.domain.access import Role
from chalicelib.domain.accounts import lifecycle
from chalicelib.domain.accounts.accounts import AccountType, BillingMode
from chalicelib.domain.accounts.entitlements import require_billing_authority
from chalicelib.domain.audit import AuditKind, FieldChange
from chalicelib.domain.kernel.clock import today
from chalicelib.domain.kernel.errors import Forbidden, Invalid
from chalicelib.domain.kernel.field_rules import HOLD_REASON
from chalicelib.domain.kernel.text_rules import problems
from chalicelib.services.accounts import changes

if TYPE_CHECKING:
    from datetime import date

    from chalicelib.domain.access import Actor
    from chalicelib.domain.accounts.accounts import Account, Hold
    from chalicelib.domain.accounts.add_ons import AddOn
    from chalicelib.domain.accounts.codes import CancelReason
    from chalicelib.domain.accounts.plans import Plan
    from chalicelib.domain.changes import Change
    from chalicelib.domain.ports import HasPartners
    from chalicelib.services.ports import AccountPorts


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChange:
    """The plan an account is to have."""

    plan: Plan
    keep_add_ons: frozenset[AddOn] = frozenset()
    """Add-ons that the present plan includes and that are to go on as paid ones."""
    billing_mode: BillingMode | None = None
    """With the first paid plan: by default single bill where the partner upgrades a managed account and may use it."""


def change_plan(ports: AccountPorts, actor: Actor, account_id: str, change: PlanChange) -> Change[Account]:
    """Upgrade, downgrade or reactivate."""
    found = changes.load(ports, actor, account_id)
    lifecycle.require_plan_authority(found.account, actor)
    if change.keep_add_ons:
        require_billing_authority(found.account, actor)
    if change.billing_mode and actor.role is Role.PLATFORM:
        raise Forbidden("Who is billed is the partner's to say, not the client's: leave billing_mode out.")
    updated = lifecycle.change_plan(found.account, change.plan, today(ports.clock), change.keep_add_ons)
    updated = _billed(ports, actor, found.account, updated, change.billing_mode)
    return changes.change_account(ports, actor, AuditKind.ACCOUNT_PLAN_CHANGED, found, updated)


def _billed(ports: HasPartners, actor: Actor, current: Account, updated: Account, mode: BillingMode | None) -> Account:
    first = current.initial_upgrade_on is None and updated.account_type is AccountType.MANAGED
    if mode is None and not (first and actor.role is not Role.PLATFORM):
        return updated
    enabled = ports.partners.get(updated.partner_id).terms.single_bill_enabled
    default = BillingMode.SINGLE_BILL if enabled else BillingMode.DIRECT
    return lifecycle.set_billing_mode(updated, mode or default, single_bill_enabled=enabled)


def cancel(
    ports: AccountPorts, actor: Actor, account_id: str, reason: CancelReason, effective_on: date | None = None
) -> Change[Account]:
    """Cancel today, or note a cancellation for a day to come."""
    found = changes.load(ports, actor, account_id)
    lifecycle.require_plan_authority(found.account, actor)
    day = today(ports.clock)
    updated = lifecycle.cancel(found.account, effective_on or day, reason, day)
    return changes.change_account(
        ports,
        actor,
        AuditKind.ACCOUNT_CANCELLED if updated.cancelled else AuditKind.ACCOUNT_CANCELLATION_SET,
        found,
        updated,
    )


def withdraw_cancellation(ports: AccountPorts, actor: Actor, account_id: str) -> Change[Account]:
    """Take back a cancellation that is not yet in effect."""
    found = changes.load(ports, actor, account_id)
    lifecycle.require_plan_authority(found.account, actor)
    updated = lifecycle.withdraw_cancellation(found.account)
    return changes.change_account(ports, actor, AuditKind.ACCOUNT_CANCELLATION_WITHDRAWN, found, updated)


def change_billing(ports: AccountPorts, actor: Actor, account_id: str, mode: BillingMode) -> Change[Account]:
    """Put an account on the partner's single bill, or have it pay for itself."""
    found = changes.load(ports, actor, account_id)
    lifecycle.require_plan_authority(found.account, actor)
    enabled = ports.partners.get(actor.partner_id).terms.single_bill_enabled
    updated = lifecycle.set_billing_mode(found.account, mode, single_bill_enabled=enabled)
    return changes.change_account(ports, actor, AuditKind.ACCOUNT_BILLING_CHANGED, found, updated)


def place_hold(ports: AccountPorts, actor: Actor, account_id: str, hold: Hold, reason: str = "") -> Change[Account]:
    """Place a hold; placing one that stands changes nothing. The reason stands in the history."""
    Invalid.unless_none(problems({"reason": reason}, {"reason": HOLD_REASON}))
    found = changes.load(ports, actor, account_id)
    why = (FieldChange("hold_reason", None, reason),) if reason else ()
    held = lifecycle.place_hold(found.account, hold)
    return changes.change_account(ports, actor, AuditKind.ACCOUNT_HOLD_PLACED, found, held, extra_changes=why)


def lift_hold(ports: AccountPorts, actor: Actor, account_id: str, hold: Hold) -> Change[Account]:
    """Lift one hold; the others stay."""
    found = changes.load(ports, actor, account_id)
    return changes.change_account(
        ports, actor, AuditKind.ACCOUNT_HOLD_LIFTED, found, lifecycle.lift_hold(found.account, hold)
    )


def make_referred(ports: AccountPorts, actor: Actor, account_id: str) -> Change[Account]:
    """Give up managing an account."""
    found = changes.load(ports, actor, account_id)
    return changes.change_account(
        ports, actor, AuditKind.ACCOUNT_MADE_REFERRED, found, lifecycle.make_referred(found.account)
    )
