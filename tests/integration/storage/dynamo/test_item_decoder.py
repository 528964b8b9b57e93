"""DynamoDB's JSON becomes the plain values that boto3's own deserializer would make of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

import msgspec
import pytest
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.storage.dynamo.item_decoder import row_decoder


class Plan(StrEnum):
    LITE = "lite"


class Owner(msgspec.Struct):
    name: str
    email: str | None = None


class Everything(msgspec.Struct):
    text: str
    number: int
    money: Decimal
    flag: bool
    words: frozenset[str]
    listed: list[str]
    counted: tuple[int, ...]
    named: dict[str, int]
    owner: Owner
    owners: list[Owner]
    plan: Plan
    letter: Literal["O", "T"]
    day: date


class Sparse(msgspec.Struct):
    text: str | None
    number: int = 7
    owner: Owner | None = None
    words: frozenset[str] | None = None
    listed: tuple[str, ...] | None = None
    named: dict[str, str] | None = None


class One(msgspec.Struct):
    only: str


class Renamed(msgspec.Struct):
    kind: str = msgspec.field(name="type")


def read(row_type: type[msgspec.Struct], *items: dict[str, Any]) -> list[Any]:
    shape = row_decoder(row_type)
    return shape.read(msgspec.json.decode(msgspec.json.encode(items), type=list[msgspec.Raw]))


def test_every_kind_of_attribute_becomes_a_plain_value() -> None:
    item = {
        "text": {"S": "x"},
        "number": {"N": "-5"},
        "money": {"N": "12.30"},
        "flag": {"BOOL": True},
        "words": {"SS": ["a", "b"]},
        "listed": {"L": [{"S": "a"}]},
        "counted": {"L": [{"N": "1"}, {"N": "2"}]},
        "named": {"M": {"a": {"N": "1"}}},
        "owner": {"M": {"name": {"S": "Ann"}, "other": {"S": "not asked for"}}},
        "owners": {"L": [{"M": {"name": {"S": "Bo"}, "email": {"S": "b@x"}}}]},
        "plan": {"S": "lite"},
        "letter": {"S": "O"},
        "day": {"S": "2026-11-05"},
    }
    assert read(Everything, item) == [
        Everything(
            text="x",
            number=-5,
            money=Decimal("12.30"),
            flag=True,
            words=frozenset("ab"),
            listed=["a"],
            counted=(1, 2),
            named={"a": 1},
            owner=Owner("Ann"),
            owners=[Owner("Bo", "b@x")],
            plan=Plan.LITE,
            letter="O",
            day=date(2026, 11, 5),
        )
    ]


def test_an_absent_attribute_is_its_default_or_none() -> None:
    assert read(Sparse, {}) == [Sparse(None, 7, None, None, None, None)]


def test_an_absent_attribute_that_has_neither_is_an_error() -> None:
    with pytest.raises(msgspec.ValidationError, match="only"):
        read(One, {})


def test_rows_may_have_one_column_or_attributes_of_another_name() -> None:
    assert read(One, {"only": {"S": "x"}}) == [One("x")]
    assert read(Renamed, {"type": {"S": "x"}}) == [Renamed("x")]
    assert row_decoder(Renamed).names == ("type",)


@pytest.mark.parametrize(
    "wrong", [{"N": "1"}, {"NULL": True}, {}, {"S": "x", "N": "1"}, {"S": None}, {"S": 5}, {"BOOL": True}]
)
def test_another_kind_of_attribute_than_the_row_says_is_an_error(wrong: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        read(One, {"only": wrong})


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=50)
@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "text": st.text(),
                "number": st.integers(-(10**18), 10**18),
                "words": st.frozensets(st.text(), min_size=1),
                "listed": st.lists(st.text()),
                "named": st.dictionaries(st.text(), st.text()),
            },
        )
    )
)
def test_any_item_reads_as_boto3_reads_it(items: list[dict[str, Any]]) -> None:
    wire = [{key: TypeSerializer().serialize(value) for key, value in item.items()} for item in items]
    read_by_boto3 = [{key: TypeDeserializer().deserialize(value) for key, value in item.items()} for item in wire]
    for row, expected in zip(read(Sparse, *wire), read_by_boto3, strict=True):
        assert (row.text, row.number, row.named) == (
            expected.get("text"),
            expected.get("number", 7),
            expected.get("named"),
        )
        assert row.words == expected.get("words")
        assert row.listed == (tuple(expected["listed"]) if "listed" in expected else None)
