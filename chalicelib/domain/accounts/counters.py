"""How many accounts a partner has by status and type: kept in the transaction of every change, so always exact."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.accounts.accounts import Account, AccountType, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SHARDS = 8
StatusAndType = tuple[Status, AccountType]
STATUSES_AND_TYPES: tuple[StatusAndType, ...] = tuple((status, kind) for status in Status for kind in AccountType)


@dataclass(frozen=True, slots=True)
class Summary:
    """Accounts by status and type."""

    counts: Mapping[StatusAndType, int]

    def of(self, status: Status | None = None, account_type: AccountType | None = None) -> int:
        """Return how many have this status and type; None counts all."""
        return sum(
            number
            for (item, kind), number in self.counts.items()
            if status in (None, item) and account_type in (None, kind)
        )


def status_and_type(account: Account) -> StatusAndType:
    """Return where an account is counted: it has one status and one type."""
    return account.status, account.account_type


def difference(before: Iterable[Account], after: Iterable[Account]) -> dict[StatusAndType, int]:
    """Return what a change of these accounts adds to the counters; those that stay the same are left out."""
    counted = Counter(status_and_type(account) for account in after)
    counted.subtract(status_and_type(account) for account in before)
    return {where: number for where, number in counted.items() if number}


class CounterStore(Protocol):
    """The counters of a partner."""

    def summary(self, partner_id: str) -> Summary:
        """Return the exact counts, one read."""
        ...
