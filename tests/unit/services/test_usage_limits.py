"""Limits that a partner is held to: over one nothing happens, and the refusal names the rule."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.accounts.profiles import Profile
from chalicelib.domain.kernel.errors import Conflict, TooManyRequests
from chalicelib.domain.kernel.usage_limits import RESENDS_TO_ADDRESS
from chalicelib.domain.mail.deliveries import Delivery, DeliveryKind, DeliveryStatus
from chalicelib.domain.partners.invites import MAX_SLUGS
from chalicelib.domain.report_runs.report_runs import ReportRun, ReportRunStatus
from chalicelib.reports.request_validation import ReportInput
from chalicelib.services import invites
from chalicelib.services.accounts import accounts
from chalicelib.services.accounts.accounts import NewAccount
from chalicelib.services.mail import deliveries
from chalicelib.services.report_runs import report_runs
from tests.factories import an_account
from tests.scenario import ADMIN, ONE, Programme

if TYPE_CHECKING:
    from tests.fakes import FakePorts


@pytest.fixture
def programme() -> Programme:
    return Programme()


def a_sent_mail(ports: FakePorts, number: int = 1, address: str = "boss@client.example") -> Delivery:
    mail = Delivery(
        partner_id=ONE, delivery_id=f"mail-{number}", kind=DeliveryKind.REPORT_READY, queued_at=ports.now,
        last_heartbeat_at=ports.now, address=address, status=DeliveryStatus.SENT,
    )  # fmt: skip
    ports.book.put(mail)
    return mail


def test_mails_are_sent_again_to_an_address_five_times_an_hour(programme: Programme) -> None:
    mails = [a_sent_mail(programme.ports, number) for number in range(RESENDS_TO_ADDRESS + 1)]
    for mail in mails[:-1]:
        programme.do(deliveries.resend, ADMIN, mail.delivery_id)
    with pytest.raises(TooManyRequests, match="At most 5 mails are sent again to an address an hour"):
        programme.do(deliveries.resend, ADMIN, mails[-1].delivery_id)
    assert programme.ports.deliveries.get(ONE, mails[-1].delivery_id).status is DeliveryStatus.SENT
    programme.do(deliveries.resend, ADMIN, a_sent_mail(programme.ports, 99, "other@client.example").delivery_id)
    programme.ports.later(seconds=3600)
    programme.do(deliveries.resend, ADMIN, mails[-1].delivery_id)


def test_two_at_once_count_as_two(programme: Programme) -> None:
    mails = [a_sent_mail(programme.ports, number) for number in range(RESENDS_TO_ADDRESS + 1)]
    for mail in mails[: RESENDS_TO_ADDRESS - 1]:
        programme.do(deliveries.resend, ADMIN, mail.delivery_id)
    last, beyond = mails[-2:]
    programme.ports.transaction_writer.meanwhile.append(
        lambda: programme.do(deliveries.resend, ADMIN, last.delivery_id) and None
    )
    with pytest.raises(TooManyRequests):
        programme.do(deliveries.resend, ADMIN, beyond.delivery_id)


def test_a_partner_keeps_ten_slugs_and_may_go_back_to_one_of_them(programme: Programme) -> None:
    for number in range(MAX_SLUGS):
        programme.do(invites.set_up, ADMIN, number, invites.InviteForm(slug=f"agency-{number}"))
    with pytest.raises(Conflict, match="at most 10 slugs"):
        programme.do(invites.set_up, ADMIN, MAX_SLUGS, invites.InviteForm(slug="one-more"))
    assert programme.ports.invites.claim("one-more") is None
    back = programme.do(invites.set_up, ADMIN, MAX_SLUGS, invites.InviteForm(slug="agency-0"))
    assert (back.slug, back.slug_count) == ("agency-0", MAX_SLUGS)


def test_twenty_report_runs_are_open_at_once(programme: Programme) -> None:
    asking = ReportInput(report="all-accounts-summary", formats=["csv"])
    runs = [programme.do(report_runs.request, ADMIN, asking) for _ in range(report_runs.MAX_OPEN_RUNS)]
    with pytest.raises(TooManyRequests, match="At most 20 report runs"):
        programme.do(report_runs.request, ADMIN, asking)
    assert len(programme.ports.book.all(ReportRun)) == report_runs.MAX_OPEN_RUNS
    programme.ports.book.put(replace(runs[3], status=ReportRunStatus.FAILED))
    assert programme.do(report_runs.request, ADMIN, asking)


def test_as_many_managed_accounts_are_on_trial_as_the_terms_allow(programme: Programme) -> None:
    partner = programme.ports.partners.get(ONE)
    programme.ports.book.put(replace(partner, terms=replace(partner.terms, trial_account_limit=1)))
    profile: Profile = accounts.profile_of(an_account())
    programme.do(accounts.create, ADMIN, NewAccount(username="trial-one", profile=profile))
    with pytest.raises(Conflict, match="At most 1 managed accounts may be on trial at once"):
        programme.do(accounts.create, ADMIN, NewAccount(username="trial-two", profile=profile))
    assert programme.ports.usernames.find("trial-two") is None
    assert programme.do(accounts.create, ADMIN, NewAccount(username="paid-one", profile=profile, plan=Plan.LITE))
