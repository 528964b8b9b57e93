"""An account query as plain named values, the way files and answers hold it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from chalicelib.domain.accounts.accounts import Status
from chalicelib.domain.accounts.query import RULES

if TYPE_CHECKING:
    from chalicelib.domain.accounts.query import AccountQuery

Plain = str | int | bool

FILTERS = tuple(RULES)
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
