"""Invitations to a team: they bind nobody until the invited person accepts, and nobody else can."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chalicelib.domain.access import Role
from chalicelib.domain.kernel.errors import (
    Conflict,
    Forbidden,
    Gone,
    Invalid,
    NotFound,
    PartnerbookError,
    TooManyRequests,
)
from chalicelib.domain.mail.deliveries import Delivery
from chalicelib.domain.partners.invitations import Invitation, issue
from chalicelib.domain.partners.members import Member
from chalicelib.services.partners import invitations
from chalicelib.services.partners.invitations import NewInvitation
from tests.factories import a_member, an_operator
from tests.scenario import ADMIN, ONE, OTHER_ADMIN, TWO, Programme

if TYPE_CHECKING:
    from collections.abc import Callable

A, M, V = Role.PARTNER_ADMIN, Role.PARTNER_MANAGER, Role.PARTNER_VIEWER
GRACE = "hopper@navy.example"


def invite(programme: Programme, role: Role = M, email: str = GRACE, by: object = ADMIN) -> Invitation:
    new = NewInvitation(email=email, name="Grace Hopper", role=role)
    return programme.do(invitations.invite, by, new)  # type: ignore[arg-type]


def mailed(programme: Programme, invitation: Invitation) -> str:
    """The token in the invitation's mail."""
    issued = issue(programme.ports.invitations.get(invitation.partner_id, invitation.invitation_id) or invitation)
    programme.ports.book.put(issued.invitation)
    return issued.token


def signed_in(programme: Programme, email: str = GRACE) -> str:
    """Somebody who has a sign-in with this verified address; gives the subject."""
    programme.ports.sign_ins.create(email, "Grace", "")
    return f"subject-of-{email}"


def accept(programme: Programme, subject: str, token: str) -> Member:
    from chalicelib.services.transactions import retry_on_conflict

    return retry_on_conflict(
        programme.ports.transaction_writer, lambda: invitations.accept(programme.ports, subject, token)
    )


@pytest.mark.parametrize(("role", "number"), [(A, 2), (M, 1), (V, 1)])
def test_who_accepts_is_a_member_and_is_counted(programme: Programme, role: Role, number: int) -> None:
    token = mailed(programme, invite(programme, role, "Hopper@Navy.example"))
    assert programme.ports.partners.get(ONE).admin_count == 1, "nobody is counted before accepting"
    member = accept(programme, signed_in(programme), token)
    assert (member.partner_id, member.role, member.email) == (ONE, role, GRACE)
    assert programme.ports.members.get(member.subject, ONE) == member
    assert programme.ports.partners.get(ONE).admin_count == number
    assert programme.ports.invitations.of_partner(ONE) == []


@pytest.mark.aws("B1")
@pytest.mark.parametrize("existing", ["nobody", "a member of another team", "an operator", "signed in once"])
def test_inviting_says_and_does_the_same_whoever_the_address_is_of(programme: Programme, existing: str) -> None:
    subject = "" if existing == "nobody" else signed_in(programme)
    if existing == "a member of another team":
        programme.ports.book.put(a_member(subject=subject, partner_id=TWO, email=GRACE))
    elif existing == "an operator":
        programme.ports.book.put(an_operator(subject=subject, email=GRACE))
    programme.ports.sign_ins.down = True
    before = dict(programme.ports.sign_ins.passwords)
    assert invite(programme).email == GRACE
    (mail,) = programme.ports.book.all(Delivery)
    assert (mail.partner_id, mail.address) == (ONE, GRACE)
    assert (programme.ports.sign_ins.passwords, programme.ports.sign_ins.ended) == (before, [])


def test_an_invitation_reserves_no_address_for_another_partner(programme: Programme) -> None:
    token = mailed(programme, invite(programme))
    other = mailed(programme, invite(programme, A, by=OTHER_ADMIN))
    subject = signed_in(programme)
    accept(programme, subject, token)
    accept(programme, subject, other)
    memberships = programme.ports.members.of_subject(subject)
    assert {membership.partner_id: membership.role for membership in memberships} == {ONE: M, TWO: A}


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.PLATFORM, Role.SYSTEM, Role.SIGNED_IN])
def test_nobody_is_invited_to_be_staff(programme: Programme, role: Role) -> None:
    with pytest.raises(Invalid):
        invite(programme, role)


@pytest.mark.parametrize(
    ("email", "name"),
    [("grace", "Grace"), (GRACE, " "), (GRACE, "x" * 121), (GRACE, "Win at https://x.example"), (GRACE, "A\nB")],
)
def test_address_and_name_are_judged_before_anything_is_written(programme: Programme, email: str, name: str) -> None:
    with pytest.raises(Invalid):
        programme.do(invitations.invite, ADMIN, NewInvitation(email=email, name=name, role=V))
    assert programme.ports.book.all(Invitation) == []


@pytest.mark.parametrize("name", ["see evil.com", "www.x", "http://x", "EVIL.COM", "ann@x", "a/b", "prize.example now"])
def test_a_name_that_a_mail_program_makes_a_link_of_is_refused(programme: Programme, name: str) -> None:
    with pytest.raises(Invalid):
        programme.do(invitations.invite, ADMIN, NewInvitation(email=GRACE, name=name, role=V))


@pytest.mark.parametrize("name", ["J.R.R. Tolkien", "Dr. Ada", "Dr.Smith", "O'Neill-Byron", "李 雷", "Anne, Jr."])
def test_a_name_as_people_have_it_is_taken(programme: Programme, name: str) -> None:
    assert programme.do(invitations.invite, ADMIN, NewInvitation(email=GRACE, name=name, role=V))


