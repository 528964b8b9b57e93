"""One change of the book: everything that is written together or not at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from chalicelib.domain.accounts.counters import difference

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.accounts.counters import StatusAndType
    from chalicelib.domain.kernel.errors import PartnerbookError

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Insert:
    """Write a thing that is not there yet; if it is, `refusal` says so."""

    entity: Any
    refusal: PartnerbookError | None = None


@dataclass(frozen=True, slots=True)
class Replace:
    """Write a thing anew, only while it is still what was read: rules checked on `current` hold in the write itself.

    Just the fields that differ are written. Otherwise `refusal`, by default `StaleVersion`.
    """

    current: Any
    updated: Any
    refusal: PartnerbookError | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    """Take a thing away, only while it is still what was read."""

    current: Any
    refusal: PartnerbookError | None = None


@dataclass(frozen=True, slots=True)
class Put:
    """Write a thing whatever was there: only for things of which the last one counts, such as a sign-in link."""

    entity: Any


@dataclass(frozen=True, slots=True)
class Count:
    """Add to a partner's counters."""

    partner_id: str
    difference: Mapping[StatusAndType, int]


@dataclass(frozen=True, slots=True)
class CountSignUp:
    """Add one to the sign-ups of a partner's invite."""

    partner_id: str


@dataclass(frozen=True, slots=True)
class AddSettlementCounts:
    """Add to the numbers of a partner's night."""

    date: date
    partner_id: str
    settled: int = 0
    bonuses: int = 0


@dataclass(frozen=True, slots=True)
class FinishPartnerSettlement:
    """Note that all of a partner's night has been seen to; once, `refusal` says so of the second time."""

    date: date
    partner_id: str
    done_at: datetime
    failures: int
    refusal: PartnerbookError | None = None


@dataclass(frozen=True, slots=True)
class MarkSettled:
    """Note of a partner up to which day all its accounts are settled; what was noted before is not asked."""

    partner_id: str
    settled_on: date


Write = (
    Insert | Replace | Remove | Put | Count | CountSignUp | AddSettlementCounts | FinishPartnerSettlement | MarkSettled
)


@dataclass(frozen=True, slots=True)
class Change(Generic[T]):
    """Writes that stand or fall together, and the thing that the asker gets when they stand."""

    writes: tuple[Write, ...]
    result: T
    after: tuple[Callable[[], object], ...] = ()
    """Effects once it is written, such as sending a message: idempotent, and repeated by recovery where one fails."""

    def with_result(self, result: U) -> Change[U]:
        """Return this change with another result for the asker; its writes and effects stay."""
        return Change(self.writes, result, self.after)

    def also(self, *writes: Write) -> Change[T]:
        """Return this change with more writes."""
        return replace(self, writes=self.writes + writes)

    def then(self, *effects: Callable[[], object]) -> Change[T]:
        """Return this change with more effects."""
        return replace(self, after=self.after + effects)


def counted(before: Account | None, after: Account | None) -> tuple[Count, ...]:
    """Return the counter writes of one account's change: one, none, or one for each of two partners."""
    if before and after and before.partner_id != after.partner_id:
        return counted(before, None) + counted(None, after)
    account = after or before
    changed = difference([before] if before else [], [after] if after else [])
    return (Count(account.partner_id, changed),) if account and changed else ()


class TransactionWriter(Protocol):
    """Writes changes, each as one transaction."""

    def write(self, change: Change[T]) -> T:
        """Write it all and give the result.

        Raises a write's refusal where its condition failed (`StaleVersion` or `Conflict` by default) and `Unavailable`
        where other transactions would not let it through. A change that was written although its answer was lost counts
        as written.
        """
        ...
