"""A Content-Type is read as RFC 9110 writes it, in no more time than it is long."""

from __future__ import annotations

import time

import pytest

from chalicelib.api.http.media_types import is_json


@pytest.mark.parametrize(
    "text", ["application/json" + "; " * 20_000, "application/json" + " ;" * 20_000 + "x", "a/" + "b" * 50_000]
)
def test_a_long_header_takes_no_time(text: str) -> None:
    started = time.perf_counter()
    is_json(text)
    assert time.perf_counter() - started < 0.5


def test_a_quoted_value_may_hold_what_a_bare_one_may_not() -> None:
    assert is_json('application/json; note="a; charset=latin-1"')
    assert not is_json("application/json; note=a; charset=latin-1")
