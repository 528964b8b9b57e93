"""Text fields of bodies and queries: declared with their rules, put into one normalization form, and checked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from chalicelib.domain.kernel.errors import FieldError, Invalid
from chalicelib.domain.kernel.text import normalized
from chalicelib.domain.kernel.text_rules import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.domain.kernel.text_rules import TextRule

T = TypeVar("T")
RULE = "rule"


def ruled(rule: TextRule, description: str | None = None) -> msgspec.Meta:
    """Return what declares a field as text with this rule: `Annotated[str, ruled(ORGANIZATION)]`."""
    return msgspec.Meta(extra={RULE: rule}, extra_json_schema=dict(rule.schema) or None, description=description)


@dataclass(frozen=True, slots=True)
class Plan:
    """Where a type has text, and the rule for it."""

    rule: TextRule | None = None
    fields: tuple[tuple[str, str, Plan], ...] = ()
    """Of a struct, those with text: the attribute, its name in JSON, its plan."""
    items: Plan | None = None
    """Of a list."""

    @property
    def has_text(self) -> bool:
        return bool(self.rule or self.fields or (self.items and self.items.has_text))


def checked(value: T, root: str = "/") -> T:
    """Return a body or query with its texts in Normalization Form C; raises `Invalid` with every rule they break."""
    if value is None:
        return value
    errors: list[FieldError] = []
    kind: Any = type(value)
    tidied: T = _checked(value, plan_of(kind), root, errors)
    Invalid.unless_none(errors)
    return tidied


@cache
def plan_of(kind: Any) -> Plan:
    """Return where a type has text."""
    return _plan(msgspec.inspect.type_info(kind))


def _plan(info: msgspec.inspect.Type, rule: TextRule | None = None) -> Plan:
    if isinstance(info, msgspec.inspect.Metadata):
        return _plan(info.type, (info.extra or {}).get(RULE, rule))
    if isinstance(info, msgspec.inspect.UnionType):
        plans = [_plan(item, rule) for item in info.types]
        return next((plan for plan in plans if plan.has_text), Plan())
    if isinstance(info, msgspec.inspect.StructType):
        return Plan(fields=tuple(_fields(info)))
    items = getattr(info, "item_type", None)
    return Plan(rule if isinstance(info, msgspec.inspect.StrType) else None, items=_plan(items) if items else None)


def _fields(info: msgspec.inspect.StructType) -> Iterator[tuple[str, str, Plan]]:
    for field in info.fields:
        plan = _plan(field.type)
        if plan.has_text:
            yield field.name, field.encode_name, plan


def _checked(value: Any, plan: Plan, pointer: str, errors: list[FieldError]) -> Any:
    if isinstance(value, str) and plan.rule:
        text = value if isinstance(plan.rule, Code) else normalized(value)
        detail = plan.rule.problem(text)
        errors.extend([FieldError(pointer, detail)] if detail else [])
        return text
    if isinstance(value, msgspec.Struct):
        for attribute, name, inner in plan.fields:
            setattr(value, attribute, _checked(getattr(value, attribute), inner, _below(pointer, name), errors))
    elif isinstance(value, (list, tuple)) and plan.items:
        return type(value)(
            _checked(item, plan.items, _below(pointer, str(index)), errors) for index, item in enumerate(value)
        )
    return value


def _below(pointer: str, name: str) -> str:
    return f"{pointer}{name}" if pointer in ("", "/") else f"{pointer}/{name}"
