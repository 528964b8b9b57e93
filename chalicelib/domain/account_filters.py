"""Filters as people and files write them: plain named values to an `AccountQuery`, and back."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from chalicelib.domain.account_query import AccountQuery
from chalicelib.domain.accounts import AccountType, BillingMode, Hold, Status
from chalicelib.domain.add_ons import AddOn
from chalicelib.domain.bonuses import BonusStatus
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.plans import Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Code = TypeVar("Code", bound=StrEnum)
Plain = str | int | bool

FILTERS = tuple(each.name for each in fields(AccountQuery))
STATUS_RULE = (
    "A status is exactly one of the capital letters "
    + ", ".join(f"{each.value} ({each.label.lower()})" for each in Status)
    + "."
)
MAX_TEXT = 120


def status_from(given: object) -> Status:
    """The status with this letter; nothing is corrected, so ` O`, `o` and `OT` are refused."""
    if isinstance(given, str) and given in set(Status):
        return Status(given)
    raise ValueError(STATUS_RULE)


def query_from(given: Mapping[str, object], pointer: str = "/filters") -> AccountQuery:
    """The query that these filters make; raises `Invalid` with everything that is wrong. None stands for no filter."""
    read: dict[str, Any] = {}
    errors: list[FieldError] = []
    for name, value in given.items():
        try:
            read.update({} if value is None else {name: _read(name, value)})
        except ValueError as error:
            errors.append(FieldError(f"{pointer}/{name}", str(error)))
    Invalid.unless_none(errors)
    query = AccountQuery(**read)
    Invalid.unless_none([FieldError(f"{pointer}/{name}", detail) for name, detail in _contradictions(query)])
    return query


def plain(query: AccountQuery) -> dict[str, Plain]:
    """What `query_from` makes the same query of: the filters that narrow, as JSON has them."""
    given = {name: getattr(query, name) for name in FILTERS}
    return {name: _plain(value) for name, value in given.items() if value is not None and value is not False}


def _plain(value: Any) -> Plain:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def _read(name: str, value: object) -> Any:
    if name not in _READERS:
        raise ValueError(f"There is no filter {name}. There are {', '.join(FILTERS)}.")
    return _READERS[name](value)


def _code(kind: type[Code]) -> Callable[[object], Code]:
    def read(given: object) -> Code:
        if isinstance(given, str) and given in set(kind):
            return kind(given)
        raise ValueError(f"This must be one of {', '.join(kind)}.")

    return read


def _number(given: object) -> int:
    if isinstance(given, int) and not isinstance(given, bool) and given >= 0:
        return given
    raise ValueError("This must be a whole number, 0 or more.")


def _flag(given: object) -> bool:
    if isinstance(given, bool):
        return given
    raise ValueError("This must be true or false.")


def _text(given: object) -> str:
    if isinstance(given, str) and 0 < len(given) <= MAX_TEXT:
        return given
    raise ValueError(f"This must be a text of 1 to {MAX_TEXT} characters.")


def _day(given: object) -> date:
    """A day as `2026-11-05`, not in one of the other ways that ISO 8601 has."""
    try:
        day = date.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        day = None
    if day is None or day.isoformat() != given:
        raise ValueError("This must be a day of the calendar such as 2026-11-05.")
    return day


_READERS: dict[str, Callable[[object], Any]] = {
    "status": status_from,
    "account_type": _code(AccountType),
    "billing_mode": _code(BillingMode),
    "plan": _code(Plan),
    "add_on": _code(AddOn),
    "hold": _code(Hold),
    "q": _text,
    "list_size_min": _number,
    "list_size_max": _number,
    "never_logged_in": _flag,
    "never_sent_campaign": _flag,
    "trial_ends_to": _day,
    "nab_status": _code(BonusStatus),
    "first_payment_from": _day,
    "first_payment_to": _day,
}


def _contradictions(query: AccountQuery) -> Iterator[tuple[str, str]]:
    low, high = query.list_size_min, query.list_size_max
    if low is not None and high is not None and low > high:
        yield "list_size_max", "The largest list size is below the smallest."
    first, last = query.first_payment_from, query.first_payment_to
    if first is not None and last is not None and first > last:
        yield "first_payment_to", "The last day of first payment is before the first."
