"""How the accounts of a bulk operation are chosen: by their ids, by what a list shows, or by their bonuses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chalicelib.domain.bulk_operations.arguments import OF_BONUSES, BulkArguments, OperationName, require_arguments
from chalicelib.domain.kernel.errors import FieldError, Invalid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from chalicelib.domain.accounts.query import AccountQuery
    from chalicelib.domain.kernel.money import Money


@dataclass(frozen=True, slots=True)
class FilteredAccounts:
    """The accounts that a filter of the accounts list finds, and how many were shown to the person."""

    query: AccountQuery
    expected_count: int


@dataclass(frozen=True, slots=True)
class FoundBonuses:
    """The bonuses earned on these days that the operation can change, and what was shown of them to the person."""

    first: date | None
    """None for all that the partner has earned, which only voiding takes: its reference says which."""
    last: date | None
    expected_count: int
    expected: Money


Selection = tuple[str, ...] | FilteredAccounts | FoundBonuses


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkRequest:
    """What somebody asks for."""

    operation: OperationName
    arguments: BulkArguments = field(default_factory=BulkArguments)
    selection: Selection


def require_valid(request: BulkRequest) -> None:
    """Raise `Invalid` unless the operation takes these arguments and this way of choosing its accounts."""
    require_arguments(request.operation, request.arguments)
    Invalid.unless_none(list(_selection_errors(request)))


def _selection_errors(request: BulkRequest) -> Iterator[FieldError]:
    selection, operation = request.selection, request.operation
    if isinstance(selection, tuple):
        yield from _repeated(selection)
    elif isinstance(selection, FilteredAccounts) and operation in OF_BONUSES:
        yield FieldError(
            "/accounts/filter", f"{operation} takes account ids, or the days on which bonuses were earned."
        )
    elif isinstance(selection, FoundBonuses) and operation not in OF_BONUSES:
        yield FieldError("/accounts", f"{operation} takes account ids, or a filter with expected_count.")
    elif isinstance(selection, FoundBonuses) and operation is OperationName.PAY_BONUSES and selection.first is None:
        yield FieldError("/accounts", "Say which bonuses: earned_month, or earned_from and earned_to.")


def _repeated(account_ids: tuple[str, ...]) -> Iterator[FieldError]:
    seen: set[str] = set()
    for place, account_id in enumerate(account_ids):
        if account_id in seen:
            yield FieldError(f"/accounts/{place}", "This account is named twice.")
        seen.add(account_id)
