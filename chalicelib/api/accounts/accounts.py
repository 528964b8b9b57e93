"""Accounts: listing, creating, reading and changing them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from msgspec import UNSET, UnsetType, structs

from chalicelib.api.accounts import presenting
from chalicelib.api.accounts.filters import AccountListQuery, account_order, account_query
from chalicelib.api.accounts.views import AccountView
from chalicelib.api.http.answer import Answer
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.cursors import Next, next_cursor, start_after
from chalicelib.api.http.operation import Body, NoQuery, View
from chalicelib.api.http.request import Request
from chalicelib.api.http.text_fields import Email, Organization, OwnerName, PartnerAccountId, Phone, Username, Website
from chalicelib.domain.accounts.accounts import Account, BillingMode, Owner
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.accounts.profiles import Profile
from chalicelib.domain.kernel.clock import today
from chalicelib.domain.kernel.errors import AlreadyExists, Conflict
from chalicelib.services.accounts import accounts, changes, lists, management_requests
from chalicelib.services.accounts.due_changes import settle_before_reading

blueprint = Blueprint(__name__)


class NewOwner(Body):
    """The person behind a new account."""

    email: Email
    """The owner's e-mail address."""
    first_name: OwnerName = ""
    last_name: OwnerName = ""
    phone: Phone = ""


class NewAccount(Body):
    """A managed account to create."""

    username: Username
    organization: Organization
    owner: NewOwner
    plan: Plan = Plan.TRIAL
    billing_mode: BillingMode | None = None
    """By default single bill for a paid plan, where the partner's terms enable it."""
    website: Website | None = None
    partner_account_id: PartnerAccountId | None = None


class OwnerChange(Body):
    """Changes to the owner; what is left out stays."""

    email: Email | UnsetType = UNSET
    """The owner's e-mail address."""
    first_name: OwnerName | UnsetType = UNSET
    last_name: OwnerName | UnsetType = UNSET
    phone: Phone | UnsetType = UNSET


class AccountChange(Body):
    """What is left out stays; null takes an optional value away."""

    organization: Organization | UnsetType = UNSET
    owner: OwnerChange | UnsetType = UNSET
    website: Website | UnsetType | None = UNSET
    partner_account_id: PartnerAccountId | UnsetType | None = UNSET


class AccountList(View, kw_only=True):
    """A page of accounts, by status, type and organization."""

    items: list[AccountView]
    next: Next = UNSET
    settled_on: date | None
    """The last day up to which the due changes of all of the partner's accounts are applied."""


def present(request: Request[Any, Any], account: Account) -> AccountView:
    """Return the account as its own page shows it to this caller."""
    return presenting.detailed(account, today(request.ports.clock), request.actor)


@blueprint.operation("list_accounts", "GET /accounts")
def list_accounts(request: Request[None, AccountListQuery]) -> AccountList:
    """List accounts, by status, type and organization, or as `sort` says.

    A search lists by the words it finds. A page is full unless the filters used up its read budget; `next` then goes on
    from there. With `fields`, each account has these alone.
    """
    query, partner = request.query, settle_before_reading(request.ports, request.partner)
    day = today(request.ports.clock)
    order, fields = account_order(query, day), presenting.chosen_fields(query.fields)
    after = start_after(query, partner.partner_id)
    page = lists.page(request.ports, request.actor, account_query(query), after, query.limit, order)
    items = [presenting.listed(entry, day, request.actor) for entry in page.items]
    return AccountList(
        items=[presenting.part(item, fields) for item in items] if fields else items,
        next=next_cursor(query, partner.partner_id, page.next),
        settled_on=partner.settled_on,
    )


@blueprint.operation("create_account", "POST /accounts", status=201, refusals=(AlreadyExists, Conflict))
def create_account(request: Request[NewAccount, NoQuery]) -> Answer[AccountView]:
    """Create a managed account, on trial or directly on a paid plan."""

    def created(account: Account) -> Answer[AccountView]:
        return Answer(present(request, account), location=f"/accounts/{account.account_id}")

    new = _new_account(request.body)
    return request.execute(lambda: accounts.create(request.ports, request.actor, new), created)


def _new_account(body: NewAccount) -> accounts.NewAccount:
    profile = Profile(
        organization=body.organization,
        owner=Owner(**structs.asdict(body.owner)),
        website=body.website,
        partner_account_id=body.partner_account_id,
    )
    return accounts.NewAccount(username=body.username, profile=profile, plan=body.plan, billing_mode=body.billing_mode)


@blueprint.operation("get_account", "GET /accounts/{account_id}")
def get_account(request: Request[None, NoQuery], account_id: str) -> Answer[AccountView]:
    """Get an account; its due changes are applied first."""
    return request.execute(
        lambda: changes.apply_due_changes(request.ports, changes.load(request.ports, request.actor, account_id)),
        lambda account: presenting.with_outcome(
            present(request, account), management_requests.last_outcome(request.ports, account)
        ),
    )


@blueprint.operation("change_account", "PATCH /accounts/{account_id}", versioned=True)
def change_account(request: Request[AccountChange, NoQuery], account_id: str) -> Answer[AccountView]:
    """Change an account's profile."""
    return request.execute(
        lambda: accounts.change_profile(
            request.ports, request.actor, account_id, request.version, lambda profile: _changed(profile, request.body)
        ),
        lambda account: present(request, account),
    )


def _changed(profile: Profile, change: AccountChange) -> Profile:
    changed_values = {name: value for name, value in structs.asdict(change).items() if value is not UNSET}
    owner = structs.asdict(changed_values.pop("owner")) if "owner" in changed_values else {}
    named = {name: value for name, value in owner.items() if value is not UNSET}
    return replace(profile, owner=replace(profile.owner, **named), **changed_values)
