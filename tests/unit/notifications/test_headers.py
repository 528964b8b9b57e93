"""Mail headers as lines, for subjects and names of every length and script."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.notifications.headers import ENCODED_LINE_LENGTH, LINE_LENGTH, POLICY
from chalicelib.notifications.templates.layout import one_line

SUBJECTS = st.one_of(st.text(max_size=150), st.lists(st.text(min_size=1, max_size=20)).map(" ".join)).map(one_line)


def source(subject: str = "S", to: Address | None = None, link: str = "") -> bytes:
    message = EmailMessage(policy=POLICY)
    message["To"] = to or Address(addr_spec="ada@example.com")
    message["Subject"] = subject
    if link:
        message["List-Unsubscribe"] = f"<{link}>"
    message.set_content("Hello")
    return message.as_bytes()


def header_lines(raw: bytes, name: bytes) -> list[bytes]:
    """The lines of one header."""
    lines = raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
    start = next(place for place, line in enumerate(lines) if line.startswith(name + b":"))
    more = next((place for place, line in enumerate(lines[start + 1 :], start + 1) if line[:1] != b" "), len(lines))
    return lines[start:more]


def read(raw: bytes, name: str) -> str:
    return str(message_from_bytes(raw, policy=policy.default)[name])


@pytest.mark.parametrize("length", range(1, 151))
def test_a_subject_of_any_length_begins_on_its_first_line(length: int) -> None:
    subject = ("Harbour Lane Agency asks to manage your account " * 4)[:length].strip()
    raw = source(subject)
    lines = header_lines(raw, b"Subject")
    assert lines[0].startswith(b"Subject: Harbour"[: 9 + length])
    assert max(map(len, lines)) <= LINE_LENGTH
    assert read(raw, "Subject") == subject


@given(SUBJECTS)
@example("=?utf-8?q?a=0D=0ABcc:_all@example.com?=")
@example("Müller " * 20)
@example("x" * 150)
@example("株" * 150)
@example("a =?utf-8?b?YQ==?= b é")
def test_a_subject_in_any_script_arrives_as_it_was_written(subject: str) -> None:
    raw = source(subject)
    lines = header_lines(raw, b"Subject")
    assert raw.isascii()
    assert read(raw, "Subject") == subject
    assert lines[0].strip() != b"Subject:" or not subject
    assert all(line.strip() for line in lines)
    assert all(len(line) <= ENCODED_LINE_LENGTH for line in lines if b"=?" in line)
    assert message_from_bytes(raw, policy=policy.default)["Bcc"] is None


@given(st.text(st.characters(exclude_categories=("C", "Z", "M")), min_size=1, max_size=80))
@example('Ann "the" \\ Lee, of; Acme')
@example("Müller 株式会社 " * 8)
@example("Harbour Lane Agency " * 6)
def test_a_name_before_an_address_arrives_as_it_was_written(name: str) -> None:
    name = " ".join(name.split())
    raw = source(to=Address(name, addr_spec="ada@example.com"))
    lines = header_lines(raw, b"To")
    shown, address = parseaddr(b"".join(lines).decode().removeprefix("To:"))
    assert (str(make_header(decode_header(shown))), address) == (name, "ada@example.com")
    assert lines[0].strip() != b"To:"


def test_a_long_address_and_a_long_link_stay_whole() -> None:
    address = f"{'a' * 64}@{'b' * 63}.{'c' * 63}.example"
    link = f"https://api.example/v1/unsubscribes/{'t' * 120}"
    raw = source(to=Address(addr_spec=address), link=link)
    assert header_lines(raw, b"To") == [f"To: {address}".encode()]
    assert header_lines(raw, b"List-Unsubscribe") == [f"List-Unsubscribe: <{link}>".encode()]


def test_a_subject_with_a_line_end_is_refused() -> None:
    with pytest.raises(ValueError, match="Header values may not contain"):
        source("Hello\r\nBcc: all@example.com")
