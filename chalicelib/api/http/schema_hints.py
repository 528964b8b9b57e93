"""Tells the OpenAPI document what a rule of the domain allows; the rule itself refuses the rest by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Meta

if TYPE_CHECKING:
    from collections.abc import Iterable


def one_of(values: Iterable[str]) -> Meta:
    """Return what declares these as a field's only values: `Annotated[Reference, one_of(REPORTS)]`."""
    return Meta(extra_json_schema={"enum": [str(value) for value in values]})


def within(allowed: range) -> Meta:
    """Return what declares a field as a whole number in this range."""
    return Meta(extra_json_schema={"minimum": allowed.start, "maximum": allowed.stop - 1})
