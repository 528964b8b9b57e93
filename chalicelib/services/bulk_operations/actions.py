"""What a bulk operation does to one account: the very use case that a single change takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chalicelib.domain.accounts.bonuses import Bonus
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.bulk_operations.arguments import OperationName
from chalicelib.domain.bulk_operations.bulk_operations import BulkOutcome
from chalicelib.domain.changes import Insert
from chalicelib.domain.kernel.errors import PartnerbookError, StaleVersion, Unavailable
from chalicelib.services import bonuses
from chalicelib.services.accounts import add_ons, lifecycle, management_requests

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalicelib.domain.access import Actor
    from chalicelib.domain.bulk_operations.arguments import BulkArguments
    from chalicelib.domain.changes import Change
    from chalicelib.domain.kernel.money import Money
    from chalicelib.services.ports import BulkOperationPorts


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is to become of one account, of which nothing is written yet."""

    outcome: BulkOutcome
    change: Change[Any] | None = None
    """What is written; None where the rules refuse it."""
    money: Money | None = None
    """The bonus that it changes."""
    refusal: PartnerbookError | None = None


def prepare(
    ports: BulkOperationPorts, actor: Actor, operation: OperationName, arguments: BulkArguments, account_id: str
) -> Prepared:
    """Return what the single change makes of this account; `actor` names the bulk operation."""
    try:
        change = _USE_CASES[operation](ports, actor, account_id, arguments)
    except (StaleVersion, Unavailable):
        raise
    except PartnerbookError as error:
        return refused(error)
    outcome = BulkOutcome.CHANGED if _is_audited(change, actor) else BulkOutcome.UNCHANGED
    return Prepared(outcome, change, change.result.money if isinstance(change.result, Bonus) else None)


def refused(error: PartnerbookError) -> Prepared:
    """Return an account that the rules refuse."""
    return Prepared(BulkOutcome.REFUSED, refusal=error)


def _is_audited(change: Change[Any], actor: Actor) -> bool:
    """Tell whether the actor changes something: what only had come due is in nobody's name."""
    entities = (write.entity for write in change.writes if isinstance(write, Insert))
    return any(
        isinstance(entity, AuditEntry) and entity.bulk_operation_id == actor.bulk_operation_id for entity in entities
    )


def _activate(ports: BulkOperationPorts, actor: Actor, account_id: str, arguments: BulkArguments) -> Change[Any]:
    return add_ons.activate(ports, actor, account_id, _given(arguments.add_on))


def _deactivate(ports: BulkOperationPorts, actor: Actor, account_id: str, arguments: BulkArguments) -> Change[Any]:
    return add_ons.deactivate(ports, actor, account_id, _given(arguments.add_on))


def _change_plan(ports: BulkOperationPorts, actor: Actor, account_id: str, arguments: BulkArguments) -> Change[Any]:
    wanted = lifecycle.PlanChange(
        plan=_given(arguments.plan),
        keep_add_ons=frozenset(arguments.keep_add_ons),
        billing_mode=arguments.billing_mode,
    )
    return lifecycle.change_plan(ports, actor, account_id, wanted)


def _change_billing_mode(
    ports: BulkOperationPorts, actor: Actor, account_id: str, arguments: BulkArguments
) -> Change[Any]:
    return lifecycle.change_billing(ports, actor, account_id, _given(arguments.billing_mode))


def _cancel(ports: BulkOperationPorts, actor: Actor, account_id: str, arguments: BulkArguments) -> Change[Any]:
    return lifecycle.cancel(ports, actor, account_id, _given(arguments.reason), arguments.effective_on)


def _request_permission(ports: BulkOperationPorts, actor: Actor, account_id: str, _: BulkArguments) -> Change[Any]:
    return management_requests.request(ports, actor, account_id)


def _pay(ports: BulkOperationPorts, actor: Actor, account_id: str, arguments: BulkArguments) -> Change[Any]:
    return bonuses.pay(ports, actor, account_id, _given(arguments.reference))


def _void(ports: BulkOperationPorts, actor: Actor, account_id: str, arguments: BulkArguments) -> Change[Any]:
    return bonuses.void_payment(ports, actor, account_id, _given(arguments.reference))


def _given(value: Any) -> Any:
    """Return an argument that `require_arguments` has seen."""
    if value is None:
        raise ValueError("The operation was accepted without an argument that it needs.")
    return value


_USE_CASES: dict[OperationName, Callable[[BulkOperationPorts, Actor, str, BulkArguments], Change[Any]]] = {
    OperationName.ACTIVATE_ADD_ON: _activate,
    OperationName.DEACTIVATE_ADD_ON: _deactivate,
    OperationName.CHANGE_PLAN: _change_plan,
    OperationName.CHANGE_BILLING_MODE: _change_billing_mode,
    OperationName.CANCEL: _cancel,
    OperationName.REQUEST_PERMISSION: _request_permission,
    OperationName.PAY_BONUSES: _pay,
    OperationName.VOID_BONUS_PAYMENTS: _void,
}
