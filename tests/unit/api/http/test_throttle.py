"""Each partner and each public address has its share, and a neighbour's haste does not take it."""

from __future__ import annotations

import pytest

from chalicelib.api.http import throttle
from chalicelib.api.http.throttle import Buckets, client_network
from chalicelib.domain.kernel.errors import TooManyRequests


class Time:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def buckets(time: Time) -> Buckets:
    return Buckets(rate=2, burst=5, now=time)


def taken(buckets: Buckets, name: str, tries: int) -> int:
    """How many of so many requests at once get through."""
    got = 0
    for _ in range(tries):
        try:
            buckets.acquire(name)
        except TooManyRequests:
            continue
        got += 1
    return got


def test_a_full_bucket_gives_its_burst_at_once_and_no_more(buckets: Buckets) -> None:
    assert taken(buckets, "a", 20) == 5


def test_it_fills_at_its_rate(buckets: Buckets, time: Time) -> None:
    taken(buckets, "a", 20)
    time.seconds = 1.5
    assert taken(buckets, "a", 20) == 3
    time.seconds = 1000
    assert taken(buckets, "a", 20) == 5


def test_a_neighbour_is_not_affected(buckets: Buckets) -> None:
    taken(buckets, "a", 20)
    assert taken(buckets, "b", 20) == 5


def test_a_refusal_says_when_to_come_again_and_it_is_true(buckets: Buckets, time: Time) -> None:
    taken(buckets, "a", 5)
    with pytest.raises(TooManyRequests) as refused:
        buckets.acquire("a")
    time.seconds = refused.value.retry_after
    buckets.acquire("a")


def test_being_refused_costs_nothing(buckets: Buckets, time: Time) -> None:
    taken(buckets, "a", 1000)
    time.seconds = 0.5
    buckets.acquire("a")


def test_a_flood_of_addresses_does_not_fill_the_memory(buckets: Buckets, time: Time) -> None:
    taken(buckets, "busy", 5)
    for number in range(3 * throttle.MOST_BUCKETS):
        time.seconds += 1e-6
        buckets.acquire(str(number))
    assert len(buckets._full_at) <= throttle.MOST_BUCKETS


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("203.0.113.7", "203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("", "nonsense", True),
    ],
)
def test_what_counts_as_one_address(one: str, other: str, same: bool) -> None:
    assert (client_network(one) == client_network(other)) is same
