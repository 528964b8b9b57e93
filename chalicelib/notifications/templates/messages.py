"""What each kind of mail says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.domain.kernel.local_time import day_text, instant_in, local_day_text
from chalicelib.domain.kernel.money import Money
from chalicelib.domain.mail.email_messages import (
    BonusesEarned,
    PermissionAsked,
    RecipientConfirmation,
    ReportFailed,
    ReportReady,
    TeamInvitation,
)
from chalicelib.notifications.templates.blocks import Button, Entries, Entry, Facts, Heading, Note, Paragraph
from chalicelib.notifications.templates.layout import Draft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date, datetime
    from typing import Any

    from chalicelib.domain.accounts.bonuses import Bonus
    from chalicelib.domain.mail.email_messages import EmailContent, FileLink, ReportFacts
    from chalicelib.notifications.templates.blocks import Block

FORMATS = {
    "pdf": "PDF",
    "html": "web page",
    "csv": "CSV",
    "xls": "Excel 97 file",
    "xlsx": "Excel file",
    "contacts": "contact list",
}
ROLES = {"partner_admin": "an admin", "partner_manager": "a manager", "partner_viewer": "a viewer"}
WHOEVER = "Whoever has such a link can download the file, so pass it on with care."


@dataclass(frozen=True, slots=True)
class BaseUrls:
    """Where links lead, each without a slash at its end."""

    api: str
    console: str
    platform: str


def draft(content: EmailContent, places: BaseUrls) -> Draft:
    """Return what the mail with this letter says."""
    return _WRITERS[type(content)](content, places)


def _report_ready(content: ReportReady, places: BaseUrls) -> Draft:
    report = content.report
    count = _rows(report.rows)
    return Draft(
        subject=f"{report.title}: {_day(report)}" if report.scheduled else f"{report.title} is ready",
        preview=f"{count}, for {report.partner}",
        blocks=(
            Heading(f"{report.title} is ready"),
            Facts((("Partner", report.partner), *report.parameters, ("Rows", f"{report.rows:,}"), *_read(report))),
            *map(Note, report.notes),
            *_downloads(report, places),
        ),
        why=_why(report),
    )


def _report_failed(content: ReportFailed, places: BaseUrls) -> Draft:
    report = content.report
    return Draft(
        subject=f"{report.title} could not be made",
        preview=content.reason,
        blocks=(
            Heading(f"{report.title} could not be made"),
            Note(content.reason),
            Facts((("Partner", report.partner), *report.parameters, ("Asked for", _at(report, report.requested_at)))),
            *map(Note, report.notes),
            Button("Open Partnerbook", f"{places.console}/"),
        ),
        why=_why(report),
    )


def _bonuses_earned(content: BonusesEarned, places: BaseUrls) -> Draft:
    report, number = content.report, len(content.bonuses)
    what = "New Account Bonus" if number == 1 else f"{number} New Account Bonuses"
    total = " and ".join(map(str, _totals(content.bonuses)))
    return Draft(
        subject=f"{report.partner} has earned {'a ' * (number == 1)}{what}",
        preview=f"{total}: {', '.join(bonus.username for bonus in content.bonuses[:3])}",
        blocks=(
            Heading(f"{report.partner} has earned {'a ' * (number == 1)}{what}"),
            Entries(tuple(map(_bonus, content.bonuses))),
            *([Facts((("Together", total),))] if number > 1 else []),
            *_tracker(report, places),
        ),
        why=f"You get this mail because you are a recipient of {report.partner}'s bonus mail.",
    )


def _tracker(report: ReportFacts, places: BaseUrls) -> Iterator[Block]:
    if report.links:
        yield Paragraph(f"The {report.title} has every account's standing.")
        yield from _downloads(report, places)
    else:
        yield Paragraph(f"The files of the {report.title} are not there; run it again in Partnerbook.")
        yield Button("Open Partnerbook", f"{places.console}/")


def _bonus(bonus: Bonus) -> Entry:
    return Entry(bonus.username, (bonus.organization, f"earned on {_programme_day(bonus.earned_on)}"), str(bonus.money))


def _totals(bonuses: Iterable[Bonus]) -> list[Money]:
    """Return one sum a currency."""
    sums: dict[str, int] = {}
    for bonus in bonuses:
        sums[bonus.money.currency] = sums.get(bonus.money.currency, 0) + bonus.money.amount
    return [Money(amount, currency) for currency, amount in sums.items()]


def _team_invitation(content: TeamInvitation, places: BaseUrls) -> Draft:
    who = content.invited_by or "The platform"
    role, until = ROLES.get(content.role, content.role), _programme_day(content.accept_by.date())
    return Draft(
        subject=f"{who} invites you to {content.partner}'s team on Partnerbook",
        preview=f"You can join as {role} until {until}.",
        blocks=(
            Heading(f"Join {content.partner}'s team"),
            Paragraph(f"Hello {content.name}, {who} invites you to be {role} of {content.partner} on Partnerbook."),
            Paragraph(
                f"Accept with the address {content.email}: sign in if you have done so before, or choose a password."
            ),
            Button("Accept the invitation", f"{places.console}/invitation#{content.token}"),
            Paragraph(f"The link works once, until {until}. If you do nothing, nothing changes."),
        ),
        why=f"You get this mail because {who} entered your address. If you do not expect it, leave it unanswered.",
    )


def _permission_asked(content: PermissionAsked, places: BaseUrls) -> Draft:
    return Draft(
        subject=f"{content.partner} asks to manage your account {content.username}",
        preview=f"You can answer it in your account until {_programme_day(content.answer_by)}.",
        blocks=(
            Heading(f"{content.partner} asks to manage your account"),
            Facts(
                (("Account", content.username), ("Organization", content.organization), ("Asked by", content.partner))
            ),
            Paragraph(
                f"If you approve, {content.partner} can log in to this account, change its plan and add-ons, and pay "
                "its bill. You can decline; and if you do nothing, nothing changes."
            ),
            Paragraph(f"Sign in to your account to approve or decline, until {_programme_day(content.answer_by)}."),
            Button("Go to your account", f"{places.platform}/"),
        ),
        why=f"You get this mail because your address is the one of the account {content.username}.",
    )


def _recipient_confirmation(content: RecipientConfirmation, places: BaseUrls) -> Draft:
    until = instant_in(content.works_until, "UTC")
    return Draft(
        subject=f"Confirm that you want mail from {content.partner}",
        preview=f"{content.partner} added you as a recipient of its reports and bonus mail.",
        blocks=(
            Heading(f"Do you want mail from {content.partner}?"),
            Paragraph(f"{content.partner} added this address as a recipient of its reports and bonus mail."),
            Paragraph("Until you confirm you get nothing more. If you do not want this mail, ignore this message."),
            Button("Confirm", f"{places.api}/recipient-confirmations/{content.token}"),
            Paragraph(f"The link works until {until}."),
        ),
        why=f"You get this mail because somebody of {content.partner} entered your address.",
    )


_WRITERS: dict[type[Any], Callable[[Any, BaseUrls], Draft]] = {
    ReportReady: _report_ready,
    ReportFailed: _report_failed,
    BonusesEarned: _bonuses_earned,
    TeamInvitation: _team_invitation,
    PermissionAsked: _permission_asked,
    RecipientConfirmation: _recipient_confirmation,
}


def _downloads(report: ReportFacts, places: BaseUrls) -> Iterator[Block]:
    for link in report.links:
        yield Button(_download(link), f"{places.api}/downloads/{link.token}", f"{link.name}, {_size(link.bytes)}")
    if report.links and report.links_end_at:
        links, work = ("This link", "works") if len(report.links) == 1 else ("These links", "work")
        yield Paragraph(f"{links} {work} until {_at(report, report.links_end_at)}. {WHOEVER}")


def _download(link: FileLink) -> str:
    return f"Download the {FORMATS.get(link.format, link.format)}"


def _read(report: ReportFacts) -> Iterator[tuple[str, str]]:
    if report.as_of:
        yield "As of", _at(report, report.as_of)


def _why(report: ReportFacts) -> str:
    if report.scheduled:
        return f"You get this mail because you are a recipient of this scheduled report of {report.partner}."
    return f"You get this mail because somebody of {report.partner} had this report sent to you."


def _rows(rows: int) -> str:
    return "1 row" if rows == 1 else f"{rows:,} rows"


def _size(size: int) -> str:
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1000:,.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:,.1f} MB"


def _programme_day(day: date) -> str:
    """Return a day of the program, which is a UTC day wherever the partner is."""
    return f"{day_text(day)} (UTC)"


def _day(report: ReportFacts) -> str:
    return local_day_text(report.as_of or report.requested_at, report.time_zone)


def _at(report: ReportFacts, at: datetime) -> str:
    """Return an instant in the partner's time zone."""
    return instant_in(at, report.time_zone)
