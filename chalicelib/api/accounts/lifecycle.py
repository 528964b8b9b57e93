"""The life of an account: plan, cancellation, billing, type and holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from chalicelib.api.accounts.accounts import present
from chalicelib.api.accounts.presenting import with_deactivated
from chalicelib.api.accounts.views import AccountView
from chalicelib.api.http.answer import Answer
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.operation import Body, NoQuery
from chalicelib.api.http.request import Request
from chalicelib.api.http.text_fields import HoldReason
from chalicelib.domain.accounts.accounts import Account, BillingMode, Hold
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import CancelReason
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.changes import Change, Replace
from chalicelib.domain.kernel.errors import Conflict
from chalicelib.services.accounts import lifecycle

blueprint = Blueprint(__name__)


class PlanChange(Body):
    """The plan to change to."""

    plan: Plan
    """A paid plan: trial is one way."""
    keep_add_ons: tuple[AddOn, ...] = ()
    """Add-ons included in the present plan that are to go on as paid ones; otherwise a downgrade charges nothing."""
    billing_mode: BillingMode | None = None
    """With a managed account's first paid plan, by default single bill where the partner's terms enable it."""


class NewCancellation(Body):
    """Why an account is canceled, and from when on."""

    reason: CancelReason
    """Why."""
    effective_on: date | None = None
    """Today by default; a day to come leaves the account as it is until then."""


class NewHold(Body):
    """Why a hold is placed."""

    reason: HoldReason = ""
    """In a sentence, for the account's history; it is erased with the person behind the account."""


class BillingChange(Body):
    """The billing mode to change to."""

    billing_mode: BillingMode


class TypeChange(Body):
    """The account type to change to."""

    account_type: Literal["referred"]
    """To managed leads a request for the client's permission."""


@dataclass(frozen=True, slots=True)
class AccountChange:
    """An account after a change, and the add-ons that the change ended."""

    account: Account
    ended: frozenset[AddOn]


def _execute(request: Request[Any, NoQuery], prepare: Callable[[], Change[Account]]) -> Answer[AccountView]:
    """Execute a change of one account; the answer names the add-ons that it deactivated."""

    def prepared() -> Change[AccountChange]:
        change = prepare()
        replaced = [write.current for write in change.writes if isinstance(write, Replace)]
        before = next((current for current in replaced if isinstance(current, Account)), change.result)
        ended = before.entitled_add_ons - change.result.entitled_add_ons
        return change.with_result(AccountChange(change.result, ended))

    return request.execute(prepared, lambda changed: with_deactivated(present(request, changed.account), changed.ended))


@blueprint.operation("change_plan", "PUT /accounts/{account_id}/plan", refusals=(Conflict,))
def change_plan(request: Request[PlanChange, NoQuery], account_id: str) -> Answer[AccountView]:
    """Upgrade, downgrade, or reactivate a canceled account."""
    wanted = lifecycle.PlanChange(
        plan=request.body.plan,
        keep_add_ons=frozenset(request.body.keep_add_ons),
        billing_mode=request.body.billing_mode,
    )
    return _execute(request, lambda: lifecycle.change_plan(request.ports, request.actor, account_id, wanted))


@blueprint.operation("cancel_account", "PUT /accounts/{account_id}/cancellation", refusals=(Conflict,))
def cancel_account(request: Request[NewCancellation, NoQuery], account_id: str) -> Answer[AccountView]:
    """Cancel an account, today or on a day to come.

    Taking effect, it deactivates all add-ons, discards the SMS registration and ends single bill.
    """
    body = request.body
    return _execute(
        request, lambda: lifecycle.cancel(request.ports, request.actor, account_id, body.reason, body.effective_on)
    )


@blueprint.operation("withdraw_cancellation", "DELETE /accounts/{account_id}/cancellation", refusals=(Conflict,))
def withdraw_cancellation(request: Request[None, NoQuery], account_id: str) -> Answer[AccountView]:
    """Withdraw a cancellation that is not yet in effect."""
    return _execute(request, lambda: lifecycle.withdraw_cancellation(request.ports, request.actor, account_id))


@blueprint.operation("change_billing_mode", "PUT /accounts/{account_id}/billing-mode", refusals=(Conflict,))
def change_billing_mode(request: Request[BillingChange, NoQuery], account_id: str) -> Answer[AccountView]:
    """Put a managed, open account on the partner's single bill, or have it pay for itself.

    Entering, it keeps the add-ons that its client activated, and the client goes on paying for them. Leaving, it loses
    those that its partner activated.
    """
    return _execute(
        request, lambda: lifecycle.change_billing(request.ports, request.actor, account_id, request.body.billing_mode)
    )


@blueprint.operation("change_account_type", "PUT /accounts/{account_id}/account-type", refusals=(Conflict,))
def change_account_type(request: Request[TypeChange, NoQuery], account_id: str) -> Answer[AccountView]:
    """Make a managed account referred again; it leaves the single bill in the same moment, with what that ends."""
    return _execute(request, lambda: lifecycle.make_referred(request.ports, request.actor, account_id))


@blueprint.operation("place_hold", "PUT /accounts/{account_id}/holds/{hold}", refusals=(Conflict,), optional_body=True)
def place_hold(request: Request[NewHold, NoQuery], account_id: str, hold: Hold) -> Answer[AccountView]:
    """Place a hold; placing one that stands changes nothing.

    A suspension needs the account off single bill, and deactivates every add-on and its SMS registration at once.
    """
    reason = request.body.reason
    return _execute(request, lambda: lifecycle.place_hold(request.ports, request.actor, account_id, hold, reason))


@blueprint.operation("lift_hold", "DELETE /accounts/{account_id}/holds/{hold}", refusals=(Conflict,))
def lift_hold(request: Request[None, NoQuery], account_id: str, hold: Hold) -> Answer[AccountView]:
    """Lift one hold; the others stay."""
    return _execute(request, lambda: lifecycle.lift_hold(request.ports, request.actor, account_id, hold))
