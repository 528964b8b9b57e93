"""Describes schemas: by the docstrings of classes and of their fields, which stand in the source alone, and by
fields.toml where a name means the same everywhere."""

from __future__ import annotations

import ast
import sys
import tomllib
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Json = dict[str, Any]
FIELDS: dict[str, Json] = tomllib.loads(Path(__file__).with_name("fields.toml").read_text())
"""Name of a field or parameter → its `text`, and an `example` where it has no type that says enough."""


def described(name: str, schema: Json, kind: type | None) -> Json:
    """Return a component's schema with a description of itself and of each of its properties."""
    texts = field_texts(kind) if kind else {}
    properties = {
        field: {**value, **_description(texts.get(field), field, value)}
        for field, value in schema.get("properties", {}).items()
    }
    own = class_text(kind) if kind else schema.get("description", "")
    return {
        **schema,
        "title": name,
        **({"description": own} if own else {}),
        **({"properties": properties} if properties else {}),
    }


def parameter_text(name: str) -> str:
    """Return what fields.toml says of a parameter."""
    text: str = FIELDS.get(name, {}).get("text", "")
    return text


def _description(text: str | None, field: str, schema: Json) -> Json:
    """Return what the field means, then the rule that its type adds."""
    parts = [text or parameter_text(field), _rule_text(schema)]
    joined = " ".join(dict.fromkeys(part for part in parts if part))
    return {"description": joined} if joined else {}


def _rule_text(schema: Json) -> str:
    variants = [schema, *schema.get("anyOf", ())]
    return next((item["description"] for item in variants if "description" in item), "")


def class_text(kind: type) -> str:
    """Return a class's own docstring as one line, with its members' where it is an enumeration that explains them."""
    text = " ".join(((_declaration(kind) and ast.get_docstring(_declaration(kind))) or "").split())
    members = [f"`{member}`: {meaning}" for member, meaning in _member_texts(kind)]
    return " ".join([text, *members]).strip()


def _member_texts(kind: type) -> Iterator[tuple[str, str]]:
    if issubclass(kind, str):
        for name, text in _texts(kind).items():
            yield kind[name].value, text  # type: ignore[index]


@cache
def field_texts(kind: type) -> dict[str, str]:
    """Return the docstrings under the fields of a class and of its bases."""
    ours = [base for base in reversed(kind.__mro__) if base.__module__.startswith("chalicelib.")]
    return {name: text for base in ours for name, text in _texts(base).items()}


def _texts(kind: type) -> dict[str, str]:
    return {
        _name(field): " ".join(text.value.value.split())
        for field, text in pairwise(_declaration(kind).body)
        if isinstance(field, (ast.Assign, ast.AnnAssign))
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }


def _name(field: ast.Assign | ast.AnnAssign) -> str:
    target = field.target if isinstance(field, ast.AnnAssign) else field.targets[0]
    return ast.unparse(target)


def _declaration(kind: type) -> ast.ClassDef:
    return _classes(kind.__module__)[kind.__name__]


@cache
def _classes(module: str) -> dict[str, ast.ClassDef]:
    source = Path(str(sys.modules[module].__file__)).read_text()
    return {node.name: node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)}


def named_types(kinds: Iterable[Any]) -> dict[str, type]:
    """Return the structs and enumerations that these types are made of, by the names that components have."""
    found: dict[str, type] = {}
    for info in msgspec.inspect.multi_type_info(list(kinds)):
        _collect(info, found)
    return found


def _collect(info: msgspec.inspect.Type, found: dict[str, type]) -> None:
    kind = getattr(info, "cls", None)
    if isinstance(kind, type) and found.get(kind.__name__) is kind:
        return
    if isinstance(kind, type):
        found[kind.__name__] = kind
    for inner in _inside(info):
        _collect(inner, found)


def _inside(info: msgspec.inspect.Type) -> Iterator[msgspec.inspect.Type]:
    if isinstance(info, msgspec.inspect.StructType):
        yield from (field.type for field in info.fields)
    yield from getattr(info, "types", ())
    yield from getattr(info, "item_types", ())
    yield from (item for name in ("type", "item_type", "value_type") if (item := getattr(info, name, None)))
