"""Whatever is wrong with a value is said in a sentence, at its place."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

import msgspec
import pytest
from msgspec import UNSET, Meta, UnsetType

from chalicelib.api.http.operation import Body
from chalicelib.api.http.validation_messages import sentence
from chalicelib.domain.accounts.plans import Plan


class Inner(Body):
    name: str
    size: Annotated[float, Meta(gt=0, lt=10)] = 1.0


class Outer(Body):
    inner: Inner | None = None
    many: list[Inner] = msgspec.field(default_factory=list)
    named: dict[str, Inner] = msgspec.field(default_factory=dict)
    plan: Plan | UnsetType | None = UNSET
    kind: Literal["csv", "pdf"] = "csv"
    formats: Annotated[list[Plan], Meta(min_length=1, max_length=2)] | UnsetType = UNSET
    day: date | None = None
    at: datetime | None = None
    aware: Annotated[datetime, Meta(tz=True)] | None = None
    word: Annotated[str, Meta(pattern="^[a-z]+$")] = "a"
    flag: bool = False
    number: Annotated[int, Meta(ge=1, le=9)] = 1


def words(body: Any) -> tuple[str, str]:
    with pytest.raises(msgspec.ValidationError) as refused:
        msgspec.json.decode(msgspec.json.encode(body), type=Outer)
    reported = sentence(refused.value, Outer)
    return reported.pointer, reported.detail


@pytest.mark.parametrize(
    ("body", "pointer", "detail"),
    [
        ({"inner": {}}, "/inner/name", "This is required."),
        ({"inner": {"name": None}}, "/inner/name", "This must be text."),
        ({"inner": []}, "/inner", "This must be an object or null."),
        ({"inner": {"name": "a", "nome": 1}}, "/inner/nome", "There is no such name here. Allowed: name, size."),
        ({"many": [{"name": "a"}, {"name": 2}]}, "/many/1/name", "This must be text."),
        ({"many": {}}, "/many", "This must be a list."),
        ({"many": [{"name": "a", "x": 1}]}, "/many/0/x", "There is no such name here. Allowed: name, size."),
        ({"named": {"k": {"name": 1}}}, "/named/name", "This must be text."),
        (
            {"plan": "gold"},
            "/plan",
            "'gold' is not one of: trial, lite, standard, premium. Capital and small letters differ.",
        ),
        ({"plan": 1}, "/plan", "This must be text or null."),
        ({"kind": "xls"}, "/kind", "'xls' is not one of: csv, pdf. Capital and small letters differ."),
        ({"formats": []}, "/formats", "This must have at least 1 item."),
        ({"formats": ["lite"] * 3}, "/formats", "This must have at most 2 items."),
        (
            {"formats": ["x"]},
            "/formats/0",
            "'x' is not one of: trial, lite, standard, premium. Capital and small letters differ.",
        ),
        ({"day": "5.11.2026"}, "/day", "A date is written like 2026-11-05."),
        ({"at": "today"}, "/at", "An instant is written like 2026-11-05T12:30:00Z."),
        ({"aware": "2026-11-05T12:30:00"}, "/aware", "An instant is written like 2026-11-05T12:30:00Z."),
        ({"inner": {"name": "a", "size": 0}}, "/inner/size", "This must be more than 0.0."),
        ({"inner": {"name": "a", "size": 10}}, "/inner/size", "This must be less than 10.0."),
        ({"number": 0}, "/number", "This must be at least 1."),
        ({"number": 10}, "/number", "This must be at most 9."),
        ({"number": 1.5}, "/number", "This must be a whole number."),
        ({"flag": "yes"}, "/flag", "This must be true or false."),
        ([], "", "This must be an object."),
        ({"a`b": 1}, "/a`b", "There is no such name here. Allowed: " + ", ".join(Outer.__struct_fields__) + "."),
    ],
)
def test_what_is_wrong_is_said_at_its_place(body: Any, pointer: str, detail: str) -> None:
    assert words(body) == (pointer, detail)


def test_what_has_no_sentence_of_its_own_is_told_as_it_is() -> None:
    pointer, detail = words({"word": "A1"})
    assert pointer == "/word"
    assert detail.endswith(".")
    assert "^[a-z]+$" in detail
