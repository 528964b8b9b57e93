"""What each kind of text field takes."""

from __future__ import annotations

import pytest

from chalicelib.domain.kernel import field_rules
from chalicelib.domain.kernel.text_rules import Line, Paragraphs

NAME = Line(max_length=20, required=True)
BRIEF = Paragraphs(max_length=40, required=True)
INVISIBLE = ["\u200b", "\u3164", "\u2800", "\u200f", "\u00ad", " ", "\u00a0", "\ufe0f"]
BREAKING = ["a\0b", "a\x85b", "a\u2028b", "a\u2029b", "a\x1bb", "a\x7fb", "a\ufffeb", "a\U0010ffffb"]
TURNING = ["a\u202eb", "a\u2066b", "a\u202ab", "a\u2069b"]


@pytest.mark.parametrize("text", [*INVISIBLE, *BREAKING, *TURNING, "a\nb", "a\r\nb", "a\tb", "Caf\ufffd", ""])
def test_a_line_refuses_what_cannot_be_seen_or_is_no_line(text: str) -> None:
    assert NAME.problem(text)


@pytest.mark.parametrize("text", [*INVISIBLE, *BREAKING, *TURNING, "\n\n", ""])
def test_paragraphs_refuse_the_same_but_line_ends_and_tabs(text: str) -> None:
    assert BRIEF.problem(text)


@pytest.mark.parametrize("text", ["a\nb", "a\r\nb", "- one\n\t- two"])
def test_paragraphs_have_lines(text: str) -> None:
    assert BRIEF.problem(text) is None


@pytest.mark.parametrize(
    "text",
    ["Acme", "شرکت می\u200cخواهم", "Θεός", "株式会社", "👩\u200d🚀 Space", "❤\ufe0f", "\u200fמאפייה", "Ⅷ & Søn's"],
)
def test_names_of_every_script_are_taken(text: str) -> None:
    assert NAME.problem(text) is None


def test_a_text_is_as_long_as_its_rule_says() -> None:
    assert NAME.problem("名" * 20) is None
    assert NAME.problem("名" * 21) == "This has 21 characters; at most 20 are allowed."


@pytest.mark.parametrize("number", ["", "+1 (555) 010-0.99", "020 7946 0000", "12345", "+" + "1" * 15])
def test_phone_numbers_are_taken(number: str) -> None:
    assert field_rules.PHONE.problem(number) is None


@pytest.mark.parametrize(
    "number", ["-----", "( ) . -", "+", "1234", "1" * 16, "call me", "1+2345", "٠١٢٣٤٥", "1" + " " * 30]
)
def test_what_is_no_phone_number_is_refused(number: str) -> None:
    assert "5 to 15 digits" in str(field_rules.PHONE.problem(number))


@pytest.mark.parametrize(
    "address",
    [
        "https://www.bakery.example/a?b=c#d",
        "HTTP://X.EXAMPLE:8080",
        "https://bücher.example/straße",
        "https://x.example.",
    ],
)
def test_web_addresses_are_taken(address: str) -> None:
    assert field_rules.WEBSITE.problem(address) is None


@pytest.mark.parametrize(
    "address",
    [
        "http://...",
        "http://---.example",
        "https://x..example",
        "https://localhost/",
        "https://192.0.2.1/",
        "https://[::1]/",
        "https://me:secret@x.example/",
        "https://x.example:0/",
        "https://x.example:99999/",
        "https://x.exa\u202emple/",
        "https://x.example/a\u200bb",
        "https://x.example/<script>",
        "https://x.example/a b",
        "javascript://x.example/%0aalert(1)",
        "//x.example",
        f"https://{'a' * 64}.example/",
    ],
)
def test_what_is_no_web_address_is_refused(address: str) -> None:
    assert field_rules.WEBSITE.problem(address)


def test_a_logo_is_shown_from_an_encrypted_page_alone() -> None:
    assert field_rules.LOGO_URL.problem("https://x.example/logo.png") is None
    assert field_rules.LOGO_URL.problem("http://x.example/logo.png")
