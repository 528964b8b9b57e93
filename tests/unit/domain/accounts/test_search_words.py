"""The words an account is found by, and what somebody looks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.accounts.accounts import Account, Owner
from chalicelib.domain.accounts.query import AccountQuery
from chalicelib.domain.accounts.search_words import MAX_WORDS, query_words, search_words, words_of
from tests.factories import an_account
from tests.strategies import accounts

ACCOUNT = an_account(
    username="Ada-Bakes",
    organization="Äpfel & O'Brien (Süd)",
    owner=Owner(first_name="Ada", last_name="van Byron", email="a.byron@harbour.example", phone="555-0100"),
    partner_account_id="A-17/b",
)


@pytest.mark.parametrize(
    "q",
    [
        "ada-bakes", "ADA-B", "bakes", "bak",
        "äpfel", "ÄP", "&", "o'brien", "o'b", "brien", "(süd", "süd",
        "ada", "van", "byron", "van byron", "byron ada van", "ada ad a",
        "a.byron@harbour.example", "a.byr", "byron@harb", "harbour.ex", "example",
        "a-17/b", "17/", "17", "b",
    ],
)  # fmt: skip
def test_an_account_is_found_by_the_beginnings_of_its_words_in_any_order(q: str) -> None:
    expected = q != "example"  # the last part of an address is none
    assert AccountQuery(q=q).matches(ACCOUNT) is expected


@pytest.mark.parametrize("q", ["yron", "rien", "pfel", "555", "0100", "ada hopper", "ada-bakess", "adab", "7/b"])
def test_neither_the_middle_of_a_word_nor_another_word_finds_it(q: str) -> None:
    assert not AccountQuery(q=q).matches(ACCOUNT)


def test_a_word_that_another_one_begins_with_is_written_once() -> None:
    account = an_account(
        username="7590-vhveg",
        organization="Client 7590-VHVEG",
        owner=Owner(first_name="Vhveg", last_name="7590", email="7590-vhveg@example.com"),
        partner_account_id="7590-VHVEG",
    )
    assert search_words(account) == ("7590-vhveg@example.com", "client", "example.com", "vhveg@example.com")


def test_an_account_has_a_bounded_number_of_words_and_keeps_its_names_before_its_organizations() -> None:
    account = an_account(username="zz-last", organization=" ".join(f"w{n:02}" for n in range(30)))
    words = search_words(account)
    assert len(words) == MAX_WORDS
    assert "zz-last" in words


def test_the_longest_word_is_looked_for_first_and_one_that_another_begins_with_not_at_all() -> None:
    assert query_words("  Ada  of ADAMANT ada ") == ("adamant", "of")
    assert query_words(" \u00a0 ") == ()
    assert query_words(None) == ()


@given(accounts(), st.integers(0, 99), st.integers(0, 99))
def test_every_beginning_of_every_word_finds_the_account_and_nothing_is_the_beginning_of_another(
    account: Account, number: int, length: int
) -> None:
    words = search_words(account)
    assert not [(one, other) for one in words for other in words if one != other and other.startswith(one)]
    word = words[number % len(words)]
    assert AccountQuery(q=word[: 1 + length % len(word)]).matches(account)


def test_an_apostrophe_is_one_however_it_is_written() -> None:
    account = an_account(organization="Abernathy\N{RIGHT SINGLE QUOTATION MARK}s Books")
    assert AccountQuery(q="abernathy's").matches(account)
    assert AccountQuery(q="ABERNATHY\N{RIGHT SINGLE QUOTATION MARK}S b").matches(account)


def test_an_s_after_an_apostrophe_is_no_word() -> None:
    assert list(words_of("Ada's O'Brien")) == ["ada's", "o'brien", "brien"]


def test_marks_belong_to_the_letter_before_them() -> None:
    assert list(words_of("हिन्दी")) == ["हिन्दी"]
