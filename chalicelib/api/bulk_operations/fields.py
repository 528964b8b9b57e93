"""What a bulk operation is asked with: its arguments, and the accounts it is for."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from chalicelib.api.accounts.filters import AccountFilters, account_query
from chalicelib.api.http.operation import Body
from chalicelib.api.http.text_fields import PaymentReference, Reference
from chalicelib.domain.accounts.accounts import BillingMode
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import CancelReason
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.bulk_operations.arguments import BulkArguments, OperationName
from chalicelib.domain.bulk_operations.bulk_operations import MAX_ACCOUNTS
from chalicelib.domain.bulk_operations.selection import BulkRequest, FilteredAccounts, FoundBonuses, Selection
from chalicelib.domain.kernel.errors import FieldError, Invalid
from chalicelib.domain.kernel.money import Money

AccountIds = Annotated[list[Reference], Meta(min_length=1, max_length=MAX_ACCOUNTS)]
MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


class Arguments(Body):
    """What the operation does to each account; each operation takes its own and no other."""

    add_on: AddOn | None = None
    """Of activate_add_on and deactivate_add_on."""
    plan: Plan | None = None
    """Of change_plan: a paid plan."""
    keep_add_ons: tuple[AddOn, ...] = ()
    """Of change_plan: add-ons included in the present plan that are to go on as paid ones."""
    billing_mode: BillingMode | None = None
    """Of change_billing_mode, and of change_plan with a managed account's first paid plan."""
    reason: CancelReason | None = None
    """Of cancel: why."""
    effective_on: date | None = None
    """Of cancel: today by default, or a day to come."""
    reference: PaymentReference | None = None
    """Of pay_bonuses: the payment, as the partner sees it on its statement; of void_bonus_payments: which one."""


class AccountSelection(Body):
    """Accounts that are found, with what was shown of them: if others are found now, nothing is done."""

    expected_count: Annotated[int, Meta(ge=1, le=MAX_ACCOUNTS)]
    """How many accounts or bonuses were shown."""
    filter: AccountFilters | UnsetType = UNSET
    """Accounts that this filter of the accounts list finds; of operations on accounts."""
    earned_month: Reference | UnsetType = UNSET
    """Bonuses earned in this month, such as 2026-11; of operations on bonuses."""
    earned_from: date | UnsetType = UNSET
    """Bonuses earned on this day or later; of operations on bonuses."""
    earned_to: date | UnsetType = UNSET
    """Bonuses earned on this day or earlier; of operations on bonuses."""
    expected_amount: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    """The sum that was shown, in the currency's minor unit (cents); of operations on bonuses."""
    currency: Reference | UnsetType = UNSET
    """Only bonuses in this currency; of operations on bonuses."""


class NewBulkOperation(Body):
    """A bulk operation to preview or to carry out."""

    operation: OperationName
    """The change that is made to each account."""
    accounts: AccountIds | AccountSelection
    """The accounts, by their ids, each once, or as they are found."""
    arguments: Arguments | UnsetType = UNSET
    """What the change is made with."""
    dry_run: bool = False
    """Whether the answer only tells what would be done; nothing is written then."""


def bulk_request(body: NewBulkOperation) -> BulkRequest:
    """Return what a body asks for."""
    given = Arguments() if body.arguments is UNSET else body.arguments
    arguments = BulkArguments(
        add_on=given.add_on,
        plan=given.plan,
        keep_add_ons=given.keep_add_ons,
        billing_mode=given.billing_mode,
        reason=given.reason,
        effective_on=given.effective_on,
        reference=given.reference,
    )
    return BulkRequest(operation=body.operation, arguments=arguments, selection=_selection(body.accounts))


def _selection(accounts: list[str] | AccountSelection) -> Selection:
    if isinstance(accounts, list):
        return tuple(accounts)
    bonus_fields = ("earned_month", "earned_from", "earned_to", "expected_amount", "currency")
    if accounts.filter is UNSET:
        return _found_bonuses(accounts)
    Invalid.unless_none(
        [
            FieldError(f"/accounts/{name}", "This does not go with a filter of accounts.")
            for name in bonus_fields
            if getattr(accounts, name) is not UNSET
        ]
    )
    return FilteredAccounts(account_query(accounts.filter), accounts.expected_count)


def _found_bonuses(accounts: AccountSelection) -> FoundBonuses:
    amount, currency = accounts.expected_amount, accounts.currency
    missing = [name for name, value in (("expected_amount", amount), ("currency", currency)) if value is UNSET]
    if amount is UNSET or currency is UNSET:
        detail = "Give a filter of accounts, or expected_amount and currency with the bonuses that were shown."
        raise Invalid(
            "The accounts are not chosen.", tuple(FieldError(f"/accounts/{name}", detail) for name in missing)
        )
    first, last = _days(accounts)
    return FoundBonuses(first, last, accounts.expected_count, Money(amount, currency))


def _days(accounts: AccountSelection) -> tuple[date | None, date | None]:
    """Return the first and the last day; none where the selection names none."""
    month, first, last = accounts.earned_month, accounts.earned_from, accounts.earned_to
    if month is UNSET and first is UNSET and last is UNSET:
        return None, None
    if month is not UNSET and first is UNSET and last is UNSET:
        return _month(month)
    if month is not UNSET or first is UNSET or last is UNSET:
        raise Invalid.field("/accounts", "Give earned_month, or earned_from and earned_to.")
    if last < first:
        raise Invalid.field("/accounts/earned_to", "earned_to is before earned_from.")
    return first, last


def _month(text: str) -> tuple[date, date]:
    found = MONTH.fullmatch(text)
    if not found or int(found[1]) == 0:
        raise Invalid.field("/accounts/earned_month", "A month is written like 2026-11.")
    year, month = int(found[1]), int(found[2])
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])
