"""An account query as plain named values, the way files and requests hold it, and back."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

from chalicelib.domain.accounts.accounts import AccountType, BillingMode, Hold, Status
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import BonusStatus
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.accounts.query import AccountQuery

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Plain = str | int | bool

FILTERS = tuple(each.name for each in fields(AccountQuery))
STATUS_RULE = (
    "A status is exactly one of the capital letters "
    + ", ".join(f"{each.value} ({each.label.lower()})" for each in Status)
    + "."
)


def status_from(given: object) -> Status:
    """The status with this letter, or ValueError; nothing is corrected: ` O`, `o` and `OT` are none."""
    if isinstance(given, str) and given in set(Status):
        return Status(given)
    raise ValueError(STATUS_RULE)


def plain(query: AccountQuery) -> dict[str, Plain]:
    """The filters that narrow, as JSON has them."""
    given = {name: getattr(query, name) for name in FILTERS}
    return {name: _plain(value) for name, value in given.items() if value is not None and value is not False}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else getattr(value, "value", value)


def query_of(given: Mapping[str, Plain]) -> AccountQuery:
    """The query of which `plain` gave this."""
    return AccountQuery(**{name: _READERS.get(name, _same)(value) for name, value in given.items()})


def _same(value: Any) -> Any:
    return value


_READERS: dict[str, Callable[[Any], Any]] = {
    "status": Status,
    "account_type": AccountType,
    "billing_mode": BillingMode,
    "plan": Plan,
    "add_on": AddOn,
    "hold": Hold,
    "trial_ends_to": date.fromisoformat,
    "nab_status": BonusStatus,
    "first_payment_from": date.fromisoformat,
    "first_payment_to": date.fromisoformat,
}
