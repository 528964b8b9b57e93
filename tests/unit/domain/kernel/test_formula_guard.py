"""What counts as a formula, and that guarding one can be undone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.kernel.formula_guard import all_harmless, guard, holds_formula, is_formula, unguard

STARTS = ["=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠"]
BEFORE = ["", " ", "    ", "\u00a0", "\u3000", "\n", "\ufeff", "\u200b"]
HARMLESS = ["", "a", "a=1", "1+1", "Łódź", "שלום", " a", "0", "#", "(=1)", "\u00e9=1", "e@example.com"]
some_text = st.text(st.one_of(st.sampled_from("='\"+-@ ;,\t\0\r\n＝＠'a"), st.characters()), max_size=12)


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("start", STARTS)
def test_text_a_spreadsheet_would_run_gets_an_apostrophe(before: str, start: str) -> None:
    text = f"{before}{start}HYPERLINK(1)"
    assert is_formula(text)
    assert guard(text) == (f"\n'{text[1:]}" if before == "\n" else f"'{text}")
    assert not all_harmless([text])


def test_no_white_space_that_there_is_hides_a_formula() -> None:
    spaces = [sign for sign in map(chr, range(0x110000)) if sign.isspace()]
    assert [space for space in spaces if not is_formula(f"{space}=1")] == []


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_is_not_touched(text: str) -> None:
    assert guard(text) == text


def test_an_apostrophe_that_was_there_is_doubled() -> None:
    assert guard("'t Hart") == "''t Hart"
    assert guard("'=1") == "''=1"


@pytest.mark.parametrize("text", ["'t Hart", "'s-Hertogenbosch", "'"])
def test_an_apostrophe_the_guard_cannot_have_put_there_stays(text: str) -> None:
    assert unguard(text) == text


@given(some_text)
def test_unguard_gives_back_what_guard_was_given(text: str) -> None:
    assert unguard(guard(text)) == text


@given(some_text)
def test_guarded_text_is_never_a_formula(text: str) -> None:
    assert not is_formula(guard(text))


@given(st.lists(some_text))
def test_what_is_called_harmless_needs_no_guard(texts: list[str]) -> None:
    if all_harmless(texts):
        assert [guard(text) for text in texts] == texts


def test_a_long_run_of_spaces_is_judged_at_once() -> None:
    assert not is_formula(" " * 1_000_000 + "a")


@pytest.mark.parametrize("separator", [";", "\t", "\n", "\r", "; ", ";;\u00a0"])
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝"])
def test_a_part_that_another_separator_would_cut_out_gets_an_apostrophe_of_its_own(separator: str, start: str) -> None:
    text = f"Acme{separator}{start}1+1;"
    assert holds_formula(text)
    assert guard(text) != text
    assert not holds_formula(guard(text))
    assert not all_harmless(["Acme", text])


@pytest.mark.parametrize("text", ["Acme; Söhne", "R&D | +1", "a;b;c", "a-b;c=d", "Line one\nline two"])
def test_a_separator_before_other_text_changes_nothing(text: str) -> None:
    assert guard(text) == text
    assert not holds_formula(text)
    assert all_harmless([text])


@given(some_text)
def test_no_reader_finds_a_formula_in_guarded_text(text: str) -> None:
    parts = re.split("[;\t\r\n]", guard(text))
    assert [part for part in parts if is_formula(part)] == []
