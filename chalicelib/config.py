"""The product's settings: read once from the environment, and only here."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


NO_PLATFORM = "https://app.example.com"
"""Where links to accounts lead on a stage that does not say where accounts are: nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a stage sets. The names in the environment are these in capitals."""

    stage: str = "dev"
    table_prefix: str = "partnerbook-dev-"
    files_bucket: str = ""
    report_queue_url: str = ""
    import_queue_url: str = ""
    bulk_queue_url: str = ""
    settle_queue_url: str = ""
    delivery_queue_url: str = ""
    token_issuer: str = ""
    token_jwks_url: str = ""
    token_client_ids: tuple[str, ...] = ()
    user_pool_id: str = ""
    console_client_id: str = ""
    """The pool's client by which people sign in to the console."""
    session_idle_minutes: int = 30
    """How long a session in a browser lasts without input, and how long in all."""
    session_hours: int = 12
    mail_from: str = ""
    mail_configuration_set: str = ""
    api_url: str = ""
    console_url: str = ""
    platform_url: str = NO_PLATFORM
    """Where clients' accounts are: invite and sign-in links lead there."""
    viewer_address_header: str = ""
    """Where a proxy that nobody can pass by tells the caller's address; without one it is the connection's."""
    today: date | None = None
    """The day the functions believe it is; only the embedded stack sets it."""
    import_rows_per_second: int = 300
    spooled_row_limit: int = 200_000
    """PDF, HTML and XLS refuse above this many rows."""
    partner_rate: float = 50.0
    """Requests a second that one function instance takes for one partner, and how many at once."""
    partner_burst: int = 200
    address_rate: float = 10.0
    """The same for one public address, which has not signed in."""
    address_burst: int = 60


def from_environment(environment: dict[str, str]) -> Settings:
    """Return the settings that these variables make; raises `ValueError` naming the variable that is not right."""
    get = environment.get
    today = get("TODAY", "")
    named = Settings(
        stage=get("STAGE", "dev"),
        table_prefix=get("TABLE_PREFIX", "partnerbook-dev-"),
        files_bucket=get("FILES_BUCKET", ""),
        report_queue_url=get("REPORT_QUEUE_URL", ""),
        import_queue_url=get("IMPORT_QUEUE_URL", ""),
        bulk_queue_url=get("BULK_QUEUE_URL", ""),
        settle_queue_url=get("SETTLE_QUEUE_URL", ""),
        delivery_queue_url=get("DELIVERY_QUEUE_URL", ""),
        token_issuer=get("TOKEN_ISSUER", ""),
        token_jwks_url=get("TOKEN_JWKS_URL", ""),
        token_client_ids=tuple(filter(None, get("TOKEN_CLIENT_IDS", "").split(","))),
        user_pool_id=get("USER_POOL_ID", ""),
        console_client_id=get("CONSOLE_CLIENT_ID", ""),
        mail_from=get("MAIL_FROM", ""),
        mail_configuration_set=get("MAIL_CONFIGURATION_SET", ""),
        api_url=get("API_URL", ""),
        console_url=get("CONSOLE_URL", ""),
        platform_url=get("PLATFORM_URL", "") or NO_PLATFORM,
        viewer_address_header=get("VIEWER_ADDRESS_HEADER", "").lower(),
        today=date.fromisoformat(today) if today else None,
    )
    return _with_numbers(named, get)


def _with_numbers(named: Settings, get: Callable[[str, str], str]) -> Settings:
    return replace(
        named,
        session_idle_minutes=int(get("SESSION_IDLE_MINUTES", "30")),
        session_hours=int(get("SESSION_HOURS", "12")),
        import_rows_per_second=int(get("IMPORT_ROWS_PER_SECOND", "300")),
        spooled_row_limit=int(get("SPOOLED_ROW_LIMIT", "200000")),
        partner_rate=float(get("PARTNER_RATE", "50")),
        partner_burst=int(get("PARTNER_BURST", "200")),
        address_rate=float(get("ADDRESS_RATE", "10")),
        address_burst=int(get("ADDRESS_BURST", "60")),
    )


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return this process's settings."""
    return from_environment(dict(os.environ))
