"""How many accounts a partner has by status and type: kept in the transaction of every change, so always exact."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.accounts.accounts import Account, AccountType, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SHARDS = 8
Standing = tuple[Status, AccountType]
STANDINGS: tuple[Standing, ...] = tuple((status, kind) for status in Status for kind in AccountType)


@dataclass(frozen=True, slots=True)
class Summary:
    """Accounts by status and type."""

    counts: Mapping[Standing, int]

    def of(self, status: Status | None = None, account_type: AccountType | None = None) -> int:
        """How many have this status and type; None counts all."""
        return sum(
            number
            for (each, kind), number in self.counts.items()
            if status in (None, each) and account_type in (None, kind)
        )


def standing(account: Account) -> Standing:
    """Where an account is counted: it has one status and one type."""
    return account.status, account.account_type


def difference(before: Iterable[Account], after: Iterable[Account]) -> dict[Standing, int]:
    """What a change of these accounts adds to the counters; standings that stay the same are left out."""
    counted = Counter(standing(account) for account in after)
    counted.subtract(standing(account) for account in before)
    return {where: number for where, number in counted.items() if number}


class CounterStore(Protocol):
    """The counters of a partner."""

    def summary(self, partner_id: str) -> Summary:
        """The exact counts, one read."""
        ...
