"""Tells why an actor cannot do something with an account now, whatever the request says; derived from the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.access import OPERATIONS
from chalicelib.domain.accounts import lifecycle, transfers
from chalicelib.domain.accounts.accounts import AccountType, BillingMode
from chalicelib.domain.kernel.errors import Conflict, Forbidden

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from chalicelib.domain.access import Actor
    from chalicelib.domain.accounts.accounts import Account

    Rule = Callable[[Account, Actor], None]


def refusals(account: Account, actor: Actor) -> dict[str, str]:
    """Return, by operationId, why this actor would be refused.

    Not named is what its role may never do, and what the account's own fields show: nothing to withdraw, managed
    already.
    """
    found: dict[str, str] = {}
    for operation, rules in RULES.items():
        if actor.role in OPERATIONS[operation]:
            try:
                for rule in rules:
                    rule(account, actor)
            except (Conflict, Forbidden) as refusal:
                found[operation] = refusal.detail
    return found


def _of(require: Callable[[Account], None]) -> Rule:
    return lambda account, _: require(account)


def _require_other_billing(account: Account) -> None:
    """Whether the partner's terms allow the single bill is judged when it is asked for."""
    if account.billing_mode is BillingMode.DIRECT:
        lifecycle.require_single_bill(account, enabled=True)


def _require_manageable(account: Account) -> None:
    if account.account_type is AccountType.REFERRED:
        lifecycle.require_manageable(account)


AUTHORITY = lifecycle.require_plan_authority
RULES: Mapping[str, tuple[Rule, ...]] = {
    "change_plan": (AUTHORITY, _of(lifecycle.require_plan_changeable)),
    "cancel_account": (AUTHORITY, _of(lifecycle.require_cancellable)),
    "withdraw_cancellation": (AUTHORITY,),
    "change_billing_mode": (AUTHORITY, _of(_require_other_billing)),
    "issue_sign_in_link": (_of(lifecycle.require_sign_in),),
    "request_permission": (_of(_require_manageable),),
    "request_service": (_of(lifecycle.require_serviceable),),
    "place_hold": (_of(lifecycle.require_holdable),),
    "move_account": (_of(transfers.require_not_cancelled),),
    "erase_person": (_of(lifecycle.require_erasable),),
}
