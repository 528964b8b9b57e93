"""Which accounts a bulk operation is for: exactly those that were shown to the person who asks, or none."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from chalicelib.domain.bulk_operations.arguments import OperationName
from chalicelib.domain.bulk_operations.bulk_operations import MAX_ACCOUNTS
from chalicelib.domain.bulk_operations.selection import FilteredAccounts, FoundBonuses
from chalicelib.domain.kernel.errors import Conflict, Invalid
from chalicelib.domain.kernel.money import Money
from chalicelib.domain.kernel.paging import MAX_LIMIT
from chalicelib.services.accounts import lists

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.domain.access import Actor
    from chalicelib.domain.accounts.bonuses import Bonus
    from chalicelib.domain.bulk_operations.selection import BulkRequest
    from chalicelib.domain.ports import HasBonuses
    from chalicelib.services.ports import AccountPorts, BulkOperationPorts
    from chalicelib.services.rate_limiter import RateLimiter

TOO_SLOW = (
    "Looking through the accounts with this filter takes too long. Narrow it by status and account type, "
    "or name the accounts by their ids."
)


def choose(ports: BulkOperationPorts, actor: Actor, request: BulkRequest, budget: RateLimiter) -> tuple[str, ...]:
    """Return the ids of the accounts; raises `Conflict` where others are found now than were shown."""
    selection = request.selection
    if isinstance(selection, FilteredAccounts):
        return _filtered(ports, actor, selection, budget)
    if isinstance(selection, FoundBonuses):
        return _with_bonuses(ports, actor, request, selection)
    return selection


def _filtered(ports: AccountPorts, actor: Actor, selection: FilteredAccounts, budget: RateLimiter) -> tuple[str, ...]:
    found = tuple(islice(_pages(ports, actor, selection, budget), MAX_ACCOUNTS + 1))
    if len(found) == selection.expected_count:
        return found
    now = f"{len(found):,}" if len(found) <= MAX_ACCOUNTS else f"more than {MAX_ACCOUNTS:,}"
    raise Conflict(
        f"The filter finds {now} accounts now, not {selection.expected_count:,}. Look at the list again, and repeat "
        "the operation if it is still what you want."
    )


def _pages(ports: AccountPorts, actor: Actor, selection: FilteredAccounts, budget: RateLimiter) -> Iterator[str]:
    after: str | None = None
    while True:
        found = lists.page(ports, actor, selection.query, after, MAX_LIMIT)
        yield from (account.account_id for account in found.items)
        after = found.next
        if after is None:
            return
        if budget.expired:
            raise Invalid.field("/accounts/filter", TOO_SLOW)


def _with_bonuses(ports: HasBonuses, actor: Actor, request: BulkRequest, selection: FoundBonuses) -> tuple[str, ...]:
    found = list(islice(_bonuses(ports, actor, request, selection), MAX_ACCOUNTS + 1))
    if len(found) > MAX_ACCOUNTS:
        raise Invalid.field("/accounts", f"These are more than {MAX_ACCOUNTS:,} bonuses. Choose fewer days.")
    total = Money(sum(bonus.money.amount for bonus in found), selection.expected.currency)
    if (len(found), total) == (selection.expected_count, selection.expected):
        return tuple(bonus.account_id for bonus in found)
    raise Conflict(
        f"These are {len(found):,} bonuses of {total} now, not {selection.expected_count:,} of {selection.expected}. "
        "Look at the bonuses again, and repeat the operation if it is still what you want."
    )


def _bonuses(ports: HasBonuses, actor: Actor, request: BulkRequest, selection: FoundBonuses) -> Iterator[Bonus]:
    """Yield those of the currency that are to be paid, or that were paid with the reference to be voided."""
    paid_as = request.arguments.reference if request.operation is OperationName.VOID_BONUS_PAYMENTS else None
    return (
        bonus
        for bonus in _earned(ports, actor, selection)
        if bonus.money.currency == selection.expected.currency and bonus.payment_reference == paid_as
    )


def _earned(ports: HasBonuses, actor: Actor, selection: FoundBonuses) -> Iterator[Bonus]:
    if selection.first is None or selection.last is None:
        return ports.bonuses.of_partner(actor.partner_id)
    return ports.bonuses.between(actor.partner_id, selection.first, selection.last)
