"""Mails to clients and to invited people: read when they are sent, and nothing of them kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from chalicelib.domain.access import Role
from chalicelib.domain.accounts.accounts import Account, AccountType, Owner
from chalicelib.domain.kernel.errors import Gone
from chalicelib.domain.mail.deliveries import Delivery, DeliveryStatus
from chalicelib.domain.mail.email_messages import PermissionAsked, TeamInvitation
from chalicelib.domain.partners.invitations import Invitation
from chalicelib.services.accounts import management_requests
from chalicelib.services.mail.deliveries import enqueue
from chalicelib.services.partners import invitations
from chalicelib.services.transactions import retry_on_conflict
from tests.unit.reports.portfolio_of import ACME, ADMIN, account
from tests.unit.services.mail.mailing import agency, delivered, mails

if TYPE_CHECKING:
    from tests.fakes import FakePorts

REFERRED = account(2, account_type=AccountType.REFERRED)
NEW = invitations.NewInvitation(email="ada@acme.example", name="Ada", role=Role.PARTNER_MANAGER)


def permission_asked(ports: FakePorts) -> None:
    ports.book.put(REFERRED)
    ports.transaction_writer.write(management_requests.request(ports, ADMIN, REFERRED.account_id))
    enqueue(ports, *ports.book.all(Delivery))


def test_a_request_for_permission_is_mailed_to_the_client_whose_address_is_not_kept() -> None:
    ports = agency()
    permission_asked(ports)
    (delivery,) = delivered(ports)
    (mail,) = ports.mailer.sent
    assert (mail.to, delivery.status, delivery.address) == (REFERRED.owner.email, DeliveryStatus.SENT, None)
    assert isinstance(mail.content, PermissionAsked)
    assert (mail.content.partner, mail.content.username) == ("Acme Agency", REFERRED.username)
    assert mail.content.answer_by.isoformat() == "2026-12-04"
    assert REFERRED.owner.email not in str(mails(ports))


def test_asking_while_a_request_is_pending_mails_nothing_more() -> None:
    ports = agency()
    permission_asked(ports)
    delivered(ports)
    ports.transaction_writer.write(management_requests.request(ports, ADMIN, REFERRED.account_id))
    enqueue(ports, *ports.book.all(Delivery))
    delivered(ports)
    assert len(ports.mailer.sent) == 1


def test_a_request_withdrawn_before_its_mail_went_is_not_mailed() -> None:
    ports = agency()
    permission_asked(ports)
    ports.transaction_writer.write(management_requests.withdraw(ports, ADMIN, REFERRED.account_id))
    assert [item.status for item in delivered(ports)] == [DeliveryStatus.FAILED]
    assert ports.mailer.sent == []


def test_the_address_that_the_account_has_now_is_the_one_that_is_mailed() -> None:
    ports = agency()
    permission_asked(ports)
    stored = ports.accounts.get(ACME, REFERRED.account_id)
    changed = replace(stored, owner=Owner(email="new@example.com"))
    ports.book.things[Account, ACME, REFERRED.account_id] = changed
    delivered(ports)
    assert [mail.to for mail in ports.mailer.sent] == ["new@example.com"]


def invited(ports: FakePorts) -> Invitation:
    return retry_on_conflict(ports.transaction_writer, lambda: invitations.invite(ports, ADMIN, NEW))


def mailed_tokens(ports: FakePorts) -> list[str]:
    letters = [mail.content for mail in ports.mailer.sent]
    return [content.token for content in letters if isinstance(content, TeamInvitation)]


def test_an_invitation_tells_who_invites_to_what_with_a_token_that_is_not_kept() -> None:
    ports = agency()
    invited(ports)
    delivered(ports)
    (mail,) = ports.mailer.sent
    assert isinstance(mail.content, TeamInvitation)
    assert (mail.to, mail.content.invited_by, mail.content.role) == (NEW.email, "Grace", "partner_manager")
    assert mail.content.token not in str(ports.book.things)
    assert mail.content.token not in repr(mail)
    assert invitations.look_up(ports, mail.content.token).email == NEW.email


def test_an_invitation_sent_again_has_a_new_link_and_the_former_stops_working() -> None:
    ports = agency()
    invitation = invited(ports)
    delivered(ports)
    ports.later(seconds=1)
    retry_on_conflict(ports.transaction_writer, lambda: invitations.resend(ports, ADMIN, invitation.invitation_id))
    delivered(ports)
    former, latest = mailed_tokens(ports)
    with pytest.raises(Gone):
        invitations.look_up(ports, former)
    assert invitations.look_up(ports, latest).invitation_id == invitation.invitation_id


def test_an_invitation_that_was_revoked_before_the_mail_went_is_not_mailed() -> None:
    ports = agency()
    invitation = invited(ports)
    ports.transaction_writer.write(invitations.revoke(ports, ADMIN, invitation.invitation_id))
    assert [item.status for item in delivered(ports)] == [DeliveryStatus.FAILED]
    assert ports.mailer.sent == []


def test_mailing_an_invitation_asks_nothing_of_the_identity_provider() -> None:
    ports = agency()
    ports.sign_ins.down = True
    invited(ports)
    assert [item.status for item in delivered(ports)] == [DeliveryStatus.SENT]
