"""The item of a transaction that one write makes: what is done to it, and under which condition."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from chalicelib.domain.changes import CloseNight, CountNight, CountSignUp, Insert, MarkSettled, Put, Remove, Replace
from chalicelib.domain.kernel.errors import Changed, Conflict
from chalicelib.storage.dynamo.query import keys
from chalicelib.storage.transactions.registry import codec_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pynamodb.expressions.condition import Condition
    from pynamodb.expressions.update import Action
    from pynamodb.models import Model
    from pynamodb.transactions import TransactWrite

    from chalicelib.domain.changes import Write
    from chalicelib.domain.kernel.errors import PartnerbookError
    from chalicelib.storage.dynamo.mapper import Codec


class Act(IntEnum):
    """What is done to an item, in the order in which PynamoDB sends them."""

    DELETE = 1
    PUT = 2
    UPDATE = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One item of a transaction."""

    act: Act
    item: Model
    condition: Condition | None = None
    refusal: PartnerbookError | None = None
    """What stands if the condition fails."""
    place: int = 0
    """Where it was asked for: of several refusals the first one stands."""
    actions: tuple[Action, ...] = ()

    def add_to(self, transaction: TransactWrite) -> None:
        """Hand it to PynamoDB."""
        if self.act is Act.DELETE:
            transaction.delete(self.item, self.condition)
        elif self.act is Act.PUT:
            transaction.save(self.item, self.condition)
        else:
            transaction.update(self.item, list(self.actions), self.condition)

    @property
    def key(self) -> tuple[Any, ...]:
        """Which item it is."""
        names = [each.attr_name for each in keys(type(self.item), None) if each is not None]
        return type(self.item), *(self.item.attribute_values[name] for name in names)


def step_of(place: int, write: Write) -> Step | None:
    """The item of this write; None for one that changes nothing, and for counts, which are summed up first."""
    make = _MAKERS.get(type(write))
    return make(place, write) if make else None


def _inserting(place: int, write: Insert) -> Step:
    codec = codec_of(write.entity)
    free = keys(codec.table, None)[0].does_not_exist()
    refusal = write.refusal or Conflict("This is there already.")
    return Step(Act.PUT, codec.table(**codec.stored(write.entity)), free, refusal, place)


def _putting(place: int, write: Put) -> Step:
    codec = codec_of(write.entity)
    return Step(Act.PUT, codec.table(**codec.stored(write.entity)), place=place)


def _removing(place: int, write: Remove) -> Step:
    codec = codec_of(write.was)
    before = codec.stored(write.was)
    guards = {"version", *codec.beside_version} if "version" in before else codec.guards(before)
    unchanged = _unchanged(codec, before, guards)
    return Step(Act.DELETE, codec.table(*codec.key_in(before)), unchanged, write.refusal or _changed(), place)


def _replacing(place: int, write: Replace) -> Step | None:
    """Only what differs is written, so that what others have written into the same item meanwhile stays."""
    codec = codec_of(write.now)
    before, after = codec.stored(write.was), codec.stored(write.now)
    differing = {name for name in before | after if before.get(name) != after.get(name)}
    if not differing:
        return None
    if codec.key_in(before) != codec.key_in(after):
        raise ValueError("A thing that gets another key is removed and inserted, not replaced.")
    unchanged = _unchanged(codec, before, {"version"} & differing or codec.guards(differing))
    actions = tuple(_action(codec, name, after.get(name)) for name in sorted(differing))
    return Step(Act.UPDATE, codec.table(*codec.key_in(before)), unchanged, write.refusal or _changed(), place, actions)


def _counting_sign_up(place: int, write: CountSignUp) -> Step:
    from chalicelib.storage.stores.invites import Invites

    return Step(Act.UPDATE, Invites(write.partner_id), place=place, actions=(Invites.sign_ups.add(1),))


def _counting_night(place: int, write: CountNight) -> Step:
    """Every number is added to, if by 0, so that the item is whole from its first account on."""
    from chalicelib.storage.stores.nightly_runs import NightlyRuns

    added = {"settled": write.settled, "bonuses": write.bonuses, "failures": 0}
    attributes = NightlyRuns.get_attributes()
    actions = tuple(attributes[name].add(number) for name, number in added.items())
    return Step(Act.UPDATE, NightlyRuns(write.date, write.partner_id), place=place, actions=actions)


def _closing_night(place: int, write: CloseNight) -> Step:
    from chalicelib.storage.stores.nightly_runs import NightlyRuns

    actions = (
        NightlyRuns.done_at.set(write.done_at),
        *(each.add(0) for each in (NightlyRuns.settled, NightlyRuns.bonuses)),
    )
    return Step(
        Act.UPDATE,
        NightlyRuns(write.date, write.partner_id),
        NightlyRuns.done_at.does_not_exist(),
        write.refusal or Conflict("This night is over already."),
        place,
        (*actions, NightlyRuns.failures.set(write.failures)),
    )


def _marking_settled(place: int, write: MarkSettled) -> Step:
    from chalicelib.storage.stores.partners import Partners

    item, there = Partners(write.partner_id), Partners.partner_id.exists()
    return Step(Act.UPDATE, item, there, _changed(), place, (Partners.settled_on.set(write.settled_on),))


_MAKERS: dict[type[Any], Callable[[int, Any], Step | None]] = {
    Insert: _inserting,
    Put: _putting,
    Remove: _removing,
    Replace: _replacing,
    CountSignUp: _counting_sign_up,
    CountNight: _counting_night,
    CloseNight: _closing_night,
    MarkSettled: _marking_settled,
}


def _action(codec: Codec[Any], name: str, value: Any) -> Action:
    attribute = codec.table.get_attributes()[name]
    return attribute.remove() if value is None else attribute.set(value)


def _unchanged(codec: Codec[Any], before: Mapping[str, Any], guards: Iterable[str]) -> Condition:
    """The item is there, and these attributes are what was read."""
    condition: Condition = keys(codec.table, None)[0].exists()
    for name in sorted(guards):
        attribute = codec.table.get_attributes()[name]
        condition &= attribute == before[name] if name in before else attribute.does_not_exist()
    return condition


def _changed() -> Changed:
    return Changed("Somebody else changed this at the same moment. Read it again and repeat your change.")
