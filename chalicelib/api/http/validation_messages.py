"""What msgspec says of a wrong value, as a sentence a person can act on, with a JSON pointer to the value."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.domain.kernel.errors import FieldError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PLACE = re.compile(r" - at `\$?(?P<path>[^`]*)`$")
STEP = re.compile(r"\.(?P<name>[^.\[\]]+)|\[(?P<index>\d+|\.\.\.)\]")
KINDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "object": "an object",
    "array": "a list",
    "null": "null",
}


def sentence(error: msgspec.ValidationError, kind: Any) -> FieldError:
    """Return one wrong value of a body or query of this type."""
    message = str(error)
    place = PLACE.search(message)
    steps = [match["name"] or match["index"] for match in STEP.finditer(place["path"] if place else "")]
    message = PLACE.sub("", message)
    for pattern, explain in _SENTENCES:
        match = pattern.fullmatch(message)
        if match:
            more, detail = explain(match, _type_at(kind, steps))
            return FieldError(_pointer([*steps, *more]), detail)
    return FieldError(_pointer(steps), f"{message}.")


def _pointer(steps: Iterable[str]) -> str:
    named = [step for step in steps if step != "..."]
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in named)


def _type_at(kind: Any, steps: list[str]) -> msgspec.inspect.Type:
    at = msgspec.inspect.type_info(kind)
    for step in steps:
        at = _inside(at, step)
    return _plain(at)


def _inside(at: msgspec.inspect.Type, step: str) -> msgspec.inspect.Type:
    at = _plain(at)
    if isinstance(at, msgspec.inspect.StructType):
        return next((field.type for field in at.fields if field.encode_name == step), msgspec.inspect.AnyType())
    return getattr(at, "item_type", None) or getattr(at, "value_type", None) or msgspec.inspect.AnyType()


def _plain(at: msgspec.inspect.Type) -> msgspec.inspect.Type:
    """Without "or null", and without what is only said about the type."""
    if isinstance(at, msgspec.inspect.Metadata):
        return _plain(at.type)
    if isinstance(at, msgspec.inspect.UnionType):
        return _plain(next(item for item in at.types if not isinstance(item, msgspec.inspect.NoneType)))
    return at


PathAndDetail = tuple[list[str], str]


def _unknown(match: re.Match[str], at: msgspec.inspect.Type) -> PathAndDetail:
    names = [field.encode_name for field in at.fields] if isinstance(at, msgspec.inspect.StructType) else []
    allowed = f"Allowed: {', '.join(names)}." if names else "None is allowed here."
    return [match[1]], f"There is no such name here. {allowed}"


def _missing(match: re.Match[str], _: msgspec.inspect.Type) -> PathAndDetail:
    return [match[1]], "This is required."


def _not_a_choice(match: re.Match[str], at: msgspec.inspect.Type) -> PathAndDetail:
    kind = getattr(at, "cls", None)
    values = [str(item.value) for item in kind] if isinstance(kind, type) and issubclass(kind, Enum) else []
    values = values or [str(item) for item in getattr(at, "values", ())]
    return [], f"{match[1]} is not one of: {', '.join(values)}. Capital and small letters differ."


def _wrong_kind(match: re.Match[str], _: msgspec.inspect.Type) -> PathAndDetail:
    kinds = [KINDS.get(item, item) for item in match[1].split(" | ")]
    return [], f"This must be {' or '.join(kinds)}."


def _wrong_length(match: re.Match[str], _: msgspec.inspect.Type) -> PathAndDetail:
    unit = ("character" if match[1] == "str" else "item") + "s" * (match[3] != "1")
    most = "at least" if match[2] == ">=" else "at most"
    return [], f"This must have {most} {match[3]} {unit}."


def _out_of_range(match: re.Match[str], _: msgspec.inspect.Type) -> PathAndDetail:
    words = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}
    return [], f"This must be {words[match[1]]} {match[2]}."


def _fixed(detail: str) -> Callable[[re.Match[str], msgspec.inspect.Type], PathAndDetail]:
    return lambda _match, _at: ([], detail)


_SENTENCES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], msgspec.inspect.Type], PathAndDetail]], ...] = (
    (re.compile(r"Object contains unknown field `(.*)`", re.DOTALL), _unknown),
    (re.compile(r"Object missing required field `(.*)`"), _missing),
    (re.compile(r"Invalid enum value (.*)", re.DOTALL), _not_a_choice),
    (re.compile(r"Expected `(\w+)` of length (>=|<=) (\d+)"), _wrong_length),
    (re.compile(r"Expected `(?:int|float)` (>=|<=|>|<) (\S+)"), _out_of_range),
    (re.compile(r"Expected `(.+)`, got `.+`"), _wrong_kind),
    (re.compile(r"Invalid RFC3339 encoded date"), _fixed("A date is written like 2026-11-05.")),
    (
        re.compile(r"Invalid RFC3339 encoded datetime|Expected `datetime` with a timezone component"),
        _fixed("An instant is written like 2026-11-05T12:30:00Z."),
    ),
    (re.compile(r"Number out of range|Integer value out of range"), _fixed("This number is too large.")),
)
