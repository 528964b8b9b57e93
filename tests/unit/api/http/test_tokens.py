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
    return tokens.accepted(presented, IssuersKeys(), rules, now).subject


def test_a_good_token_gives_its_subject() -> None:
    assert subject(token()) == CLAIMS["sub"]


def test_a_good_token_may_say_its_type_and_when_it_begins() -> None:
    assert subject(token({"typ": "at+jwt"}, nbf=NOW - 60)) == CLAIMS["sub"]


@pytest.mark.aws("N4")
@pytest.mark.parametrize("kind", ["at+jwt", "application/at+jwt"])
def test_an_access_token_of_an_issuer_that_is_not_cognito_says_so_by_its_type(kind: str) -> None:
    """RFC 9068, 2.1: `token_use` is Cognito's alone."""
    assert subject(token({"typ": kind}, token_use=...)) == CLAIMS["sub"]


@pytest.mark.aws("N4")
@pytest.mark.parametrize(("kind", "use"), [("JWT", ...), ("at+jwt", "id"), ("at+jwt", None), ("at+jwt", "")])
def test_a_token_that_says_of_itself_that_it_is_none_for_access_is_refused(kind: str, use: object) -> None:
    with pytest.raises(tokens.InvalidToken, match="no access token"):
        subject(token({"typ": kind}, token_use=use))


@pytest.mark.parametrize(
    ("text", "noted"), [(NOW - 600, NOW - 600), (..., None), (True, None), ("x", None), (-1, None)]
)
def test_when_the_person_signed_in_is_noted_and_lets_nobody_in(text: object, noted: int | None) -> None:
    assert tokens.accepted(token(auth_time=text), IssuersKeys(), RULES, NOW).signed_in_at == noted


def test_the_clocks_may_differ_a_little() -> None:
    assert subject(token(iat=NOW + tokens.LEEWAY - 1)) == CLAIMS["sub"]
    assert subject(token(iat=NOW - 900, exp=NOW - tokens.LEEWAY + 1)) == CLAIMS["sub"]


@pytest.mark.parametrize("kind", FORGED)
def test_a_forged_token_is_refused(kind: str) -> None:
    with pytest.raises(tokens.InvalidToken):
        subject(FORGED[kind])


def test_many_kinds_of_forgery_are_tried() -> None:
    assert len(FORGED) >= 30
    assert len(set(FORGED.values())) == len(FORGED)


def test_without_an_issuer_or_clients_in_the_settings_nobody_gets_in() -> None:
    for rules in (tokens.Rules("", ("console",)), tokens.Rules(ISSUER, ())):
        with pytest.raises(tokens.InvalidToken):
            subject(token(), rules)
    with pytest.raises(tokens.InvalidToken):
        subject(token(iss=""), tokens.Rules("", ("console",)))


@pytest.mark.parametrize("header", ["Bearer abc", "bearer abc", "BEARER  abc"])
def test_the_scheme_is_bearer_whatever_its_case(header: str) -> None:
    assert tokens.bearer(header) == "abc"


@pytest.mark.parametrize("header", ["", "abc", "Basic abc", "Bearerabc"])
def test_no_other_scheme_is_taken(header: str) -> None:
    with pytest.raises(tokens.InvalidToken):
        tokens.bearer(header)
