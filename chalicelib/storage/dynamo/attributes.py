"""Kinds of attributes, each knowing the Python type that its values have in a row."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from pynamodb.attributes import Attribute, BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.constants import LIST, STRING, STRING_SET

if TYPE_CHECKING:
    from collections.abc import Iterable
    from enum import StrEnum

Choice = TypeVar("Choice", bound="StrEnum")


def sortable_instant(at: datetime) -> str:
    """Return an instant in UTC to the microsecond, so that the texts sort as the instants do."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


class DateAttribute(Attribute[date]):
    """A day, as `2026-11-05`."""

    attr_type = STRING

    def serialize(self, value: date) -> str:
        """ISO text; an instant is no day."""
        if isinstance(value, datetime):
            raise TypeError(f"{self.attr_name} is a day, not an instant.")
        return value.isoformat()

    def deserialize(self, value: str) -> date:
        """Return the day."""
        return date.fromisoformat(value)


class InstantAttribute(Attribute[datetime]):
    """An instant in UTC to the microsecond, so that the text sorts as the instants do."""

    attr_type = STRING

    def serialize(self, value: datetime) -> str:
        """ISO text; an instant without its zone is refused."""
        if value.tzinfo is None:
            raise ValueError(f"{self.attr_name} needs an aware datetime; {value} has no time zone.")
        return sortable_instant(value)

    def deserialize(self, value: str) -> datetime:
        """Return the instant."""
        return datetime.fromisoformat(value)


class ChoiceAttribute(Attribute[Choice]):
    """One of an enumeration."""

    attr_type = STRING

    def __init__(self, choices: type[Choice], **options: Any) -> None:
        super().__init__(**options)
        self.choices = choices

    def serialize(self, value: Choice) -> str:
        """Return its text."""
        return self.choices(value).value

    def deserialize(self, value: str) -> Choice:
        """Return the choice."""
        return self.choices(value)


class ChoicesAttribute(Attribute[frozenset[Choice]]):
    """Some of an enumeration; none is an absent attribute."""

    attr_type = STRING_SET
    null = True

    def __init__(self, choices: type[Choice], **options: Any) -> None:
        super().__init__(**options)
        self.choices = choices

    def serialize(self, value: Iterable[Choice]) -> list[str]:
        """Their texts, sorted."""
        return sorted(self.choices(item).value for item in value)

    def deserialize(self, value: Iterable[str]) -> frozenset[Choice]:
        """Return the choices."""
        return frozenset(map(self.choices, value))


class TextsAttribute(Attribute[tuple[str, ...]]):
    """Texts in their order; none is an absent attribute."""

    attr_type = LIST
    null = True

    def serialize(self, value: Iterable[str]) -> list[dict[str, str]]:
        """Return a list of strings."""
        return [{STRING: item} for item in value]

    def deserialize(self, value: Iterable[dict[str, str]]) -> tuple[str, ...]:
        """Return the texts."""
        return tuple(item[STRING] for item in value)


_PLAIN: tuple[tuple[type[Attribute[Any]], Any], ...] = (
    (UnicodeAttribute, str),
    (NumberAttribute, int),
    (BooleanAttribute, bool),
    (DateAttribute, date),
    (InstantAttribute, datetime),
    (TextsAttribute, tuple[str, ...]),
)


def value_type(attribute: Attribute[Any]) -> Any:
    """Return the Python type of its values."""
    if isinstance(attribute, ChoiceAttribute):
        return attribute.choices
    if isinstance(attribute, ChoicesAttribute):
        return frozenset[attribute.choices]  # type: ignore[name-defined]
    return next((kind for existing, kind in _PLAIN if isinstance(attribute, existing)), bytes)


def nothing(attribute: Attribute[Any]) -> Any:
    """Return what a row has where the attribute is absent."""
    if isinstance(attribute, ChoicesAttribute):
        return frozenset()
    return () if isinstance(attribute, TextsAttribute) else None
