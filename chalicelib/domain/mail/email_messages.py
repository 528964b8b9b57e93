"""Contents of mails, as facts; and the port that words and sends them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date, datetime

    from chalicelib.domain.accounts.bonuses import Bonus


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLink:
    """A link to one file that lasts."""

    format: str
    name: str
    bytes: int
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """What every mail about a report run tells of it."""

    partner: str
    title: str
    parameters: tuple[tuple[str, str], ...]
    """What was asked for, as people read it."""
    requested_at: datetime
    time_zone: str
    scheduled: bool = False
    as_of: datetime | None = None
    rows: int = 0
    notes: tuple[str, ...] = ()
    links: tuple[FileLink, ...] = ()
    links_end_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportReady:
    report: ReportFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFailed:
    report: ReportFacts
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BonusesEarned:
    """Bonuses earned since the last night; the report is the bonus tracker, without links where it was not made."""

    report: ReportFacts
    bonuses: tuple[Bonus, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamInvitation:
    partner: str
    invited_by: str | None
    name: str
    role: str
    email: str
    token: str = field(repr=False)
    """Opens the invitation, once."""
    accept_by: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionAsked:
    """To the client of a referred account."""

    partner: str
    username: str
    organization: str
    answer_by: date
    """The last day on which it can be answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientConfirmation:
    """To a recipient outside the team, before any other mail."""

    partner: str
    token: str = field(repr=False)
    works_until: datetime


EmailContent = ReportReady | ReportFailed | BonusesEarned | TeamInvitation | PermissionAsked | RecipientConfirmation


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail on its way to one address."""

    to: str
    content: EmailContent
    at: datetime
    unsubscribe_token: str | None = field(default=None, repr=False)
    """Of a recurring mail: what ends such mail with one click."""


class NotSent(Exception):
    """The mail was surely not sent; whatever else `send` raises leaves that open."""

    def __init__(self, detail: str, *, passes: bool) -> None:
        super().__init__(detail)
        self.detail = detail
        self.passes = passes
        """Whether it may be taken later as it is."""


class Mailer(Protocol):
    """Sends mail."""

    def send(self, mail: Mail) -> str:
        """Send one, once, and give the id that the mail service knows it by; raises `NotSent` where it surely was
        not. Never tries again by itself."""
        ...
