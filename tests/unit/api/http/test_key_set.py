"""Keys are fetched seldom, and kept while the issuer is down."""

from __future__ import annotations

import pytest

from chalicelib.api.http import key_set
from chalicelib.api.http.key_set import KeySet, KeysUnavailable
from tests.unit.api.http.token_workshop import jwk, private_key
from tests.unit.api.http.token_workshop import key_set as published


class Issuer:
    """An issuer whose answer can be changed, and who counts how often it is asked."""

    def __init__(self) -> None:
        self.answer: bytes | Exception = published(jwk("a"))
        self.asked = 0

    def __call__(self) -> bytes:
        self.asked += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


class Time:
    """Seconds that pass when the test says so."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def issuer() -> Issuer:
    return Issuer()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def keys(issuer: Issuer, time: Time) -> KeySet:
    return KeySet(issuer, time)


def test_keys_are_fetched_once_an_hour(keys: KeySet, issuer: Issuer, time: Time) -> None:
    for minute in range(60):
        time.seconds = minute * 60
        assert keys.find("a")
    assert issuer.asked == 1
    time.seconds = 3600
    assert keys.find("a")
    assert issuer.asked == 2


def test_an_unknown_key_is_looked_for_at_most_once_a_minute(keys: KeySet, issuer: Issuer, time: Time) -> None:
    for second in range(120):
        time.seconds = second
        assert keys.find(f"forged-{second}") is None
    assert issuer.asked == 2


def test_a_new_key_is_found_after_the_issuer_has_changed_it(keys: KeySet, issuer: Issuer, time: Time) -> None:
    assert keys.find("b") is None
    issuer.answer = published(jwk("a"), jwk("b"))
    time.seconds = 61
    assert keys.find("b")


@pytest.mark.parametrize("answer", [OSError("down"), b"<html>", b'{"keys": []}', b"", b'{"keys": 1}'])
def test_known_keys_stay_good_while_the_issuer_is_down(
    keys: KeySet, issuer: Issuer, time: Time, answer: bytes | Exception
) -> None:
    assert keys.find("a")
    issuer.answer = answer
    time.seconds = 7 * 86400
    assert keys.find("a")
    assert issuer.asked == 2


def test_a_key_that_the_issuer_took_back_is_gone_within_the_hour(keys: KeySet, issuer: Issuer, time: Time) -> None:
    assert keys.find("a")
    issuer.answer = published(jwk("b"))
    time.seconds = 3600
    assert keys.find("a") is None


def test_without_any_keys_the_issuer_is_asked_every_few_seconds(keys: KeySet, issuer: Issuer, time: Time) -> None:
    issuer.answer = OSError("down")
    for second in range(11):
        time.seconds = second
        with pytest.raises(KeysUnavailable):
            keys.find("a")
    assert issuer.asked == 3


@pytest.mark.parametrize(
    "unfit",
    [
        jwk("x", kty="EC"),
        jwk("x", use="enc"),
        jwk("x", alg="RS512"),
        jwk(""),
        jwk("x", n="AQ"),
        jwk("x", e=""),
        jwk("x", private_key("small", 1024)),
    ],
)
def test_a_key_that_may_not_sign_is_no_key(unfit: dict[str, str]) -> None:
    assert key_set.read(published(jwk("a"), unfit)).keys() == {"a"}


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://issuer.example/keys", "ftp://127.0.0.1/", ""])
def test_keys_are_fetched_by_https_only(url: str) -> None:
    with pytest.raises(KeysUnavailable):
        key_set.fetch(url)
