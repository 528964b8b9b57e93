"""Accounts: creating one, changing its profile, finding one. Each returns the change to commit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain import ids
from chalicelib.domain.access import Role
from chalicelib.domain.accounts import Account, AccountType, BillingMode, Status
from chalicelib.domain.audit import entry
from chalicelib.domain.bonuses import BonusStatus
from chalicelib.domain.changes import Change, Insert, account_replaced, counted
from chalicelib.domain.clock import today
from chalicelib.domain.errors import Changed, Conflict, NotFound, Taken
from chalicelib.domain.plans import Plan
from chalicelib.domain.profiles import Profile, require_valid
from chalicelib.domain.usernames import claim

if TYPE_CHECKING:
    from chalicelib.domain.access import Actor
    from chalicelib.domain.accounts import Owner
    from chalicelib.domain.partners import Partner
    from chalicelib.domain.ports import Ports


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """What a partner says of an account it creates."""

    username: str
    profile: Profile
    plan: Plan = Plan.TRIAL
    billing_mode: BillingMode | None = None
    """By default single bill for paid plans where the partner's terms enable it, else direct."""


def load(ports: Ports, actor: Actor, account_id: str) -> Account:
    """The account, if the actor may know of it: the platform only that of the client it acts for."""
    account = ports.accounts.get(actor.partner_id, account_id)
    if actor.role is Role.PLATFORM and account.username.casefold() != (actor.acting_for or "").casefold():
        raise NotFound("There is no such account.")
    return account


def create(ports: Ports, actor: Actor, new: NewAccount) -> Change[Account]:
    """A managed account, on trial or directly on a paid plan."""
    require_valid(new.profile, new.username)
    account = _created(ports, ports.partners.get(actor.partner_id), new)
    at = ports.clock()
    return Change(
        (
            Insert(account),
            Insert(
                claim(account.username, account.partner_id, account.account_id),
                Taken(f"The username {new.username} is taken. Usernames are unique over the whole platform."),
            ),
            *counted(None, account),
            Insert(entry(actor, at, "account.created", after=account, account_id=account.account_id)),
        ),
        account,
    )


def _created(ports: Ports, partner: Partner, new: NewAccount) -> Account:
    day = today(ports.clock)
    paid = new.plan.paid
    return Account(
        partner_id=partner.partner_id,
        account_id=ids.random_id("acct"),
        username=new.username,
        organization=new.profile.organization,
        owner=new.profile.owner,
        website=new.profile.website,
        partner_account_id=new.profile.partner_account_id,
        account_type=AccountType.MANAGED,
        billing_mode=_billing_mode(partner, new),
        plan=new.plan,
        status=Status.OPEN if paid else Status.TRIAL,
        created_on=day,
        trial_ends_on=None if paid else day + timedelta(days=partner.terms.trial_days),
        initial_upgrade_on=day if paid else None,
        bonus_status=BonusStatus.TRACKING if paid else BonusStatus.NOT_STARTED,
    )


def _billing_mode(partner: Partner, new: NewAccount) -> BillingMode:
    if new.billing_mode is BillingMode.SINGLE_BILL:
        require_single_bill(partner, new.plan)
    if new.billing_mode is not None:
        return new.billing_mode
    return BillingMode.SINGLE_BILL if new.plan.paid and partner.terms.single_bill_enabled else BillingMode.DIRECT


def require_single_bill(partner: Partner, plan: Plan) -> None:
    """Raise `Conflict` where a managed account on this plan cannot be on the partner's single bill."""
    if not partner.terms.single_bill_enabled:
        raise Conflict("Single bill is not enabled for this partner; the platform's staff can enable it.")
    if not plan.paid:
        raise Conflict("A trial account cannot be on the single bill: choose a paid plan first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileChange:
    """The profile values to change; None leaves a value, an empty text takes an optional one away."""

    organization: str | None = None
    owner: Owner | None = None
    website: str | None = None
    partner_account_id: str | None = None


def change_profile(ports: Ports, actor: Actor, account_id: str, version: int, change: ProfileChange) -> Change[Account]:
    """Change an account's profile; `version` is the one the caller has seen."""
    was = load(ports, actor, account_id)
    if was.version != version:
        raise Changed("The account has changed since you read it. Read it again and repeat your change.")
    now = _with_profile(was, change)
    require_valid(profile_of(now))
    if now == was:
        return Change((), was)
    at = ports.clock()
    return account_replaced(
        was, now, entry(actor, at, "account.profile_changed", before=was, after=now, account_id=account_id)
    )


def profile_of(account: Account) -> Profile:
    """The account's profile."""
    return Profile(
        organization=account.organization,
        owner=account.owner,
        website=account.website,
        partner_account_id=account.partner_account_id,
    )


def _with_profile(account: Account, change: ProfileChange) -> Account:
    def chosen(new: str | None, old: str | None) -> str | None:
        return old if new is None else new or None

    return replace(
        account,
        organization=account.organization if change.organization is None else change.organization,
        owner=change.owner or account.owner,
        website=chosen(change.website, account.website),
        partner_account_id=chosen(change.partner_account_id, account.partner_account_id),
    )
