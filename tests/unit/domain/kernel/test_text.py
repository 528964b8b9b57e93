"""Text of any script: how it is kept, found and seen."""

from __future__ import annotations

from unicodedata import category, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.accounts.accounts import Owner
from chalicelib.domain.accounts.query import AccountQuery
from chalicelib.domain.kernel.text import has_visible_character, normalized, search_key
from tests.factories import an_account

FORMS = ("NFC", "NFD", "NFKC", "NFKD")
ANY_CHARACTER = [char for char in map(chr, range(0x110000)) if category(char) not in {"Cs", "Cn", "Co"}]
WORDS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs", "Cn", "Co")), min_size=1, max_size=12
).filter(lambda word: bool(search_key(word)) and " " not in search_key(word))


def test_what_is_kept_is_composed() -> None:
    assert normalized("Cafe\u0301") == "Café"
    assert normalized("ﬁ Ａ") == "ﬁ Ａ"


@pytest.mark.parametrize("form", FORMS)
def test_every_character_has_one_search_key_in_every_normalization_form(form: str) -> None:
    assert [char for char in ANY_CHARACTER if search_key(normalize(form, f"a{char}b")) != search_key(f"a{char}b")] == []


def test_a_search_key_is_its_own_search_key() -> None:
    keys = [search_key(f"a{char}b") for char in ANY_CHARACTER]
    assert [key for key in keys if search_key(key) != key] == []


def test_letter_case_never_hides_a_text() -> None:
    changes = (str.upper, str.lower, str.title, str.casefold, str.swapcase)
    assert [c for c in ANY_CHARACTER for change in changes if search_key(change(c)) != search_key(c)] == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("İSTANBUL Ltd", "istanbul"),
        ("ISPARTA", "ısparta"),
        ("Straße", "STRASSE"),
        ("ＡＣＭＥ", "acme"),
        ("Grace\u200b Hop\u00adper", "grace hopper"),
        ("Two \u00a0 blanks", "two blanks"),
        ("ΟΔΟΣ", "οδος"),
    ],
)
def test_what_looks_alike_is_found_alike(text: str, asked: str) -> None:
    assert search_key(text) == search_key(asked) or search_key(asked) in search_key(text)


def test_an_owner_is_found_by_the_full_name() -> None:
    account = an_account(owner=Owner(first_name="Grace", last_name="Hopper", email="g@example.com"))
    for asked in ("Grace", "Hopper", "grace hopper", " Grace  HOPPER ", "Hopper Grace"):
        assert AccountQuery(q=asked).matches(account)


@given(WORDS, WORDS, WORDS, st.sampled_from(FORMS))
def test_an_account_is_found_by_every_word_of_its_names_in_any_normalization_form(
    organization: str, first: str, last: str, form: str
) -> None:
    account = an_account(
        organization=f"The {organization} Company", owner=Owner(first_name=first, last_name=last, email="a@b.example")
    )
    for word in (organization, first, last, f"{first} {last}"):
        assert AccountQuery(q=normalize(form, word)).matches(account)
        assert AccountQuery(q=normalize(form, word).upper()).matches(account)


@pytest.mark.parametrize(
    "text",
    ["", " ", "\u200b", "\u3164", "\u2800", "\u00a0\u2007", "\u0301", "\ufe0f", "\u00ad", "\u1160", "\U000e0041"],
)
def test_what_nobody_sees_is_not_visible(text: str) -> None:
    assert not has_visible_character(text)


@pytest.mark.parametrize("text", ["a", "名", "\u200bא", "é", "🦊", "½", "—", "\u0e33", "👩\u200d🚀"])
def test_letters_digits_and_signs_of_any_script_are_visible(text: str) -> None:
    assert has_visible_character(text)
