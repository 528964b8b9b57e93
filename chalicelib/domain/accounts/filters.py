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

FILTERS = tuple(field.name for field in fields(AccountQuery))
STATUS_RULE = (
    "A status is exactly one of the capital letters "
    + ", ".join(f"{status.value} ({status.label.lower()})" for status in Status)
    + "."
)


def status_from(values: object) -> Status:
    """Return the status with this letter, or ValueError; nothing is corrected: ` O`, `o` and `OT` are none."""
    if isinstance(values, str) and values in set(Status):
        return Status(values)
    raise ValueError(STATUS_RULE)


def plain(query: AccountQuery) -> dict[str, Plain]:
    """Return the filters that narrow, as JSON has them."""
    values = {name: getattr(query, name) for name in FILTERS}
    return {name: _plain(value) for name, value in values.items() if value is not None and value is not False}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else getattr(value, "value", value)


def query_of(values: Mapping[str, Plain]) -> AccountQuery:
    """Return the query of which `plain` gave this."""
    return AccountQuery(**{name: _READERS.get(name, _same)(value) for name, value in values.items()})


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