def test_of_its_own_team_a_partner_is_told(programme: Programme) -> None:
    token = mailed(programme, invite(programme))
    with pytest.raises(Conflict, match="invited already"):
        invite(programme, email=GRACE.upper())
    accept(programme, signed_in(programme), token)
    with pytest.raises(Conflict, match="on the team already"):
        invite(programme)


@pytest.mark.parametrize("spoiled", ["used", "revoked", "expired", "sent again", "cut off", "another's", "not mailed"])
def test_a_link_works_once_while_it_is_the_last_one_and_valid(programme: Programme, spoiled: str) -> None:
    invitation, subject = invite(programme), signed_in(programme)
    token = mailed(programme, invitation) if spoiled != "not mailed" else f"{ONE}.{invitation.invitation_id}.x"
    spoil: dict[str, Callable[[], object]] = {
        "used": lambda: accept(programme, subject, token),
        "revoked": lambda: programme.do(invitations.revoke, ADMIN, invitation.invitation_id),
        "expired": lambda: programme.ports.later(days=7),
        "sent again": lambda: programme.do(invitations.resend, ADMIN, invitation.invitation_id),
    }
    spoil.get(spoiled, lambda: None)()
    token = {"cut off": token[:-1], "another's": token.replace(ONE, TWO)}.get(spoiled, token)
    before = dict(programme.ports.book.things)
    for use in (
        lambda: invitations.look_up(programme.ports, token),
        lambda: invitations.start_sign_in(programme.ports, token),
        lambda: accept(programme, subject, token),
    ):
        with pytest.raises(Gone, match="no longer valid"):
            use()
    assert programme.ports.book.things == before


@pytest.mark.parametrize("who", ["another address", "unverified", "an operator", "a member already"])
def test_only_the_invited_person_can_accept_and_a_refusal_uses_nothing_up(programme: Programme, who: str) -> None:
    token = mailed(programme, invite(programme))
    subject = signed_in(programme, "eve@agency.example" if who == "another address" else GRACE)
    if who == "unverified":
        del programme.ports.sign_ins.addresses[subject]
    elif who == "an operator":
        programme.ports.book.put(an_operator(subject=subject))
    elif who == "a member already":
        programme.ports.book.put(a_member(subject=subject, partner_id=ONE, role=V))
    before = dict(programme.ports.book.things)
    with pytest.raises((Forbidden, Conflict)):
        accept(programme, subject, token)
    assert programme.ports.book.things == before
    assert invitations.look_up(programme.ports, token)


def test_accepted_twice_at_the_same_moment_it_makes_one_member(programme: Programme) -> None:
    token, subject = mailed(programme, invite(programme, A)), signed_in(programme)
    programme.ports.transaction_writer.meanwhile.append(lambda: accept(programme, subject, token) and None)
    with pytest.raises(PartnerbookError):
        accept(programme, subject, token)
    assert programme.ports.partners.get(ONE).admin_count == 2


def test_a_first_sign_in_is_made_for_who_has_none_and_the_same_link_gives_the_same_password(
    programme: Programme,
) -> None:
    token = mailed(programme, invite(programme))
    first, again = (invitations.start_sign_in(programme.ports, token)[1] for _ in range(2))
    assert first == again == programme.ports.sign_ins.passwords[GRACE]
    assert len(first) > 14


def test_who_has_a_sign_in_keeps_it_as_it_is(programme: Programme) -> None:
    signed_in(programme)
    token = mailed(programme, invite(programme))
    invitations.start_sign_in(programme.ports, token)
    assert programme.ports.sign_ins.passwords[GRACE] == ""


def test_sent_again_it_is_valid_for_another_week(programme: Programme) -> None:
    invitation = invite(programme)
    programme.ports.later(days=10)
    again = programme.do(invitations.resend, ADMIN, invitation.invitation_id)
    assert invitations.look_up(programme.ports, mailed(programme, again)).expires_at == again.expires_at
    assert len(programme.ports.book.all(Delivery)) == 2


def test_another_partners_invitation_is_as_good_as_none(programme: Programme) -> None:
    theirs = invite(programme, by=OTHER_ADMIN)
    for act in (invitations.resend, invitations.revoke):
        with pytest.raises(NotFound, match="no such invitation"):
            programme.do(act, ADMIN, theirs.invitation_id)


def test_the_trail_tells_each_step_and_neither_name_nor_address(programme: Programme) -> None:
    invitation = invite(programme)
    programme.do(invitations.resend, ADMIN, invitation.invitation_id)
    member = accept(programme, signed_in(programme), mailed(programme, invitation))
    second = invite(programme, email="ada@agency.example")
    programme.do(invitations.revoke, ADMIN, second.invitation_id)
    assert programme.kinds() == [
        *("invitation.sent", "invitation.resent", "member.joined", "invitation.sent", "invitation.revoked"),
    ]
    trail = programme.trail()
    assert (trail[2].subject, trail[2].role) == (member.subject, M.value)
    assert all(word not in str([item.changes for item in trail]) for word in ("Grace", "ada@", "token"))


def test_an_address_is_invited_three_times_a_day_sent_again_or_anew(programme: Programme) -> None:
    first = invite(programme)
    programme.do(invitations.resend, ADMIN, first.invitation_id)
    programme.do(invitations.revoke, ADMIN, first.invitation_id)
    second = invite(programme)
    mails = len(programme.ports.book.all(Delivery))
    with pytest.raises(TooManyRequests, match="At most 3 mails of one kind go to an address a day"):
        programme.do(invitations.resend, ADMIN, second.invitation_id)
    assert len(programme.ports.book.all(Delivery)) == mails
    assert programme.ports.invitations.get(ONE, second.invitation_id) == second
    assert invite(programme, by=OTHER_ADMIN), "another partner has limits of its own"
    programme.ports.later(days=1)
    programme.do(invitations.resend, ADMIN, second.invitation_id)
