"""What a partner's terms and settings may be: the platform's limits."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from chalicelib.domain.kernel import field_rules
from chalicelib.domain.kernel.countries import COUNTRIES
from chalicelib.domain.kernel.email_addresses import address_key
from chalicelib.domain.kernel.errors import FieldError, Invalid
from chalicelib.domain.kernel.money import is_currency
from chalicelib.domain.kernel.text_rules import problems
from chalicelib.domain.partners.partners import MAX_RECIPIENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.domain.partners.partners import PartnerSettings, Terms

NO_TIME_ZONES = frozenset({"localtime", "Factory"})
"""Names that the zone database has for a machine without a zone, or with one of its own."""
TRIAL_DAYS = range(1, 366)
PERMISSION_DAYS = range(1, 91)
DAILY_MAIL_BUDGET = range(1_000_001)
TRIAL_ACCOUNT_LIMIT = range(100_001)
BONUS_AMOUNT = range(10_000_001)
RETENTION_DAYS = range(1, 366)
LINK_DAYS = range(1, 31)
TRACKER_FORMATS = ("pdf", "html", "csv", "xls", "xlsx")


def require_terms(name: str, terms: Terms) -> None:
    """Raise `Invalid` with everything that is wrong."""
    Invalid.unless_none(list(_term_problems(name, terms)))


def _term_problems(name: str, terms: Terms) -> Iterator[FieldError]:
    yield from problems({"name": name}, {"name": field_rules.PARTNER_NAME})
    yield from _within("/terms/trial_days", terms.trial_days, TRIAL_DAYS)
    yield from _within("/terms/permission_days", terms.permission_days, PERMISSION_DAYS)
    yield from _within("/terms/daily_mail_budget", terms.daily_mail_budget, DAILY_MAIL_BUDGET)
    yield from _within("/terms/trial_account_limit", terms.trial_account_limit, TRIAL_ACCOUNT_LIMIT)
    yield from _within("/terms/bonus/amount", terms.bonus.amount, BONUS_AMOUNT)
    if not is_currency(terms.bonus.currency):
        yield FieldError("/terms/bonus/currency", "This is no active ISO 4217 currency code, such as USD.")


def require_settings(settings: PartnerSettings) -> None:
    """Raise `Invalid` with everything that is wrong."""
    Invalid.unless_none(list(_setting_problems(settings)))


def _setting_problems(settings: PartnerSettings) -> Iterator[FieldError]:
    yield from _recipient_problems(settings.recipients)
    if settings.time_zone in NO_TIME_ZONES or settings.time_zone not in available_timezones():
        yield FieldError("/time_zone", "A time zone is an IANA name, such as Europe/Berlin.")
    if settings.country not in COUNTRIES:
        yield FieldError("/country", "A country is its ISO 3166-1 alpha-2 code, such as US.")
    yield from _within("/report_retention_days", settings.report_retention_days, RETENTION_DAYS)
    yield from _within("/link_days", settings.link_days, LINK_DAYS)
    formats = settings.tracker_formats
    if not formats or not set(formats) <= set(TRACKER_FORMATS) or len(set(formats)) < len(formats):
        yield FieldError("/tracker_formats", f"One or more of {', '.join(TRACKER_FORMATS)} are needed, each once.")


def _recipient_problems(recipients: tuple[str, ...]) -> Iterator[FieldError]:
    if len(recipients) > MAX_RECIPIENTS:
        yield FieldError("/recipients", f"At most {MAX_RECIPIENTS} recipients are kept.")
    if len(set(map(address_key, recipients))) < len(recipients):
        yield FieldError("/recipients", "An address stands there twice.")
    for index, address in enumerate(recipients):
        wrong = field_rules.EMAIL.problem(address)
        if wrong is not None:
            yield FieldError(f"/recipients/{index}", wrong)


def _within(pointer: str, value: int, allowed: range) -> Iterator[FieldError]:
    if value not in allowed:
        yield FieldError(pointer, f"This must be a whole number from {allowed.start} to {allowed.stop - 1}.")
