"""What a text field may hold, by kind of field: the same rule for the API, the import and the OpenAPI document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from chalicelib.domain.kernel import email_addresses, web_addresses
from chalicelib.domain.kernel.errors import FieldError
from chalicelib.domain.kernel.text import DIRECTION_OVERRIDES, breaks_line, has_visible_character

if TYPE_CHECKING:
    from collections.abc import Mapping

EMPTY = "This must not be empty."
NOTHING_VISIBLE = "This must not be empty: it needs at least one visible character."
PHONE = re.compile(r"\+?[0-9 ().-]+")
PHONE_DIGITS = range(5, 16)
"""The longest number has 15 digits (ITU-T E.164)."""
MAX_PHONE = 30


class TextRule(Protocol):
    """The rule for one field."""

    def problem(self, value: str) -> str | None:
        """Say what is wrong with the value and what would be right; None if it may be kept."""
        ...

    @property
    def schema(self) -> Mapping[str, Any]:
        """Return what of the rule JSON Schema can say."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of text that can be seen."""

    max_length: int
    required: bool = False

    def problem(self, value: str) -> str | None:
        """Say what is wrong with the value; None if it may be kept."""
        return _length_problem(value, self.max_length, required=self.required) or _character_problem(value)

    @property
    def schema(self) -> Mapping[str, Any]:
        """Return its lengths."""
        return _lengths(self.max_length, required=self.required)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraphs:
    """Text of several lines."""

    max_length: int
    required: bool = False

    def problem(self, value: str) -> str | None:
        """Say what is wrong with the value; None if it may be kept."""
        lines = value.replace("\r\n", "\n").replace("\n", " ").replace("\t", " ")
        return _length_problem(value, self.max_length, required=self.required) or _character_problem(lines)

    @property
    def schema(self) -> Mapping[str, Any]:
        """Return its lengths."""
        return _lengths(self.max_length, required=self.required)


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """Text of one form, such as a ZIP code; it is judged as it was sent, since no letter is made into another here."""

    pattern: re.Pattern[str]
    detail: str
    required: bool = False

    def problem(self, value: str) -> str | None:
        """Say what is wrong with the value; None if it may be kept."""
        allowed = not self.required if not value else self.pattern.fullmatch(value) is not None
        return None if allowed else self.detail

    @property
    def schema(self) -> Mapping[str, Any]:
        """Return its form."""
        form = self.pattern.pattern if self.required else f"(?:{self.pattern.pattern})?"
        return {"pattern": f"^{form}$"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailAddress:
    """An address that mail can be sent to."""

    required: bool = False

    def problem(self, value: str) -> str | None:
        """Say what is wrong with the value; None if it may be kept."""
        return email_addresses.problem(value) if value or self.required else None

    @property
    def schema(self) -> Mapping[str, Any]:
        """Return its lengths."""
        return _lengths(email_addresses.MAX_LENGTH, required=self.required)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneNumber:
    """A phone number as people write it, in any country."""

    def problem(self, value: str) -> str | None:
        """Say what is wrong with the value; None if it may be kept."""
        digits = sum(char.isdecimal() for char in value)
        if not value or (len(value) <= MAX_PHONE and PHONE.fullmatch(value) and digits in PHONE_DIGITS):
            return None
        return (
            f"A phone number has {PHONE_DIGITS.start} to {PHONE_DIGITS.stop - 1} digits, and spaces and + ( ) . - "
            f"signs among them, in at most {MAX_PHONE} characters."
        )

    @property
    def schema(self) -> Mapping[str, Any]:
        """Return its lengths."""
        return _lengths(MAX_PHONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebAddress:
    """The address of a page."""

    max_length: int
    schemes: tuple[str, ...] = ("http", "https")

    def problem(self, value: str) -> str | None:
        """Say what is wrong with the value; None if it may be kept."""
        if not value:
            return None
        return _length_problem(value, self.max_length) or web_addresses.problem(value, self.schemes)

    @property
    def schema(self) -> Mapping[str, Any]:
        """Return its lengths."""
        return _lengths(self.max_length)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What names something that must exist, or is one word of a list: whoever looks it up refuses it.

    Nothing of it is kept or shown unless it was found.
    """

    schema: Mapping[str, Any] = field(default_factory=dict)

    def problem(self, value: str) -> str | None:  # noqa: ARG002
        """Say nothing: the look-up does."""
        return None


def problems(values: Mapping[str, str], rules: Mapping[str, TextRule], below: str = "") -> list[FieldError]:
    """Return what is wrong with each value that breaks its rule; `below` is the pointer of what the values stand in."""
    details = ((name, rules[name].problem(value)) for name, value in values.items())
    return [FieldError(f"{below}/{name}", detail) for name, detail in details if detail is not None]


def _lengths(longest: int, *, required: bool = False) -> Mapping[str, Any]:
    return {"maxLength": longest, **({"minLength": 1} if required else {})}


def _length_problem(value: str, longest: int, *, required: bool = False) -> str | None:
    if not value and required:
        return EMPTY
    if len(value) > longest:
        return f"This has {len(value)} characters; at most {longest} are allowed."
    return None


def _character_problem(value: str) -> str | None:
    if not value or (value.isascii() and value.isprintable() and not value.isspace()):
        return None
    wrong = next((char for char in value if breaks_line(char)), None)
    if wrong is not None:
        return f"This holds a control character, such as a line break or a tab ({_code(wrong)})."
    turning = next((char for char in value if char in DIRECTION_OVERRIDES), None)
    if turning is not None:
        return f"This holds a character that turns the direction of writing ({_code(turning)})."
    if "\ufffd" in value:
        return "This holds the replacement character (U+FFFD): letters were lost on its way. Enter it again."
    return None if has_visible_character(value) else NOTHING_VISIBLE


def _code(char: str) -> str:
    return f"U+{ord(char):04X}"
