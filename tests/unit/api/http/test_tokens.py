"""Only the issuer's own access tokens, for us and in their time, are let in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chalicelib.api.http import tokens
from tests.unit.api.http import token_workshop as workshop
from tests.unit.api.http.forgeries import FORGED
from tests.unit.api.http.token_workshop import CLAIMS, ISSUER, NOW, token

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

RULES = tokens.Rules(ISSUER, ("console", "platform"))


class IssuersKeys:
    def find(self, kid: str) -> RSAPublicKey | None:
        return workshop.private_key().public_key() if kid == workshop.KID else None


def subject(presented: str, rules: tokens.Rules = RULES, now: float = NOW) -> str:
    return tokens.subject(presented, IssuersKeys(), rules, now)


def test_a_good_token_gives_its_subject() -> None:
    assert subject(token()) == CLAIMS["sub"]


def test_a_good_token_may_say_its_type_and_when_it_begins() -> None:
    assert subject(token({"typ": "at+jwt"}, nbf=NOW - 60)) == CLAIMS["sub"]


def test_the_clocks_may_differ_a_little() -> None:
    assert subject(token(iat=NOW + tokens.LEEWAY - 1)) == CLAIMS["sub"]
    assert subject(token(iat=NOW - 900, exp=NOW - tokens.LEEWAY + 1)) == CLAIMS["sub"]


@pytest.mark.parametrize("kind", FORGED)
def test_a_forged_token_is_refused(kind: str) -> None:
    with pytest.raises(tokens.Refused):
        subject(FORGED[kind])


def test_many_kinds_of_forgery_are_tried() -> None:
    assert len(FORGED) >= 30
    assert len(set(FORGED.values())) == len(FORGED)


def test_without_an_issuer_or_clients_in_the_settings_nobody_gets_in() -> None:
    for rules in (tokens.Rules("", ("console",)), tokens.Rules(ISSUER, ())):
        with pytest.raises(tokens.Refused):
            subject(token(), rules)
    with pytest.raises(tokens.Refused):
        subject(token(iss=""), tokens.Rules("", ("console",)))


@pytest.mark.parametrize("header", ["Bearer abc", "bearer abc", "BEARER  abc"])
def test_the_scheme_is_bearer_whatever_its_case(header: str) -> None:
    assert tokens.bearer(header) == "abc"


@pytest.mark.parametrize("header", ["", "abc", "Basic abc", "Bearerabc"])
def test_no_other_scheme_is_taken(header: str) -> None:
    with pytest.raises(tokens.Refused):
        tokens.bearer(header)
