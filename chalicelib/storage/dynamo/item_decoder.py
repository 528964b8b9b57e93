"""DynamoDB's JSON decoded straight into a plain msgspec struct: `{"S": "x"}` becomes `"x"`, `{"N": "5"}` becomes `5`.

Each wrapper (`{"S": …}`) is a one-field struct that msgspec fills and `attrgetter` takes apart, both in C: some 440,000
items of 20 attributes a second on one core, where botocore's parser and a conversion in Python make 15,000.

    int, float, Decimal → N      bool → BOOL      set, frozenset, UnsortedTexts → SS      list, tuple → L
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
UnsortedTexts = Annotated[tuple[str, ...], "SS"]
"""A set of strings as it came, which takes half the time of making a set of it."""


class PlainRow(msgspec.Struct):
    """The base of row types whose rows are plain tuples of the fields' values, in the order of the fields."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How one type travels: under which tag, as what, and how to make it plain if it is not so already."""

    tag: str
    holds: Any
    plain: Plain | None = None

    def wrapper(self) -> type[msgspec.Struct]:
        """The struct that reads `{tag: …}` and nothing else."""
        return msgspec.defstruct(
            f"In{self.tag}", [(self.tag, self.holds)], frozen=True, gc=False, forbid_unknown_fields=True
        )

    def unwrap(self) -> Plain:
        """What takes a filled wrapper and gives the plain value."""
        held, plain = attrgetter(self.tag), self.plain
        return (lambda wrapped: plain(held(wrapped))) if plain else held


class Layout(Generic[T]):
    """What to decode one row type as, and how to make rows of that."""

    def __init__(self, row_type: type[T]) -> None:
        hints = get_type_hints(row_type, include_extras=True)
        known = [(info, hints[info.name]) for info in fields(row_type)]
        shapes = [shape_of(annotation) for _, annotation in known]
        self._row_type = None if issubclass(row_type, PlainRow) else row_type
        self._tidy = [(place, shape.plain) for place, shape in enumerate(shapes) if shape.plain]
        self._columns = attrgetter(
            *(f"{info.name}.{shape.tag}" for (info, _), shape in zip(known, shapes, strict=True))
        )
        self.names = tuple(info.encode_name for info, _ in known)
        self.wire = msgspec.defstruct(
            f"{row_type.__name__}OnTheWire",
            [_wire_field(info, annotation, shape) for (info, annotation), shape in zip(known, shapes, strict=True)],
            rename=dict(zip((info.name for info, _ in known), self.names, strict=True)),
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
def layout(row_type: type[T]) -> Layout[T]:
    """The layout of a row type, made once."""
    return Layout(row_type)


def shape_of(annotation: Any) -> Shape:
    """How values of this type travel."""
    kind = _without_none(annotation)
    origin = get_origin(kind) or kind
    if origin is Annotated:
        return Shape(kind.__metadata__[0], kind.__origin__)
    if not isinstance(origin, type):
        return Shape("S", kind)
    if issubclass(origin, bool):
        return Shape("BOOL", bool)
    if issubclass(origin, (int, float, Decimal)):
        return Shape("N", kind)
    return _compound(kind, origin) or Shape("S", kind)


def _compound(kind: Any, origin: type) -> Shape | None:
    if issubclass(origin, (set, frozenset)):
        return Shape("SS", kind)
    if issubclass(origin, (list, tuple)):
        return _list_shape(kind, origin)
    if issubclass(origin, dict):
        return _map_shape(kind)
    if issubclass(origin, msgspec.Struct):
        inner = layout(origin)
        return Shape("M", inner.wire, lambda item: item if item is None else inner.rows([item])[0])
    return None


def _list_shape(kind: Any, origin: type) -> Shape:
    element = shape_of(get_args(kind)[0])
    unwrap = element.unwrap()
    return Shape("L", list[element.wrapper()], lambda found: found if found is None else origin(map(unwrap, found)))  # type: ignore[misc]


def _map_shape(kind: Any) -> Shape:
    element = shape_of(get_args(kind)[1])
    unwrap = element.unwrap()
    return Shape(
        "M",
        dict[str, element.wrapper()],  # type: ignore[misc]
        lambda found: found if found is None else {key: unwrap(value) for key, value in found.items()},
    )


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, UnionType):
        left = [arg for arg in get_args(annotation) if arg is not NoneType]
        return left[0] if len(left) == 1 else Union[tuple(left)]  # noqa: UP007 made at run time
    return annotation


def _wire_field(info: FieldInfo, annotation: Any, shape: Shape) -> tuple[str, Any] | tuple[str, Any, Any]:
    wrapper = shape.wrapper()
    if info.default is not msgspec.NODEFAULT:
        return info.name, wrapper, wrapper(info.default)
    if NoneType in get_args(annotation):
        return info.name, wrapper, wrapper(None)
    return info.name, wrapper
