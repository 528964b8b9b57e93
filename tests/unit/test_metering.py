"""What the bench of capacity charges: DynamoDB's published rules, one by one."""

from __future__ import annotations

import pytest

from bench.metering import Index, Item, Table, read, read_units, size, written

SMALL: Item = {"id": {"S": "a"}}
LARGE: Item = {"id": {"S": "a"}, "text": {"S": "x" * 1500}}
NO_INDEX = Table("things", (), lambda _: None)
INDEXED = Table("things", (Index(("owner", "due")),), lambda _: None)
NARROW = Table("things", (Index(("owner", "due"), ("status",)),), lambda _: None)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"name": {"S": "Zoë"}}, 4 + 4),
        ({"n": {"N": "12345"}}, 1 + 4),
        ({"n": {"N": "100"}}, 1 + 2),
        ({"yes": {"BOOL": True}}, 3 + 1),
        ({"set": {"SS": ["ab", "c"]}}, 3 + 3),
        ({"list": {"L": [{"S": "ab"}, {"S": "c"}]}}, 4 + 3 + 2 + 3),
        ({"map": {"M": {"k": {"S": "v"}}}}, 3 + 3 + 1 + 1 + 1),
    ],
)
def test_an_item_is_as_large_as_its_names_and_values(item: Item, expected: int) -> None:
    assert size(item) == expected


@pytest.mark.parametrize(
    ("length", "consistent", "units"),
    [(0, True, 1), (4096, True, 1), (4097, True, 2), (4097, False, 1), (10, False, 0.5)],
)
def test_a_read_is_charged_by_four_kilobytes_and_half_if_it_may_be_stale(
    length: int, consistent: bool, units: float
) -> None:
    assert read_units(length, consistent) == units


def test_a_query_is_charged_for_what_it_looked_at_and_not_for_what_a_filter_let_through() -> None:
    answer = {"Items": [LARGE] * 2, "Count": 2, "ScannedCount": 20}
    assert read("Query", {}, answer) == (20, 4)


def test_a_write_is_charged_by_the_larger_of_before_and_after_and_twice_in_a_transaction() -> None:
    assert written(NO_INDEX, LARGE, SMALL, times=1) == 2
    assert written(NO_INDEX, None, SMALL, times=2) == 2


def test_an_index_is_charged_once_for_a_change_twice_for_a_move_and_not_at_all_for_nothing() -> None:
    here: Item = {**SMALL, "owner": {"S": "o"}, "due": {"S": "1"}}
    assert written(INDEXED, SMALL, SMALL, times=1) == 1
    assert written(INDEXED, None, here, times=1) == 2
    assert written(INDEXED, here, here, times=1) == 1
    assert written(INDEXED, here, {**here, "text": {"S": "x"}}, times=1) == 2
    assert written(INDEXED, here, {**here, "due": {"S": "2"}}, times=1) == 3
    assert written(INDEXED, here, SMALL, times=1) == 2


def test_an_index_that_has_some_attributes_is_written_where_one_of_them_changes() -> None:
    before = {"owner": {"S": "a"}, "due": {"S": "1"}, "status": {"S": "O"}, "note": {"S": "x"}}
    assert written(NARROW, before, {**before, "note": {"S": "y"}}, 1) == 1
    assert written(NARROW, before, {**before, "status": {"S": "C"}}, 1) == 2
    assert written(NARROW, before, {**before, "due": {"S": "2"}}, 1) == 3
    assert written(NARROW, None, before, 1) == 2
