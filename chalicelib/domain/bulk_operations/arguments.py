"""What a bulk operation does to each account: its name, its arguments, and which of them it takes."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date  # noqa: TC003 stored as JSON, which reads the annotations of `BulkArguments`
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from chalicelib.domain.accounts.accounts import BillingMode  # noqa: TC001
from chalicelib.domain.accounts.add_ons import AddOn  # noqa: TC001
from chalicelib.domain.accounts.codes import CancelReason  # noqa: TC001
from chalicelib.domain.accounts.plans import Plan  # noqa: TC001
from chalicelib.domain.kernel import field_rules
from chalicelib.domain.kernel.errors import FieldError, Invalid
from chalicelib.domain.kernel.text_rules import problems

if TYPE_CHECKING:
    from collections.abc import Iterator


class OperationName(StrEnum):
    """The change that a bulk operation makes to each account."""

    ACTIVATE_ADD_ON = "activate_add_on"
    DEACTIVATE_ADD_ON = "deactivate_add_on"
    CHANGE_PLAN = "change_plan"
    CHANGE_BILLING_MODE = "change_billing_mode"
    CANCEL = "cancel"
    REQUEST_PERMISSION = "request_permission"
    PAY_BONUSES = "pay_bonuses"
    VOID_BONUS_PAYMENTS = "void_bonus_payments"


OF_BONUSES = frozenset({OperationName.PAY_BONUSES, OperationName.VOID_BONUS_PAYMENTS})
"""Operations on the bonuses of accounts; the others are on the accounts themselves."""


def right_for(operation: OperationName) -> str:
    """Return the operation of `domain.access` that whoever asks must be allowed: the single change's own."""
    return "cancel_account" if operation is OperationName.CANCEL else operation.value


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkArguments:
    """The arguments of every operation; each takes its own and no other."""

    add_on: AddOn | None = None
    plan: Plan | None = None
    keep_add_ons: tuple[AddOn, ...] = ()
    billing_mode: BillingMode | None = None
    reason: CancelReason | None = None
    effective_on: date | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class _Takes:
    """The arguments that an operation needs, and those that it takes besides."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


_TAKES: dict[OperationName, _Takes] = {
    OperationName.ACTIVATE_ADD_ON: _Takes(("add_on",)),
    OperationName.DEACTIVATE_ADD_ON: _Takes(("add_on",)),
    OperationName.CHANGE_PLAN: _Takes(("plan",), ("keep_add_ons", "billing_mode")),
    OperationName.CHANGE_BILLING_MODE: _Takes(("billing_mode",)),
    OperationName.CANCEL: _Takes(("reason",), ("effective_on",)),
    OperationName.REQUEST_PERMISSION: _Takes(),
    OperationName.PAY_BONUSES: _Takes(("reference",)),
    OperationName.VOID_BONUS_PAYMENTS: _Takes(("reference",)),
}


def require_arguments(operation: OperationName, arguments: BulkArguments) -> None:
    """Raise `Invalid` where an argument is missing, or is another operation's."""
    errors = list(_errors(operation, arguments))
    if arguments.reference is not None:
        rules = {"arguments/reference": field_rules.PAYMENT_REFERENCE}
        errors += problems({"arguments/reference": arguments.reference}, rules)
    Invalid.unless_none(errors)


def _errors(operation: OperationName, arguments: BulkArguments) -> Iterator[FieldError]:
    takes = _TAKES[operation]
    for field in fields(arguments):
        given: Any = getattr(arguments, field.name)
        if field.name in takes.required and not given:
            yield FieldError(f"/arguments/{field.name}", f"{operation} needs {field.name}.")
        elif given and field.name not in takes.required + takes.optional:
            yield FieldError(f"/arguments/{field.name}", f"{operation} takes no {field.name}. {_takes(takes)}")


def _takes(takes: _Takes) -> str:
    names = takes.required + takes.optional
    return f"It takes {', '.join(names)}." if names else "It takes no arguments."
