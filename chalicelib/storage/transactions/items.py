"""The item of a transaction that one write makes: what is done to it, and under which condition."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from chalicelib.domain.changes import (
    AddSettlementCounts,
    CountSignUp,
    FinishPartnerSettlement,
    Insert,
    MarkSettled,
    Put,
    Remove,
    Replace,
)
from chalicelib.domain.kernel.errors import Conflict, StaleVersion
from chalicelib.storage.dynamo.query import keys
from chalicelib.storage.transactions.registry import mapper_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pynamodb.expressions.condition import Condition
    from pynamodb.expressions.update import Action
    from pynamodb.models import Model
    from pynamodb.transactions import TransactWrite

    from chalicelib.domain.changes import Write
    from chalicelib.domain.kernel.errors import PartnerbookError
    from chalicelib.storage.dynamo.mapper import Mapper


class ItemOperation(IntEnum):
    """What is done to an item, in the order in which PynamoDB sends them."""

    DELETE = 1
    PUT = 2
    UPDATE = 3


@dataclass(frozen=True, slots=True)
class TransactionItem:
    """One item of a transaction."""

    act: ItemOperation
    item: Model
    condition: Condition | None = None
    refusal: PartnerbookError | None = None
    """What stands if the condition fails."""
    index: int = 0
    """Where it was asked for: of several refusals the first one stands."""
    actions: tuple[Action, ...] = ()

    def add_to(self, transaction: TransactWrite) -> None:
        """Hand it to PynamoDB."""
        if self.act is ItemOperation.DELETE:
            transaction.delete(self.item, self.condition)
        elif self.act is ItemOperation.PUT:
            transaction.save(self.item, self.condition)
        else:
            transaction.update(self.item, list(self.actions), self.condition)

    @property
    def key(self) -> tuple[Any, ...]:
        """Which item it is."""
        names = [key.attr_name for key in keys(type(self.item), None) if key is not None]
        return type(self.item), *(self.item.attribute_values[name] for name in names)


def item_of(index: int, write: Write) -> TransactionItem | None:
    """Return the item of this write; None for one that changes nothing, and for counts, which are summed up first."""
    make = _MAKERS.get(type(write))
    return make(index, write) if make else None


def _inserting(index: int, write: Insert) -> TransactionItem:
    mapper = mapper_of(write.entity)
    free = keys(mapper.table, None)[0].does_not_exist()
    refusal = write.refusal or Conflict("This is there already.")
    return TransactionItem(ItemOperation.PUT, mapper.table(**mapper.stored(write.entity)), free, refusal, index)


def _putting(index: int, write: Put) -> TransactionItem:
    mapper = mapper_of(write.entity)
    return TransactionItem(ItemOperation.PUT, mapper.table(**mapper.stored(write.entity)), index=index)


def _removing(index: int, write: Remove) -> TransactionItem:
    mapper = mapper_of(write.current)
    before = mapper.stored(write.current)
    guards = {"version", *mapper.unversioned} if "version" in before else mapper.guards(before)
    unchanged = _unchanged(mapper, before, guards)
    return TransactionItem(
        ItemOperation.DELETE, mapper.table(*mapper.key_in(before)), unchanged, write.refusal or _changed(), index
    )


def _replacing(index: int, write: Replace) -> TransactionItem | None:
    """Only what differs is written, so that what others have written into the same item meanwhile stays."""
    mapper = mapper_of(write.updated)
    before, after = mapper.stored(write.current), mapper.stored(write.updated)
    differing = {name for name in before | after if before.get(name) != after.get(name)}
    if not differing:
        return None
    if mapper.key_in(before) != mapper.key_in(after):
        raise ValueError("A thing that gets another key is removed and inserted, not replaced.")
    unchanged = _unchanged(mapper, before, {"version"} & differing or mapper.guards(differing))
    actions = tuple(_action(mapper, name, after.get(name)) for name in sorted(differing))
    return TransactionItem(
        ItemOperation.UPDATE,
        mapper.table(*mapper.key_in(before)),
        unchanged,
        write.refusal or _changed(),
        index,
        actions,
    )


def _counting_sign_up(index: int, write: CountSignUp) -> TransactionItem:
    from chalicelib.storage.stores.invites import Invites

    return TransactionItem(
        ItemOperation.UPDATE, Invites(write.partner_id), index=index, actions=(Invites.sign_ups.add(1),)
    )


def _adding_settlement_counts(index: int, write: AddSettlementCounts) -> TransactionItem:
    """Add to every number, if by 0, so that the item is whole from its first account on."""
    from chalicelib.storage.stores.nightly_runs import NightlyRuns

    added = {"settled": write.settled, "bonuses": write.bonuses, "failures": 0}
    attributes = NightlyRuns.get_attributes()
    actions = tuple(attributes[name].add(number) for name, number in added.items())
    return TransactionItem(
        ItemOperation.UPDATE, NightlyRuns(write.date, write.partner_id), index=index, actions=actions
    )


def _finishing_settlement(index: int, write: FinishPartnerSettlement) -> TransactionItem:
    from chalicelib.storage.stores.nightly_runs import NightlyRuns

    actions = (
        NightlyRuns.done_at.set(write.done_at),
        *(item.add(0) for item in (NightlyRuns.settled, NightlyRuns.bonuses)),
    )
    return TransactionItem(
        ItemOperation.UPDATE,
        NightlyRuns(write.date, write.partner_id),
        NightlyRuns.done_at.does_not_exist(),
        write.refusal or Conflict("This night is over already."),
        index,
        (*actions, NightlyRuns.failures.set(write.failures)),
    )


def _marking_settled(index: int, write: MarkSettled) -> TransactionItem:
    from chalicelib.storage.stores.partners import Partners

    item, exists = Partners(write.partner_id), Partners.partner_id.exists()
    return TransactionItem(
        ItemOperation.UPDATE, item, exists, _changed(), index, (Partners.settled_on.set(write.settled_on),)
    )


_MAKERS: dict[type[Any], Callable[[int, Any], TransactionItem | None]] = {
    Insert: _inserting,
    Put: _putting,
    Remove: _removing,
    Replace: _replacing,
    CountSignUp: _counting_sign_up,
    AddSettlementCounts: _adding_settlement_counts,
    FinishPartnerSettlement: _finishing_settlement,
    MarkSettled: _marking_settled,
}


def _action(mapper: Mapper[Any], name: str, value: Any) -> Action:
    attribute = mapper.table.get_attributes()[name]
    return attribute.remove() if value is None else attribute.set(value)


def _unchanged(mapper: Mapper[Any], before: Mapping[str, Any], guards: Iterable[str]) -> Condition:
    """Require the item to be there with the attributes that were read."""
    condition: Condition = keys(mapper.table, None)[0].exists()
    for name in sorted(guards):
        attribute = mapper.table.get_attributes()[name]
        condition &= attribute == before[name] if name in before else attribute.does_not_exist()
    return condition


def _changed() -> StaleVersion:
    return StaleVersion("Somebody else changed this at the same moment. Read it again and repeat your change.")
