"""Letters of every kind, made of whatever a partner or a client may be called."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.mail.email_messages import (
    BonusesEarned,
    FileLink,
    PermissionAsked,
    ReportFacts,
    ReportFailed,
    ReportReady,
    TeamInvitation,
)
from chalicelib.notifications.templates.messages import BaseUrls
from tests.factories import NOON, a_bonus

if TYPE_CHECKING:
    from chalicelib.domain.mail.email_messages import EmailContent

AT = datetime(2026, 11, 5, 12, tzinfo=UTC)
PLACES = BaseUrls("https://api.example/v1", "https://partnerbook.example/console", "https://app.example")
LINKS = tuple(
    FileLink(format=name, name=f"report.{name}", bytes=size, token=f"token-{name}")
    for name, size in (("pdf", 123_456), ("csv", 999))
)


def facts(name: str = "Acme Agency", *, scheduled: bool = False, links: tuple[FileLink, ...] = LINKS) -> ReportFacts:
    return ReportFacts(
        partner=name,
        title="Managed Account Details",
        parameters=(("Status", "O (open)"), ("Search", name)),
        requested_at=AT,
        time_zone="Europe/Berlin",
        scheduled=scheduled,
        as_of=AT,
        rows=7043,
        notes=(f"A note about {name}.",),
        links=links,
        links_end_at=AT + timedelta(days=7),
    )


def letters(name: str = "Acme Agency") -> list[EmailContent]:
    """One of each kind, with this name wherever somebody's own words stand."""
    return [
        ReportReady(report=facts(name)),
        ReportFailed(report=facts(name, links=()), reason=f"It failed for {name}."),
        BonusesEarned(report=facts(name), bonuses=(a_bonus(username=name, organization=name),)),
        TeamInvitation(
            partner=name,
            invited_by=name,
            name=name,
            role="partner_viewer",
            email="ada@example.com",
            token="prt_one.inv_one.secret",
            accept_by=NOON,
        ),
        PermissionAsked(partner=name, username=name, organization=name, answer_by=date(2026, 12, 4)),
    ]
