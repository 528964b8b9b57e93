"""Mails to clients and to invited people: read when they are sent, and nothing of them kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain.access import Role
from chalicelib.domain.accounts import Account, AccountType, Owner
from chalicelib.domain.deliveries import DeliveryState
from chalicelib.domain.errors import Busy
from chalicelib.domain.letters import PermissionAsked, TeamInvitation
from chalicelib.domain.mailings import of_permission
from chalicelib.domain.members import Member
from chalicelib.services import permissions, team
from chalicelib.services.deliveries import hand_over
from tests.unit.reports.portfolio_of import ACME, ADMIN, account
from tests.unit.services.mailing import agency, delivered, mails

if TYPE_CHECKING:
    from tests.fakes import FakePorts

REFERRED = account(2, account_type=AccountType.REFERRED)
NEW = team.NewMember(email="ada@acme.example", name="Ada", role=Role.PARTNER_MANAGER)


def permission_asked(ports: FakePorts) -> None:
    ports.book.put(REFERRED)
    asked = ports.journal.commit(permissions.request(ports, ADMIN, REFERRED.account_id))
    hand_over(ports, of_permission(asked))


def test_a_request_for_permission_is_mailed_to_the_client_whose_address_is_not_kept() -> None:
    ports = agency()
    permission_asked(ports)
    (delivery,) = delivered(ports)
    (mail,) = ports.mailer.sent
    assert (mail.to, delivery.state, delivery.address) == (REFERRED.owner.email, DeliveryState.SENT, None)
    assert isinstance(mail.letter, PermissionAsked)
    assert (mail.letter.partner, mail.letter.username) == ("Acme Agency", REFERRED.username)
    assert mail.letter.answer_by.isoformat() == "2026-12-04"
    assert REFERRED.owner.email not in str(mails(ports))


def test_asking_while_a_request_is_pending_mails_nothing_more() -> None:
    ports = agency()
    permission_asked(ports)
    delivered(ports)
    again = ports.journal.commit(permissions.request(ports, ADMIN, REFERRED.account_id))
    hand_over(ports, of_permission(again))
    delivered(ports)
    assert len(ports.mailer.sent) == 1


def test_a_request_withdrawn_before_its_mail_went_is_not_mailed() -> None:
    ports = agency()
    permission_asked(ports)
    ports.journal.commit(permissions.withdraw(ports, ADMIN, REFERRED.account_id))
    assert [each.state for each in delivered(ports)] == [DeliveryState.FAILED]
    assert ports.mailer.sent == []


def test_the_address_that_the_account_has_now_is_the_one_that_is_mailed() -> None:
    ports = agency()
    permission_asked(ports)
    stored = ports.accounts.get(ACME, REFERRED.account_id)
    changed = replace(stored, owner=Owner(email="new@example.com"))
    ports.book.things[Account, ACME, REFERRED.account_id] = changed
    delivered(ports)
    assert [mail.to for mail in ports.mailer.sent] == ["new@example.com"]


def invited(ports: FakePorts) -> Member:
    done = ports.journal.commit(team.invite(ports, ADMIN, NEW))
    hand_over(ports, done.mail)
    return done.member


def test_an_invitation_tells_who_invites_to_what_with_a_first_password_that_is_not_kept() -> None:
    ports = agency()
    invited(ports)
    delivered(ports)
    (mail,) = ports.mailer.sent
    assert isinstance(mail.letter, TeamInvitation)
    assert (mail.to, mail.letter.invited_by, mail.letter.role) == (NEW.email, "Grace", "partner_manager")
    assert mail.letter.password == ports.sign_ins.passwords[NEW.email]
    assert mail.letter.password not in str(ports.book.things)


def test_who_has_signed_in_before_keeps_the_password() -> None:
    ports = agency()
    ports.sign_ins.signed_in.add(NEW.email)
    invited(ports)
    delivered(ports)
    letter = ports.mailer.sent[0].letter
    assert isinstance(letter, TeamInvitation)
    assert letter.password is None


def test_invited_again_is_a_mail_of_its_own() -> None:
    ports = agency()
    member = invited(ports)
    delivered(ports)
    ports.later(seconds=1)
    again = ports.journal.commit(team.invite_again(ports, ADMIN, member.subject))
    hand_over(ports, again.mail)
    delivered(ports)
    letters = [mail.letter for mail in ports.mailer.sent]
    assert len(letters) == 2
    assert letters[0] != letters[1], "the second has a new password"


def test_who_was_removed_before_the_mail_went_is_not_invited() -> None:
    ports = agency()
    member = invited(ports)
    ports.journal.commit(team.remove(ports, ADMIN, member.subject))
    assert [each.state for each in delivered(ports)] == [DeliveryState.FAILED]
    assert (ports.mailer.sent, ports.sign_ins.passwords) == ([], {})


def test_an_identity_provider_that_cannot_now_leaves_the_mail_waiting() -> None:
    ports = agency()
    invited(ports)

    def busy(email: str) -> str:
        raise Busy

    ports.sign_ins.first_password = busy  # type: ignore[method-assign]
    assert [each.state for each in delivered(ports)] == [DeliveryState.QUEUED]
