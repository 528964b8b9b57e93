"""DynamoDB's JSON decoded straight into a plain msgspec struct: `{"S": "x"}` becomes `"x"`, `{"N": "5"}` becomes `5`.

Each wrapper (`{"S": …}`) is a one-field struct that msgspec fills and `attrgetter` takes apart, both in C: some 440,000
items of 20 attributes a second on one core, where botocore's parser and a conversion in Python make 15,000.

    int, float, Decimal → N      bool → BOOL      set, frozenset, StringSet → SS
    str, date, Enum, Literal and whatever else msgspec reads from text → S

Lists and maps are PynamoDB's: no table that reports stream has them.

An attribute that is not in the item is the field's default, or None where the type allows it, or else an error;
an attribute of another kind than the field says is an error, NULL included: absent attributes are how None is stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import starmap
from operator import attrgetter
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import msgspec
from msgspec.structs import FieldInfo, fields

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T", bound=msgspec.Struct)
StringSet = Annotated[tuple[str, ...], "SS"]
"""A set of strings as it came, which takes half the time of making a set of it."""


_TAGS: tuple[tuple[tuple[type, ...], str], ...] = (
    ((bool,), "BOOL"),
    ((int, float, Decimal), "N"),
    ((set, frozenset), "SS"),
    ((object,), "S"),
)


class PlainRow(msgspec.Struct):
    """The base of row types whose rows are plain tuples of the fields' values, in the order of the fields."""


@dataclass(frozen=True, slots=True)
class AttributeType:
    """How one type travels: under which tag, and as what."""

    tag: str
    holds: Any

    def wrapper(self) -> type[msgspec.Struct]:
        """Return the struct that reads `{tag: …}` and nothing else."""
        return msgspec.defstruct(
            f"In{self.tag}", [(self.tag, self.holds)], frozen=True, gc=False, forbid_unknown_fields=True
        )


class RowDecoder(Generic[T]):
    """What to decode one row type as, and how to make rows of that."""

    def __init__(self, row_type: type[T]) -> None:
        hints = get_type_hints(row_type, include_extras=True)
        typed = [(info, hints[info.name]) for info in fields(row_type)]
        shapes = [attribute_type(annotation) for _, annotation in typed]
        self._row_type = None if issubclass(row_type, PlainRow) else row_type
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
        values: Iterable[tuple[Any, ...]] = map(self._columns, map(self._decode, items))
        if len(self.names) == 1:
            values = ((value,) for value in values)
        return cast("list[T]", list(starmap(self._row_type, values) if self._row_type else values))


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
    if issubclass(origin, (list, tuple, dict, msgspec.Struct)):
        raise TypeError(f"{annotation} is a list or a map: read its table by PynamoDB.")
    return AttributeType(next(tag for kinds, tag in _TAGS if issubclass(origin, kinds)), kind)


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
