"""Every text field of every body and query has a rule, and the rule is kept at the edge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from unicodedata import normalize

import msgspec
import pytest

from app import app
from chalicelib.api.http.operation import Body
from chalicelib.api.http.text_fields import Brief, Organization
from chalicelib.api.http.text_values import RULE, checked, plan_of
from chalicelib.domain.kernel.errors import Invalid
from infra.openapi import document

if TYPE_CHECKING:
    from collections.abc import Iterator

OPERATIONS = document.operations(app.routes)
KINDS = {
    kind.__name__: kind
    for operation in OPERATIONS
    for kind in (operation.signature.body, operation.signature.query)
    if kind is not None
}


def texts(info: msgspec.inspect.Type, path: str, *, ruled: bool = False) -> Iterator[tuple[str, bool]]:
    """Every place of a type where text may stand, and whether there is a rule for it."""
    if isinstance(info, msgspec.inspect.Metadata):
        yield from texts(info.type, path, ruled=ruled or RULE in (info.extra or {}))
    elif isinstance(info, msgspec.inspect.StrType):
        yield path, ruled or info.pattern is not None
    elif isinstance(info, msgspec.inspect.UnionType):
        for item in info.types:
            yield from texts(item, path, ruled=ruled)
    else:
        for inner, place in below(info):
            yield from texts(inner, path + place)


def below(info: msgspec.inspect.Type) -> Iterator[tuple[msgspec.inspect.Type, str]]:
    """The types inside a type, and where; of one that says nothing of itself, text."""
    if isinstance(info, msgspec.inspect.StructType):
        yield from ((field.type, f".{field.encode_name}") for field in info.fields)
    if isinstance(info, (msgspec.inspect.AnyType, msgspec.inspect.RawType)):
        yield msgspec.inspect.StrType(), ""
    inner = {"item_type": "[]", "key_type": ".*", "value_type": ".*"}
    yield from ((getattr(info, name), place) for name, place in inner.items() if hasattr(info, name))


def without_rule(kind: Any) -> list[str]:
    return [path for path, ruled in texts(msgspec.inspect.type_info(kind), kind.__name__) if not ruled]


class Careless(Body):
    name: str
    names: list[str] = msgspec.field(default_factory=list)
    existing: Organization = ""
    words: dict[str, str] = msgspec.field(default_factory=dict)
    code: Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$")] | None = None


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_text_field_has_a_rule(name: str) -> None:
    assert without_rule(KINDS[name]) == []


def test_a_text_field_without_a_rule_is_noticed() -> None:
    assert without_rule(Careless) == ["Careless.name", "Careless.names[]", "Careless.words.*", "Careless.words.*"]


def test_the_walk_sees_the_product_s_text_fields() -> None:
    """So many are there at least; none found would pass the test above too."""
    assert sum(1 for kind in KINDS.values() for _ in texts(msgspec.inspect.type_info(kind), "")) > 60


class Inner(Body):
    brief: Brief = "x"


class Outer(Body):
    organization: Organization
    inner: Inner
    more: list[Organization] = msgspec.field(default_factory=list)
    maybe: Organization | msgspec.UnsetType | None = msgspec.UNSET


def test_texts_are_kept_in_one_normalization_form_wherever_they_stand() -> None:
    apart = normalize("NFD", "Café")
    outer = checked(Outer(organization=apart, inner=Inner(brief=apart), more=[apart, apart], maybe=apart))
    assert outer == Outer(organization="Café", inner=Inner(brief="Café"), more=["Café", "Café"], maybe="Café")
    assert checked(Outer(organization="a", inner=Inner(), maybe=None)).maybe is None


def test_everything_that_breaks_a_rule_is_told_with_its_place() -> None:
    with pytest.raises(Invalid) as refusal:
        checked(Outer(organization="\u200b", inner=Inner(brief="\n"), more=["a", "a\0b"]))
    assert [error.pointer for error in refusal.value.errors] == ["/organization", "/inner/brief", "/more/1"]


def test_a_type_without_text_costs_nothing() -> None:
    class Numbers(Body):
        count: int = 1

    assert not plan_of(Numbers).has_text
    assert checked(None) is None
