"""What mails say, in both their faces."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from chalicelib.domain.kernel.local_time import instant_for_file_name
from chalicelib.domain.kernel.money import Money
from chalicelib.domain.mail.email_messages import BonusesEarned, ReportReady
from chalicelib.notifications.templates.layout import LONGEST_SUBJECT, Composed, compose
from chalicelib.notifications.templates.messages import draft
from tests.factories import a_bonus
from tests.unit.notifications.templates.email_messages import PLACES, facts, letters

FUZZ = "<script>alert(1)</script>\r\nBcc: all@example.com\x00\u202e&amp;\"'${subject}"
LOUD = {"img", "script", "iframe", "link", "form", "object", "video", "audio"}
WAY_OUT = "https://api.example/v1/unsubscribes/token"


class Reading(HTMLParser):
    """The tags and links of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str | None] = []
        self.seen: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in ("href", "src", "background")]

    def handle_data(self, data: str) -> None:
        self.seen.append(data)


def composed(content: object, unsubscribe_link: str | None = None) -> Composed:
    return compose(draft(content, PLACES), unsubscribe_link)  # type: ignore[arg-type]


def test_a_ready_report_tells_what_it_is_how_big_and_until_when_in_both_faces() -> None:
    mail = composed(ReportReady(report=facts()))
    assert mail.subject == "Managed Account Details is ready"
    for face in (mail.text, mail.html):
        assert "7,043" in face
        assert "O (open)" in face
        assert "5 November 2026, 13:00 CET" in face
        assert "12 November 2026, 13:00 CET" in " ".join(face.split())
        assert "report.pdf, 123 kB" in face
        assert "report.csv, 999 bytes" in face
        assert "https://api.example/v1/downloads/token-pdf" in face
        assert "https://api.example/v1/downloads/token-csv" in face


def test_a_scheduled_one_says_of_which_day_it_is() -> None:
    assert composed(ReportReady(report=facts(scheduled=True))).subject == "Managed Account Details: 5 November 2026 CET"


def test_a_mail_and_its_files_tell_one_day_and_its_zone() -> None:
    """18:00 UTC is the next morning in Auckland."""
    read = datetime(2026, 11, 5, 18, tzinfo=UTC)
    existing = replace(facts(scheduled=True), as_of=read, time_zone="Pacific/Auckland")
    mail = composed(ReportReady(report=existing))
    assert mail.subject == "Managed Account Details: 6 November 2026 NZDT"
    assert "6 November 2026, 07:00 NZDT" in mail.text
    assert "2026-11-06-0700-Pacific-Auckland" in instant_for_file_name(read, existing.time_zone)


def test_days_of_the_programme_say_that_they_are_utc_days() -> None:
    mail = composed(BonusesEarned(report=facts(), bonuses=(a_bonus(),)))
    assert "November 2026 (UTC)" in mail.text


@pytest.mark.parametrize(("number", "subject"), [(1, "has earned a New Account Bonus"), (90, "90 New Account Bonuses")])
def test_bonus_mail_names_every_bonus_and_their_sum(number: int, subject: str) -> None:
    bonuses = tuple(a_bonus(username=f"client-{item}", organization=f"Org {item}") for item in range(number))
    mail = composed(BonusesEarned(report=facts(), bonuses=bonuses))
    assert subject in mail.subject
    for face in (mail.text, mail.html):
        assert all(f"client-{item}" in face and f"Org {item}" in face for item in range(number))
    assert mail.text.count(": USD 100.00") == mail.html.count(">USD 100.00<") == number
    if number > 1:
        assert "USD 9,000.00" in mail.text
    assert len(mail.html) < 100_000, "longer mails are cut off by mail programs"


def test_sums_of_several_currencies_are_not_added_up() -> None:
    bonuses = (a_bonus(), a_bonus(money=Money(500, "JPY")), a_bonus(money=Money(1250, "KWD")))
    assert "USD 100.00 and JPY 500 and KWD 1.250" in composed(BonusesEarned(report=facts(), bonuses=bonuses)).text


def test_bonuses_without_files_say_so() -> None:
    mail = composed(BonusesEarned(report=facts(links=()), bonuses=(a_bonus(),)))
    assert "are not there" in mail.text
    assert "/downloads/" not in mail.text


@pytest.mark.parametrize("content", letters(FUZZ), ids=lambda item: type(item).__name__)
def test_no_name_breaks_out_of_the_page_or_the_subject(content: object) -> None:
    mail = composed(content)
    page = Reading(mail.html)
    assert not LOUD & set(page.tags)
    assert "alert(1)" in " ".join(page.seen), "it stands there as text"
    assert not {"\r", "\n", "\x00", "\u202e"} & set(mail.subject)
    assert "${subject}" in mail.html or "${subject}" not in mail.text


@pytest.mark.parametrize("content", letters(), ids=lambda item: type(item).__name__)
def test_nothing_is_fetched_and_every_link_leads_to_us(content: object) -> None:
    page = Reading(composed(content, WAY_OUT).html)
    assert not LOUD & set(page.tags)
    ours = ("https://api.example/v1/", "https://partnerbook.example/console/", "https://app.example/")
    assert page.links
    assert all(link and link.startswith(ours) for link in page.links)
    assert "url(" not in composed(content).html


@pytest.mark.parametrize("content", letters(), ids=lambda item: type(item).__name__)
def test_both_faces_have_the_same_links_and_say_why_it_came(content: object) -> None:
    mail = composed(content, WAY_OUT)
    for link in Reading(mail.html).links:
        assert link
        assert link in mail.text
    assert "You get this mail because" in mail.text
    assert "You get this mail because" in mail.html


@pytest.mark.parametrize("content", letters("株式会社 شركة Ünï 👩‍💻"), ids=lambda item: type(item).__name__)
def test_names_in_any_script_stand_as_they_are(content: object) -> None:
    mail = composed(content)
    assert "株式会社 شركة Ünï 👩‍💻" in mail.html
    assert "株式会社 شركة Ünï 👩‍💻" in " ".join(mail.text.split())


def test_a_subject_is_cut_where_mail_programs_would() -> None:
    mail = composed(replace(letters("A" * 500)[-1]))
    assert len(mail.subject) == LONGEST_SUBJECT
    assert mail.subject.endswith("…")
