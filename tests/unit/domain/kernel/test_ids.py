"""Identifiers, tokens and instants."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.kernel import ids
from chalicelib.domain.kernel.clock import clock_on, instant_text, system_clock, today
from tests.factories import NOON

INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2120, 1, 1), timezones=st.just(UTC))


def test_an_id_is_a_kind_and_26_crockford_characters() -> None:
    shape = re.compile(r"acct_[0-9A-HJKMNP-TV-Z]{26}")
    assert all(shape.fullmatch(ids.random_id("acct")) for _ in range(200))
    assert all(shape.fullmatch(ids.ordered_id("acct", NOON)) for _ in range(200))


def test_ids_are_never_the_same() -> None:
    assert (
        len({ids.random_id("acct") for _ in range(5_000)} | {ids.ordered_id("acct", NOON) for _ in range(5_000)})
        == 10_000
    )


def test_random_ids_do_not_grow() -> None:
    made = [ids.random_id("acct") for _ in range(50)]
    assert made != sorted(made)


@given(earlier=INSTANTS, span=st.timedeltas(timedelta(milliseconds=1), timedelta(days=9_999)))
def test_ordered_ids_sort_by_the_millisecond_they_were_made_in(earlier: datetime, span: timedelta) -> None:
    assert ids.ulid(earlier) < ids.ulid(earlier + span)
    assert ids.ulid(earlier)[0] in "01234567"


def test_a_token_has_256_bits_and_fits_a_url() -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", ids.new_token())
    assert ids.new_token() != ids.new_token()


def test_a_day_is_a_day_of_utc() -> None:
    late_in_berlin = datetime(2026, 11, 6, 0, 30, tzinfo=timezone(timedelta(hours=1))).astimezone(UTC)
    assert today(lambda: late_in_berlin) == date(2026, 11, 5)
    assert system_clock().tzinfo is UTC


def test_a_stack_that_is_told_the_day_keeps_the_time_of_day() -> None:
    reported = clock_on(date(2028, 2, 29))()
    assert reported.date() == date(2028, 2, 29)
    assert reported.tzinfo is UTC
    assert abs((reported - reported.replace(hour=0)) - timedelta(hours=system_clock().hour)) <= timedelta(hours=1)
    assert clock_on(None) is system_clock


def test_an_instant_is_shown_in_utc_to_the_millisecond() -> None:
    assert instant_text(NOON) == "2026-11-05T12:00:00.000Z"
    assert (
        instant_text(datetime(2026, 11, 5, 13, 0, 0, 999_999, timezone(timedelta(hours=1))))
        == "2026-11-05T12:00:00.999Z"
    )
