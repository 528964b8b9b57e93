"""Sorting more rows than are kept in memory."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.reports.spooled_sort import SpooledSort

ROWS = st.lists(st.tuples(st.integers(0, 5), st.none() | st.text(max_size=3), st.booleans()))


def sorted_by_first(rows: list[tuple[Any, ...]], in_memory: int, batch: int) -> list[tuple[Any, ...]]:
    sort = SpooledSort(lambda row: row[0], in_memory)
    for start in range(0, len(rows), batch):
        sort.add(rows[start : start + batch])
    return [row for some in sort.batches() for row in some]


@given(ROWS, st.integers(1, 9), st.integers(1, 9))
def test_rows_come_back_by_key_and_otherwise_as_they_came(rows: list[Any], in_memory: int, batch: int) -> None:
    assert sorted_by_first(rows, in_memory, batch) == sorted(rows, key=lambda row: row[0])


@pytest.mark.parametrize("in_memory", [500, 50_000])
def test_thousands_of_rows_come_back_as_tuples(in_memory: int) -> None:
    rows = [(number * 7919 % 10_000, str(number), None) for number in range(10_000)]
    found = sorted_by_first(rows, in_memory, 700)
    assert found == sorted(rows)
    assert {type(row) for row in found} == {tuple}
