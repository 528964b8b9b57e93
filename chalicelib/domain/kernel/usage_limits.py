"""Limits on how often something is done in a period, and the counters that hold them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How often something may be done in each period; periods begin at whole hours and days of UTC."""

    name: str
    maximum: int
    period: timedelta
    rule: str
    """The rule as people read it, a whole sentence."""


MAILS_TO_ADDRESS = 3
RESENDS_TO_ADDRESS = 5


def mails_of_kind(kind: str) -> Limit:
    """Return the limit on mails of one kind to one address outside, a day."""
    rule = f"At most {MAILS_TO_ADDRESS} mails of one kind go to an address a day."
    return Limit(name=f"mail-{kind}", maximum=MAILS_TO_ADDRESS, period=DAY, rule=rule)


RESENDS = Limit(
    name="resend",
    maximum=RESENDS_TO_ADDRESS,
    period=HOUR,
    rule=f"At most {RESENDS_TO_ADDRESS} mails are sent again to an address an hour.",
)


def daily_budget(maximum: int) -> Limit:
    """Return the limit on all mails of a partner, a day; operators set it with the partner's terms."""
    rule = f"At most {maximum:,} mails of a partner are sent a day."
    return Limit(name="mails", maximum=maximum, period=DAY, rule=rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageCounter:
    """How often something was done in one period."""

    partner_id: str
    counter_id: str
    """The limit, the end of the period, and a hash of what it is counted for."""
    used: int
    expires_at: datetime
    version: int = 1


def period_end(limit: Limit, at: datetime) -> datetime:
    """Return the instant at which the period that `at` is in ends."""
    started = (at - datetime.min.replace(tzinfo=UTC)) // limit.period
    return datetime.min.replace(tzinfo=UTC) + (started + 1) * limit.period


def counter_id(limit: Limit, counted_for: str, at: datetime) -> str:
    """Return the key of a period's counter among its partner's."""
    return f"{limit.name}#{period_end(limit, at):%Y-%m-%dT%H}#{counted_for}"


class UsageStore(Protocol):
    """Usage counters; counting with a change goes through a `TransactionWriter`."""

    def get(self, partner_id: str, counter_id: str) -> UsageCounter | None:
        """Return the counter, read strongly consistent."""
        ...

    def take(self, partner_id: str, counter_id: str, maximum: int, expires_at: datetime) -> bool:
        """Count once more unless that is more than the maximum; say whether it was counted."""
        ...
