"""Recipients outside the team confirm once, by a link; what ended their mail is shown and can be lifted by them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chalicelib.domain.access import Actor, Role
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.kernel.errors import Conflict, Gone, NotFound, TooManyRequests
from chalicelib.domain.mail.deliveries import Delivery, DeliveryKind, DeliveryStatus
from chalicelib.domain.mail.email_messages import RecipientConfirmation
from chalicelib.domain.mail.recipient_confirmations import CONFIRMATION_DAYS, RecipientStatus
from chalicelib.domain.mail.suppressions import Suppression, SuppressionReason, suppression_key
from chalicelib.domain.partners.members import Member
from chalicelib.services.mail import recipient_confirmations, recipients
from chalicelib.services.mail.send_worker import deliver
from chalicelib.services.partners import partners
from chalicelib.services.transactions import retry_on_conflict
from tests.factories import PARTNER, a_member, a_partner
from tests.fakes import FakePorts

ADMIN = Actor("admin", Role.PARTNER_ADMIN, PARTNER)
BOSS = "Boss@client.example"
ACTIVE, PENDING, SUPPRESSED = RecipientStatus.ACTIVE, RecipientStatus.PENDING, RecipientStatus.SUPPRESSED


@pytest.fixture
def ports() -> FakePorts:
    ports = FakePorts()
    ports.book.put(a_partner(), a_member(subject="admin", email="ada@agency.example"))
    return ports


def set_recipients(ports: FakePorts, *addresses: str) -> tuple[Delivery, ...]:
    """Have these recipients in the settings; the mails that ask the new ones to confirm."""
    version, before = ports.partners.get(PARTNER).version, {mail.delivery_id for mail in ports.book.all(Delivery)}
    retry_on_conflict(
        ports.transaction_writer,
        lambda: partners.change_settings(ports, ADMIN, version, {"recipients": tuple(addresses)}),
    )
    return tuple(mail for mail in ports.book.all(Delivery) if mail.delivery_id not in before)


def token_sent(ports: FakePorts, mail: Delivery) -> str:
    """Send a mail; the token in it."""
    sent = deliver(ports, PARTNER, mail.delivery_id)
    assert sent is not None
    assert sent.status is DeliveryStatus.SENT, sent.reason
    content = ports.mailer.sent[-1].content
    assert isinstance(content, RecipientConfirmation)
    return content.token


def confirm(ports: FakePorts, token: str) -> None:
    retry_on_conflict(ports.transaction_writer, lambda: recipient_confirmations.confirm(ports, token))


def status(ports: FakePorts, address: str = BOSS) -> tuple[RecipientStatus, SuppressionReason | None]:
    states = recipient_confirmations.states(ports, ports.partners.get(PARTNER))
    return next((state.status, state.reason) for state in states if state.address == address)


def test_a_new_recipient_outside_the_team_gets_nothing_until_it_has_confirmed(ports: FakePorts) -> None:
    (mail,) = set_recipients(ports, BOSS, "ada@agency.example")
    assert (mail.kind, mail.address) == (DeliveryKind.RECIPIENT_CONFIRMATION, BOSS)
    assert status(ports) == (PENDING, None)
    assert status(ports, "ada@agency.example") == (ACTIVE, None)
    assert recipients.allowed(ports, PARTNER, (BOSS, "ada@agency.example")) == {"ada@agency.example"}
    confirm(ports, token_sent(ports, mail))
    assert status(ports) == (ACTIVE, None)
    assert recipients.allowed(ports, PARTNER, (BOSS, "ada@agency.example")) == {"ada@agency.example", BOSS.lower()}
    assert ports.book.all(AuditEntry)[-1].kind == "recipient.confirmed"


def test_confirming_again_changes_nothing_and_looking_confirms_nothing(ports: FakePorts) -> None:
    (mail,) = set_recipients(ports, BOSS)
    token = token_sent(ports, mail)
    assert recipient_confirmations.sender(ports, token).partner_id == PARTNER
    assert status(ports) == (PENDING, None)
    confirm(ports, token)
    written = len(ports.transaction_writer.committed)
    confirm(ports, token)
    assert ports.transaction_writer.committed[written:] == [] or ports.transaction_writer.committed[-1].writes == ()


def test_who_is_taken_out_and_comes_back_confirms_anew_and_by_no_old_link(ports: FakePorts) -> None:
    (first,) = set_recipients(ports, BOSS)
    token = token_sent(ports, first)
    confirm(ports, token)
    set_recipients(ports)
    with pytest.raises(Gone, match="no longer a recipient"):
        confirm(ports, token)
    set_recipients(ports, BOSS)
    assert status(ports) == (PENDING, None)


def test_a_member_who_leaves_the_team_has_confirmed_nothing(ports: FakePorts) -> None:
    set_recipients(ports, "ada@agency.example")
    del ports.book.things[Member, "admin", PARTNER]
    assert status(ports, "ada@agency.example") == (PENDING, None)


def test_a_link_ends_after_a_week_and_one_that_nobody_made_is_not_found(ports: FakePorts) -> None:
    (mail,) = set_recipients(ports, BOSS)
    token = token_sent(ports, mail)
    with pytest.raises(NotFound):
        confirm(ports, token[:-1])
    ports.later(days=CONFIRMATION_DAYS)
    with pytest.raises(Gone, match="expired"):
        confirm(ports, token)


@pytest.mark.parametrize(
    ("reason", "everywhere"), [(SuppressionReason.UNSUBSCRIBED, False), (SuppressionReason.BOUNCED, True)]
)
def test_who_unsubscribed_or_bounced_is_shown_asked_again_and_lifts_it_by_confirming(
    ports: FakePorts, reason: SuppressionReason, everywhere: bool
) -> None:
    (mail,) = set_recipients(ports, BOSS)
    confirm(ports, token_sent(ports, mail))
    key = suppression_key(BOSS, None if everywhere else PARTNER)
    ports.book.put(Suppression(address=key, reason=reason, at=ports.now))
    assert status(ports) == (SUPPRESSED, reason)
    ports.later(seconds=1)
    again = retry_on_conflict(
        ports.transaction_writer, lambda: recipient_confirmations.request_again(ports, ADMIN, BOSS.upper())
    )
    confirm(ports, token_sent(ports, again))
    assert status(ports) == (ACTIVE, None)


def test_who_complained_is_not_asked_again(ports: FakePorts) -> None:
    set_recipients(ports, BOSS)
    ports.book.put(Suppression(address=suppression_key(BOSS), reason=SuppressionReason.COMPLAINED, at=ports.now))
    with pytest.raises(Conflict, match="not asked again"):
        recipient_confirmations.request_again(ports, ADMIN, BOSS)


def test_only_a_recipient_that_gets_no_mail_is_asked_again(ports: FakePorts) -> None:
    (mail,) = set_recipients(ports, BOSS)
    confirm(ports, token_sent(ports, mail))
    with pytest.raises(Conflict, match="already"):
        recipient_confirmations.request_again(ports, ADMIN, BOSS)
    with pytest.raises(NotFound):
        recipient_confirmations.request_again(ports, ADMIN, "stranger@x.example")


def test_an_address_is_asked_three_times_a_day_however_it_is_tried(ports: FakePorts) -> None:
    for _ in range(3):
        set_recipients(ports, BOSS)
        set_recipients(ports)
        ports.later(seconds=1)
    before = (ports.partners.get(PARTNER), len(ports.book.all(Delivery)))
    with pytest.raises(TooManyRequests, match="At most 3 mails of one kind go to an address a day") as refused:
        set_recipients(ports, BOSS)
    assert (ports.partners.get(PARTNER), len(ports.book.all(Delivery))) == before
    assert 0 < refused.value.retry_after <= 12 * 3600
    ports.later(seconds=refused.value.retry_after)
    assert set_recipients(ports, BOSS)


def test_a_mail_to_a_recipient_who_was_taken_out_meanwhile_is_not_sent(ports: FakePorts) -> None:
    (mail,) = set_recipients(ports, BOSS)
    set_recipients(ports)
    ended = deliver(ports, PARTNER, mail.delivery_id)
    assert ended is not None
    assert (ended.status, ports.mailer.sent) == (DeliveryStatus.FAILED, [])


def test_beyond_the_partners_daily_budget_nothing_is_queued_or_sent(ports: FakePorts) -> None:
    partner = ports.partners.get(PARTNER)
    ports.book.put(replace(partner, terms=replace(partner.terms, daily_mail_budget=1)))
    first, second = set_recipients(ports, BOSS, "other@client.example")
    token_sent(ports, first)
    ended = deliver(ports, PARTNER, second.delivery_id)
    assert ended is not None
    assert ended.status is DeliveryStatus.FAILED
    assert ended.reason == "At most 1 mails of a partner are sent a day. Send it again tomorrow."
    with pytest.raises(TooManyRequests, match="At most 1 mails of a partner are sent a day"):
        set_recipients(ports, "third@client.example")
    ports.later(days=1)
    assert set_recipients(ports, "third@client.example")
