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


class Everything(msgspec.Struct):
    text: str
    number: int
    money: Decimal
    flag: bool
    words: frozenset[str]
    plan: Plan
    letter: Literal["O", "T"]
    day: date


class Sparse(msgspec.Struct):
    text: str | None
    number: int = 7
    words: frozenset[str] | None = None


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
            plan=Plan.LITE,
            letter="O",
            day=date(2026, 11, 5),
        )
    ]


def test_an_absent_attribute_is_its_default_or_none() -> None:
    assert read(Sparse, {}) == [Sparse(None, 7, None)]


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
            },
        )
    )
)
def test_any_item_reads_as_boto3_reads_it(items: list[dict[str, Any]]) -> None:
    wire = [{key: TypeSerializer().serialize(value) for key, value in item.items()} for item in items]
    read_by_boto3 = [{key: TypeDeserializer().deserialize(value) for key, value in item.items()} for item in wire]
    for row, expected in zip(read(Sparse, *wire), read_by_boto3, strict=True):
        assert (row.text, row.number) == (expected.get("text"), expected.get("number", 7))
        assert row.words == expected.get("words")


@pytest.mark.parametrize("annotation", [list[str], tuple[str, ...], dict[str, int], One])
def test_lists_and_maps_are_refused_which_no_streamed_table_has(annotation: Any) -> None:
    with pytest.raises(TypeError, match="read its table by PynamoDB"):
        row_decoder(msgspec.defstruct("Row", [("column", annotation)]))
