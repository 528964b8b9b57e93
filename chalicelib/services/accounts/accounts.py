"""Accounts: creating one, changing its profile, finding one. Each returns the change to commit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.accounts import Account, AccountType, BillingMode, Owner, Status
from chalicelib.domain.accounts.codes import BonusStatus
from chalicelib.domain.accounts.lifecycle import set_billing_mode
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.accounts.profiles import Profile, require_valid, require_valid_change
from chalicelib.domain.audit import AuditKind, entry
from chalicelib.domain.changes import Change, Insert, counted
from chalicelib.domain.kernel import ids
from chalicelib.domain.kernel.clock import today
from chalicelib.domain.kernel.errors import AlreadyExists, Conflict, Forbidden
from chalicelib.domain.kernel.usernames import claim
from chalicelib.services.accounts import changes

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from chalicelib.domain.access import Actor
    from chalicelib.domain.changes import Write
    from chalicelib.domain.partners.partners import Partner
    from chalicelib.domain.ports import HasAccounts, HasPartners
    from chalicelib.services.ports import AccountPorts


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """What a partner says of an account it creates."""

    username: str
    profile: Profile
    plan: Plan = Plan.TRIAL
    billing_mode: BillingMode | None = None
    """By default single bill for paid plans where the partner's terms enable it, else direct."""


def create(ports: AccountPorts, actor: Actor, new: NewAccount) -> Change[Account]:
    """Return a managed account, on trial or directly on a paid plan."""
    require_valid(new.profile, new.username)
    partner = ports.partners.get(actor.partner_id)
    if new.plan is Plan.TRIAL:
        _require_trial_allowed(ports, partner)
    return creation_change(ports, actor, new_account(partner, new, today(ports.clock)))


def _require_trial_allowed(ports: HasPartners, partner: Partner) -> None:
    limit = partner.terms.trial_account_limit
    if ports.counters.summary(partner.partner_id).of(Status.TRIAL, AccountType.MANAGED) >= limit:
        raise Conflict(
            f"At most {limit:,} managed accounts may be on trial at once. Give one of them a paid plan first."
        )


def creation_change(ports: HasAccounts, actor: Actor, account: Account, *more: Write) -> Change[Account]:
    """Return the change that adds a new account to the book."""
    message = f"The username {account.username} is taken. Usernames are unique over the whole platform."
    taken = AlreadyExists.field("/username", message)
    if ports.usernames.retired([account.username]):
        raise taken
    audited = entry(actor, ports.clock(), AuditKind.ACCOUNT_CREATED, after=account, account_id=account.account_id)
    named = claim(account.username, account.partner_id, account.account_id)
    return Change((Insert(account), Insert(named, taken), *counted(None, account), *more, Insert(audited)), account)


def new_account(partner: Partner, new: NewAccount, day: date) -> Account:
    """Return a managed account as it is on its first day."""
    paid = new.plan.paid
    account = Account(
        partner_id=partner.partner_id,
        account_id=ids.random_id("acct"),
        username=new.username,
        organization=new.profile.organization,
        owner=new.profile.owner,
        website=new.profile.website or None,
        partner_account_id=new.profile.partner_account_id or None,
        account_type=AccountType.MANAGED,
        billing_mode=BillingMode.DIRECT,
        plan=new.plan,
        status=Status.OPEN if paid else Status.TRIAL,
        created_on=day,
        trial_ends_on=None if paid else day + timedelta(days=partner.terms.trial_days),
        initial_upgrade_on=day if paid else None,
        bonus_status=BonusStatus.TRACKING if paid else BonusStatus.NOT_STARTED,
    )
    return set_billing_mode(account, _billing_mode(partner, new), single_bill_enabled=partner.terms.single_bill_enabled)


def _billing_mode(partner: Partner, new: NewAccount) -> BillingMode:
    if new.billing_mode is not None:
        return new.billing_mode
    return BillingMode.SINGLE_BILL if new.plan.paid and partner.terms.single_bill_enabled else BillingMode.DIRECT


def change_profile(
    ports: AccountPorts, actor: Actor, account_id: str, version: int, changed: Callable[[Profile], Profile]
) -> Change[Account]:
    """Change an account's profile; `version` is the one the caller has seen."""
    found = changes.load(ports, actor, account_id)
    changes.require_version(found, version)
    current = profile_of(found.account)
    profile = changed(current)
    require_profile_authority(found.account, profile, actor)
    nobody = found.account.erased and profile.owner == Owner()
    require_valid_change(current, profile, nobody=nobody)
    updated = replace(_with_profile(found.account, profile), erased=nobody)
    return changes.change_account(ports, actor, AuditKind.ACCOUNT_PROFILE_CHANGED, found, updated)


def require_profile_authority(account: Account, profile: Profile, actor: Actor) -> None:
    """Raise `Forbidden` where a partner would change what is its referred client's: all but its own account id."""
    own = replace(profile_of(account), partner_account_id=profile.partner_account_id)
    if actor.of_partner and account.account_type is AccountType.REFERRED and profile != own:
        raise Forbidden(
            "This is a referred account: its client keeps organization, owner and website inside the account. "
            "You can change partner_account_id, which is your own."
        )


def profile_of(account: Account) -> Profile:
    """Return the account's profile."""
    return Profile(
        organization=account.organization,
        owner=account.owner,
        website=account.website,
        partner_account_id=account.partner_account_id,
    )


def _with_profile(account: Account, profile: Profile) -> Account:
    return replace(
        account,
        organization=profile.organization,
        owner=profile.owner,
        website=profile.website or None,
        partner_account_id=profile.partner_account_id or None,
    )
