"""DynamoDB's JSON decoded straight into a plain msgspec struct: `{"S": "x"}` becomes `"x"`, `{"N": "5"}` becomes `5`.

Each wrapper (`{"S": …}`) is a one-field struct that msgspec fills and `attrgetter` takes apart, both in C: some 440,000
items of 20 attributes a second on one core, where botocore's parser and a conversion in Python make 15,000.

    int, float, Decimal → N      bool → BOOL      set, frozenset, StringSet → SS      list, tuple → L
    dict, Struct → M             str, date, Enum, Literal and whatever else msgspec reads from text → S

An attribute that is not in the item is the field's default, or None where the type allows it, or else an error;
an attribute of another kind than the field says is an error, NULL included: absent attributes are how None is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import starmap
from operator import attrgetter
from types import NoneType, UnionType
from typing import Annotated, Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec.structs import FieldInfo, fields

T = TypeVar("T", bound=msgspec.Struct)
Plain = Callable[[Any], Any]
StringSet = Annotated[tuple[str, ...], "SS"]
"""A set of strings as it came, which takes half the time of making a set of it."""


class PlainRow(msgspec.Struct):
    """The base of row types whose rows are plain tuples of the fields' values, in the order of the fields."""


@dataclass(frozen=True, slots=True)
class AttributeType:
    """How one type travels: under which tag, as what, and how to make it plain if it is not so already."""

    tag: str
    holds: Any
    plain: Plain | None = None

    def wrapper(self) -> type[msgspec.Struct]:
        """Return the struct that reads `{tag: …}` and nothing else."""
        return msgspec.defstruct(
            f"In{self.tag}", [(self.tag, self.holds)], frozen=True, gc=False, forbid_unknown_fields=True
        )

    def unwrap(self) -> Plain:
        """Return what takes a filled wrapper and gives the plain value."""
        held, plain = attrgetter(self.tag), self.plain
        return (lambda wrapped: plain(held(wrapped))) if plain else held


class RowDecoder(Generic[T]):
    """What to decode one row type as, and how to make rows of that."""

    def __init__(self, row_type: type[T]) -> None:
        hints = get_type_hints(row_type, include_extras=True)
        typed = [(info, hints[info.name]) for info in fields(row_type)]
        shapes = [attribute_type(annotation) for _, annotation in typed]
        self._row_type = None if issubclass(row_type, PlainRow) else row_type
        self._tidy = [(place, shape.plain) for place, shape in enumerate(shapes) if shape.plain]
        self._columns = attrgetter(
            *(f"{info.name}.{shape.tag}" for (info, _), shape in zip(typed, shapes, strict=True))
        )
        self.names = tuple(info.encode_name for info, _ in typed)
        self.wire = msgspec.defstruct(
            f"{row_type.__name__}OnTheWire",
            [_wire_field(info, annotation, shape) for (info, annotation), shape in zip(typed, shapes, strict=True)],
            rename=dict(zip((info.name for info, _ in typed), self.names, strict=True)),
            frozen=True,
            gc=False,
            kw_only=True,
        )
        self._decode = msgspec.json.Decoder(self.wire, strict=False).decode

    def read(self, items: Iterable[msgspec.Raw]) -> list[T]:
        """Rows of items as they came; each item's wrappers are gone before the next is read."""
        return self.rows(map(self._decode, items))

    def rows(self, items: Iterable[Any]) -> list[Any]:
        """Rows of decoded items."""
        values: Iterable[tuple[Any, ...]] = map(self._columns, items)
        if len(self.names) == 1:
            values = ((value,) for value in values)
        if self._tidy:
            values = map(self._tidied, values)
        return list(starmap(self._row_type, values) if self._row_type else values)

    def _tidied(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        row = list(values)
        for place, plain in self._tidy:
            row[place] = plain(row[place])
        return tuple(row)


@cache
def row_decoder(row_type: type[T]) -> RowDecoder[T]:
    """Return the layout of a row type, made once."""
    return RowDecoder(row_type)


def attribute_type(annotation: Any) -> AttributeType:
    """Return how values of this type travel."""
    kind = _without_none(annotation)
    origin = get_origin(kind) or kind
    if origin is Annotated:
        return AttributeType(kind.__metadata__[0], kind.__origin__)
    if not isinstance(origin, type):
        return AttributeType("S", kind)
    if issubclass(origin, bool):
        return AttributeType("BOOL", bool)
    if issubclass(origin, (int, float, Decimal)):
        return AttributeType("N", kind)
    return _compound(kind, origin) or AttributeType("S", kind)


def _compound(kind: Any, origin: type) -> AttributeType | None:
    if issubclass(origin, (set, frozenset)):
        return AttributeType("SS", kind)
    if issubclass(origin, (list, tuple)):
        return _list_shape(kind, origin)
    if issubclass(origin, dict):
        return _map_shape(kind)
    if issubclass(origin, msgspec.Struct):
        inner = row_decoder(origin)
        return AttributeType("M", inner.wire, lambda item: item if item is None else inner.rows([item])[0])
    return None


def _list_shape(kind: Any, origin: type) -> AttributeType:
    element = attribute_type(get_args(kind)[0])
    unwrap = element.unwrap()
    wrapper: Any = list[element.wrapper()]  # type: ignore[misc]
    return AttributeType("L", wrapper, lambda found: found if found is None else origin(map(unwrap, found)))


def _map_shape(kind: Any) -> AttributeType:
    element = attribute_type(get_args(kind)[1])
    unwrap = element.unwrap()
    return AttributeType(
        "M",
        dict[str, element.wrapper()],  # type: ignore[misc]
        lambda found: found if found is None else {key: unwrap(value) for key, value in found.items()},
    )


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, UnionType):
        left = [arg for arg in get_args(annotation) if arg is not NoneType]
        return left[0] if len(left) == 1 else Union[tuple(left)]  # noqa: UP007 made at run time
    return annotation


def _wire_field(info: FieldInfo, annotation: Any, shape: AttributeType) -> tuple[str, Any] | tuple[str, Any, Any]:
    wrapper = shape.wrapper()
    if info.default is not msgspec.NODEFAULT:
        return info.name, wrapper, wrapper(info.default)
    if NoneType in get_args(annotation):
        return info.name, wrapper, wrapper(None)
    return info.name, wrapper
