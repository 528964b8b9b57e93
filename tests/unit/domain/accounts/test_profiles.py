"""What may stand in a profile, and what may be a username."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chalicelib.domain.accounts.accounts import Owner
from chalicelib.domain.accounts.profiles import Profile, problems, require_valid, username_problems
from chalicelib.domain.kernel.email_addresses import valid as valid_address
from chalicelib.domain.kernel.errors import Invalid
from chalicelib.domain.kernel.usernames import claim, valid

GOOD = Profile(organization="Ada's Bakery", owner=Owner(first_name="Ada", email="ada@bakery.example"))


def wrong(profile: Profile) -> list[str]:
    """Pointers to what is wrong."""
    return [problem.pointer for problem in problems(profile)]


@pytest.mark.parametrize("name", ["abcdef", "A" * 50, "ada_l@x.io", "a.b+c-d", "123456"])
def test_a_username_has_6_to_50_of_the_allowed_characters(name: str) -> None:
    assert valid(name)
    assert list(username_problems(name)) == []


@pytest.mark.parametrize(
    "name", ["abcde", "A" * 51, "with space", "ümlaut", "a#bcdef", "", "abcdef\n", "αβγδεζ", "abc\0def"]
)
def test_no_other_username_is_taken(name: str) -> None:
    (problem,) = username_problems(name)
    assert problem.pointer == "/username"
    assert "6 to 50" in problem.detail


def test_usernames_that_differ_in_case_alone_are_one() -> None:
    assert claim("Ada-Bakes", "prt_1", "acct_1") == claim("aDA-bAKES", "prt_1", "acct_1")


@pytest.mark.parametrize("address", ["ada@example.com", "a.b+c@x-y.co.uk", "o'neil@example.org", "ada@bücher.example"])
def test_e_mail_addresses_are_taken(address: str) -> None:
    assert valid_address(address)


@pytest.mark.parametrize(
    "address",
    ["", "ada", "@example.com", "ada@", "ada@example", "a da@example.com", "a@b@c.de", "Ada <ada@example.com>",
     "ada@example.com, b@c.de", f"{'a' * 65}@example.com", f"a@{'b' * 64}.com", f"a@{'b.' * 130}com", "a@-x..com",
     "ada@example.com\r\nBcc: x@y.zz"],
)  # fmt: skip
def test_what_is_no_e_mail_address_is_refused(address: str) -> None:
    assert not valid_address(address)
    assert wrong(replace(GOOD, owner=Owner(email=address))) == ["/owner/email"]


@pytest.mark.parametrize("address", ["http://x.example", "https://www.bakery.example/a?b=c#d", "HTTPS://X.EXAMPLE/"])
def test_website_addresses_are_taken(address: str) -> None:
    assert wrong(replace(GOOD, website=address)) == []


@pytest.mark.parametrize(
    "address",
    ["bakery.example", "ftp://x.example", "javascript:alert(1)", "https://", "https://a b.example", "https://x@y.example",
     f"https://x.example/{'a' * 300}"],
)  # fmt: skip
def test_what_is_no_website_address_is_refused(address: str) -> None:
    assert wrong(replace(GOOD, website=address)) == ["/website"]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    bad = Profile(
        organization=" ",
        owner=Owner(first_name="A" * 61, last_name="B\tC", email="no", phone="call me"),
        website="www",
        partner_account_id="p" * 81,
    )
    with pytest.raises(Invalid) as invalid:
        require_valid(bad, "short")
    assert [error.pointer for error in invalid.value.errors] == [
        "/username",
        "/organization",
        "/owner/first_name",
        "/owner/last_name",
        "/owner/email",
        "/owner/phone",
        "/website",
        "/partner_account_id",
    ]


def test_values_of_the_greatest_length_in_any_script_are_taken() -> None:
    owner = Owner(first_name="名" * 60, last_name="é" * 60, email="ada@example.com", phone="+1 (555) 010-0.99")
    require_valid(Profile(organization="Ω" * 120, owner=owner, partner_account_id="#" * 80), "ada-bakes")
    assert wrong(replace(GOOD, organization="Ω" * 121)) == ["/organization"]
