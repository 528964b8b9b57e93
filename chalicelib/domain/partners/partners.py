"""A partner: its profile, its terms (set by operators) and its settings (its own)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.kernel.countries import DEFAULT_COUNTRY
from chalicelib.domain.kernel.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

MAX_RECIPIENTS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the platform agreed with the partner; only operators set it."""

    trial_days: int = 60
    bonus: Money = field(default_factory=lambda: Money(10_000, "USD"))
    single_bill_enabled: bool = True
    permission_days: int = 30
    """How long a client may answer a request for permission to manage."""
    daily_mail_budget: int = 1_000
    """How many mails the partner sends a day, of whatever kind."""
    trial_account_limit: int = 500
    """How many managed accounts may be on trial at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerSettings:
    """What the partner sets for itself, within the platform's limits."""

    recipients: tuple[str, ...] = ()
    """E-mail addresses of reports and bonus mail, at most 10."""
    time_zone: str = "UTC"
    """IANA name."""
    country: str = DEFAULT_COUNTRY
    """ISO 3166-1 alpha-2 code; it decides the paper of reports."""
    report_retention_days: int = 30
    link_days: int = 7
    """How long a link in an e-mail works."""
    tracker_formats: tuple[str, ...] = ("pdf", "csv")
    """The formats of the bonus tracker that the nightly mail links to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """One partner of the programme."""

    partner_id: str
    name: str
    created_at: datetime
    terms: Terms = field(default_factory=Terms)
    settings: PartnerSettings = field(default_factory=PartnerSettings)
    confirmed_recipients: tuple[str, ...] = ()
    """Recipients outside the team that have confirmed, by `address_key`; the others get no mail."""
    suspended: bool = False
    admin_count: int = 0
    """Members with the role partner_admin; the last one cannot go."""
    settled_on: date | None = None
    """The last day up to which every account of the partner is settled."""
    version: int = 1


class PartnerStore(Protocol):
    """Partners."""

    def get(self, partner_id: str) -> Partner:
        """Return the partner, read strongly consistent; raises `NotFound`."""
        ...

    def all(self) -> Iterator[Partner]:
        """Yield every partner: for the nightly fan-out and the operators' list only."""
        ...
