"""How a kind of thing is stored: the one mapping between a domain object and the attributes of its row.

A mapper names the table, says which attributes a thing has (`attributes`), and makes the thing of a row (`from_row`).
`dataclass_mapper` writes both for a dataclass whose fields are the table's attributes:

    CLAIM = dataclass_mapper(UsernameClaim, Usernames)
    DEPARTURE = dataclass_mapper(Departure, Departures, derive=lambda item: {"departure": departure_key(item)})
    ENTRY = dataclass_mapper(AuditEntry, Audit, json={"changes": tuple[FieldChange, ...]}, write_once_id=True)

To keep another kind of thing: its model and its mapper beside its store, in a file named as the thing's own; then the
transaction writer writes it and `Reader` reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from chalicelib.storage.dynamo.attributes import nothing, value_type
from chalicelib.storage.dynamo.query import keys

if TYPE_CHECKING:
    from pynamodb.models import Model

E = TypeVar("E")
Attributes = Mapping[str, Any]
"""Values by attribute name; None and an empty collection are not stored."""
_EMPTY: tuple[Any, ...] = (None, (), frozenset())


@dataclass(frozen=True, slots=True)
class Mapper(Generic[E]):
    """How one kind of thing is stored."""

    entity_type: type[E]
    table: type[Model]
    attributes: Callable[[E], Attributes]
    from_row: Callable[[Any], E]
    """Makes the thing of a row, which has the model's attributes."""
    write_once_id: bool = False
    """Whether each gets an id nobody else can have made, so that finding it proves that its change was written."""
    unversioned: frozenset[str] = frozenset()
    """Attributes that are written without moving the version."""
    own: frozenset[str] = frozenset()
    """Attributes that hold the thing's own fields, where they are known: what else is stored is derived from them."""

    def guards(self, names: Iterable[str]) -> frozenset[str]:
        """Return the attributes among these that tell whether a thing is still what was read.

        What is derived tells nothing more, and another release may have derived it otherwise.
        """
        return frozenset(names) & self.own or frozenset(names)

    def stored(self, entity: E) -> dict[str, Any]:
        """Return the attributes as they are stored."""
        return {name: _listed(value) for name, value in self.attributes(entity).items() if value not in _EMPTY}

    def key(self, entity: E) -> tuple[Any, ...]:
        """Return the key of its item."""
        return self.key_in(self.attributes(entity))

    def key_in(self, attributes: Attributes) -> tuple[Any, ...]:
        """Return the key among these attributes."""
        return tuple(attributes[key.attr_name] for key in keys(self.table, None) if key is not None)

    def entity_of(self, item: Model) -> E:
        """Return the thing that was read as a model."""
        return self.from_row(row_type(self.table)(**item.attribute_values))


def _listed(value: Any) -> Any:
    """Return a tuple as a list, because PynamoDB takes anything else on a list attribute for one element."""
    return list(value) if isinstance(value, tuple) else value


@cache
def row_type(table: type[Model]) -> type[msgspec.Struct]:
    """Return a row of the table as the page reader reads it: the model's attributes with their plain Python types."""
    attributes = sorted(table.get_attributes().items(), key=lambda item: bool(item[1].null))
    return msgspec.defstruct(
        f"{table.__name__}Row",
        [
            (name, value_type(entry) | None if nothing(entry) is None else value_type(entry), nothing(entry))
            if entry.null
            else (name, value_type(entry))
            for name, entry in attributes
        ],
        rename={name: entry.attr_name for name, entry in attributes},
        frozen=True,
        gc=False,
    )


def common_fields(entity_type: type[Any], table: type[Model], *, apart: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the fields that are stored as they are: those that the table has attributes of, less `apart`."""
    return tuple(
        item.name for item in fields(entity_type) if item.name in table.get_attributes() and item.name not in apart
    )


def dataclass_mapper(
    entity_type: type[E],
    table: type[Model],
    *,
    derive: Callable[[E], Attributes] = lambda _: {},
    json: Mapping[str, Any] | None = None,
    write_once_id: bool = False,
    former: Mapping[str, Mapping[str, str]] | None = None,
) -> Mapper[E]:
    """Return the mapper of a dataclass whose fields are the table's attributes.

    `derive` gives what is stored besides, such as keys; `json` names fields kept as JSON text, with their types;
    `former` gives, by field, what older rows have for a word of today.
    """
    existing = fields(entity_type)  # type: ignore[arg-type]
    names = [item.name for item in existing]
    defaulted = {item.name for item in existing if item.default is not MISSING or item.default_factory is not MISSING}
    as_json = json or {}

    def attributes(entity: E) -> dict[str, Any]:
        plain = {name: getattr(entity, name) for name in names}
        return {**plain, **{name: _json_text(plain[name]) for name in as_json}, **derive(entity)}

    def from_row(row: Any) -> E:
        values = {name: getattr(row, name) for name in names}
        renamed = {name: words.get(values[name], values[name]) for name, words in (former or {}).items()}
        read = values | renamed | {name: _from_json(values[name], as_json[name]) for name in as_json}
        return entity_type(**{name: read[name] for name in read if read[name] is not None or name not in defaulted})

    return Mapper(entity_type, table, attributes, from_row, write_once_id=write_once_id, own=frozenset(names))


def _json_text(value: Any) -> str | None:
    return None if value in _EMPTY else msgspec.json.encode(value).decode()


def _from_json(text: str | None, kind: Any) -> Any:
    return None if text is None else msgspec.json.decode(text, type=kind)
