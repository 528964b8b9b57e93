"""Who activates and deactivates an add-on, and when: the program's table as one pure function.

| account                    | who                                                              |
|----------------------------|------------------------------------------------------------------|
| managed, single bill, open | the partner; what the client activated before, the client alone  |
| managed, direct            | the client, inside the account; the partner is told to log in    |
| referred                   | the client, inside the account; the partner is told so           |
| trial, expired, canceled, suspended  | nobody                                                 |

Who may is judged before the state: the wrong actor gets `Forbidden`, the wrong state `Conflict`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain.access import Role
from chalicelib.domain.accounts.accounts import AccountType, BillingMode, Status
from chalicelib.domain.accounts.add_ons import Entitlement
from chalicelib.domain.accounts.billing import without
from chalicelib.domain.kernel.errors import Conflict, Forbidden

if TYPE_CHECKING:
    from chalicelib.domain.access import Actor
    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.accounts.add_ons import AddOn


def activate(account: Account, add_on: AddOn, actor: Actor) -> Account:
    """Return the account with the add-on active; unchanged if it is already."""
    _require_switchable(account, add_on, actor)
    return replace(account, add_ons=account.add_ons | {add_on})


def deactivate(account: Account, add_on: AddOn, actor: Actor) -> Account:
    """Return the account without the add-on; unchanged if it had none. Without SMS the registration is discarded."""
    _require_switchable(account, add_on, actor)
    return without(account, frozenset({add_on})) if add_on in account.add_ons else account


def why_not(account: Account, add_on: AddOn, actor: Actor) -> Forbidden | Conflict | None:
    """Return why this actor cannot switch this add-on now, or None if it can."""
    return _wrong_actor(account, actor, add_on) or _wrong_state(account, add_on)


def require_billing_authority(account: Account, actor: Actor) -> None:
    """Raise `Forbidden` unless this actor decides what the account is charged for."""
    refusal = _wrong_actor(account, actor)
    if refusal:
        raise refusal


def _require_switchable(account: Account, add_on: AddOn, actor: Actor) -> None:
    refusal = why_not(account, add_on, actor)
    if refusal:
        raise refusal


def _wrong_actor(account: Account, actor: Actor, add_on: AddOn | None = None) -> Forbidden | None:
    if actor.role is Role.PLATFORM:
        return None if add_on in account.client_add_ons else _wrong_client(account)
    if account.account_type is AccountType.REFERRED:
        return Forbidden("This is a referred account: its client activates and deactivates add-ons inside the account.")
    if account.billing_mode is BillingMode.DIRECT:
        return Forbidden("This account is billed directly: log in to the account and change the add-on there.")
    if add_on in account.client_add_ons:
        return Forbidden("The client activated this add-on and pays for it: it is deactivated inside the account.")
    return None


def _wrong_client(account: Account) -> Forbidden | None:
    """Return the platform acts for the client; on single bill the partner pays, so the partner decides."""
    if account.billing_mode is BillingMode.SINGLE_BILL:
        return Forbidden("This account is on its partner's single bill: the partner activates and deactivates add-ons.")
    return None


def _wrong_state(account: Account, add_on: AddOn) -> Conflict | None:
    if account.status is not Status.OPEN:
        return Conflict(
            f"The account is not open: its status is {account.status.label.lower()} ({account.status.value})."
        )
    if account.suspended:
        return Conflict("The account is suspended; add-ons can be changed when the hold is lifted.")
    if account.entitlement(add_on) is Entitlement.INCLUDED:
        return Conflict(
            f"{add_on.label} is included in the {account.plan.value} plan at no charge; there is nothing to switch."
        )
    return None
