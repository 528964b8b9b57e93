"""How text is broken into lines, joined, turned and set."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.reports.formats.pdf.bidi import joined, visual
from chalicelib.reports.formats.pdf.breaking import wrap
from chalicelib.reports.formats.pdf.fonts import bundled
from chalicelib.reports.formats.pdf.typesetting import Typesetter


def setter() -> Typesetter:
    return Typesetter(
        [bundled("F1", "text-regular.ttf", "NotoSans-Condensed"), bundled("F3", "fallback.ttf", "DejaVuSansCondensed")]
    )


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two", ["one two"]),
        ("one two three", ["one two", "three"]),
        ("someone@exmpl.com", ["someone@", "exmpl.com"]),
        ("someone@example.com", ["someone@", "example.co", "m"]),
        ("a/b/c/d/e/f/g/h", ["a/b/c/d/e/", "f/g/h"]),
        ("abcdefghijklmnopq", ["abcdefghij", "klmnopq"]),
        ("ab abcdefghijklmnopq", ["ab abcdefg", "hijklmnopq"]),
        ("Client 7590-VHVEG", ["Client", "7590-VHVEG"]),
        ("123456789-1234", ["123456789", "-1234"]),
        ("-12345678901", ["-123456789", "01"]),
        ("0123456789 ", ["0123456789"]),
        ("", []),
    ],
)
def test_lines_break_at_spaces_then_at_signs_then_anywhere(text: str, lines: list[str]) -> None:
    assert list(wrap(text, [1] * len(text), 10)) == lines


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(), st.integers(1, 30))
def test_breaking_loses_nothing_but_spaces_and_no_line_is_too_wide(text: str, limit: int) -> None:
    lines = list(wrap(text, [1] * len(text), limit))
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(len(line) <= limit for line in lines)


def test_a_character_wider_than_the_line_still_gets_one() -> None:
    assert list(wrap("WW", [9, 9], 5)) == ["W", "W"]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(st.characters(max_codepoint=0x17F)), min_size=1))
def test_many_texts_at_once_are_as_wide_as_one_by_one(texts: list[str]) -> None:
    typesetter = setter()
    plain = typesetter.plain(texts)
    for place, text in enumerate(texts):
        if place in plain.others:
            assert plain.codes[place] == ""
        else:
            assert plain.widths[place] == typesetter.width(text)
            assert f"<{plain.codes[place]}>Tj" == typesetter.show(text, 9)


def test_a_line_of_two_faces_changes_to_the_other_and_back() -> None:
    assert setter().show("a→b", 9) == "<0061>Tj/F3 9 Tf<2192>Tj/F1 9 Tf<0062>Tj"


def test_characters_beyond_the_first_plane_get_codes_of_their_own() -> None:
    typesetter = setter()
    assert typesetter.show("😀😁😀", 9) == "<e000e001e000>Tj"
    assert typesetter.missing == 3


@pytest.mark.parametrize("private", ["\ue000", "\ud800"])
def test_private_and_broken_characters_do_not_meet_those_codes(private: str) -> None:
    typesetter = setter()
    typesetter.show("😀", 9)
    assert "e000" not in typesetter.show(private, 9)


@pytest.mark.parametrize(
    ("logical", "shown"),
    [
        ("abc", "abc"),
        ("אבג", "גבא"),
        ("אב גד", "דג בא"),
        ("abc אבג", "abc גבא"),
        ("אבג abc", "abc גבא"),
        ("אבג 123", "123 גבא"),
        ("abc אבג דהו def", "abc והד גבא def"),
        ("(אבג)", "(גבא)"),
        ("", ""),
        ("אבג (abc) דהו", "והד (abc) גבא"),
        ("abc (אבג) def", "abc (גבא) def"),
        ("אבג Ltd. (2)", "Ltd. (2) גבא"),
        ("\u202eabc\u202c", "cba"),
    ],
)
def test_words_from_right_to_left_are_turned_and_numbers_are_not(logical: str, shown: str) -> None:
    assert visual(logical) == shown


@pytest.mark.parametrize(
    ("letters", "forms"),
    [
        ("ب", "\ufe8f"),
        ("بب", "\ufe91\ufe90"),
        ("ببب", "\ufe91\ufe92\ufe90"),
        ("ابا", "\ufe8d\ufe91\ufe8e"),
        ("ب ب", "\ufe8f \ufe8f"),
        ("ب\u064eب", "\ufe91\u064e\ufe90"),
        ("abc", "abc"),
        ("شیراز", "\ufeb7\ufbff\ufeae\ufe8d\ufeaf"),
        ("تهیه", "\ufe97\ufeec\ufbff\ufeea"),
        ("علی", "\ufecb\ufee0\ufbfd"),
        ("ٹیک", "\ufb68\ufbff\ufb8f"),
        ("می\u200cخواهم", "\ufee3\ufbfd\u200c\ufea7\ufeee\ufe8d\ufeeb\ufee2"),
        ("لا", "\ufedf\ufe8e"),
        ("ب\u0620ا", "\ufe91\u0620\ufe8e"),
    ],
)
def test_arabic_letters_join_their_neighbours(letters: str, forms: str) -> None:
    assert joined(letters) == forms


def test_every_joined_form_of_a_persian_and_urdu_name_has_its_glyph() -> None:
    font = bundled("F3", "fallback.ttf", "DejaVuSansCondensed")
    names = ("شرکت شیراز", "تهیه و توزیع پارسیان", "ٹیکنالوجی", "گژچپک", "لاله", "الشركة العربية للتجارة")
    assert [char for name in names for char in joined(name) if not char.isspace() and not font.has(char)] == []


def test_the_direction_of_a_broken_text_is_that_of_the_whole() -> None:
    """Its second line begins with Latin letters, and is read from right to left all the same."""
    typesetter = setter()
    text = "אבגדה אבגדה Example Trading אבג"
    lines = typesetter.lines(text, typesetter.width("אבגדה אבגדה "))
    assert len(lines) > 1
    assert lines[0] == "הדגבא הדגבא"
    assert lines[-1].startswith("גבא ") or lines[-1] == "גבא"


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.sampled_from("abc אבג شیرازلا123()[]،.-\u200c\u200f"), max_size=60), st.integers(2000, 9000))
def test_turning_a_text_loses_nothing_but_spaces_and_marks(text: str, limit: int) -> None:
    lines = setter().lines(text, limit)
    seen = "".join("".join(lines).split()).replace("\u200c", "").replace("\u200f", "")
    meant = "".join(joined(text).split()).replace("\u200c", "").replace("\u200f", "")
    mirrored = str.maketrans(")]", "([")
    assert sorted(seen.translate(mirrored)) == sorted(meant.translate(mirrored))
