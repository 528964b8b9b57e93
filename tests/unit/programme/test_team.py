"""The team: people invited, given roles and removed; the last admin stays whatever happens at the same moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chalicelib.domain.access import Role
from chalicelib.domain.deliveries import Delivery
from chalicelib.domain.errors import Changed, Conflict, Invalid, NotFound
from chalicelib.services import team
from chalicelib.services.team import NewMember
from tests.making import a_member
from tests.programme import ADMIN, ONE, OPERATOR, OTHER_ADMIN, TWO, Programme

if TYPE_CHECKING:
    from chalicelib.domain.members import Member

A, M, V = Role.PARTNER_ADMIN, Role.PARTNER_MANAGER, Role.PARTNER_VIEWER


def invite(programme: Programme, role: Role = M, email: str = "grace@agency.example") -> Member:
    return programme.do(team.invite, ADMIN, NewMember(email=email, name="Grace Hopper", role=role)).member


def admins(programme: Programme) -> int:
    """As the partner counts them, which is what there are."""
    there = [each for each in programme.ports.members.of_partner(ONE) if each.role is A]
    assert programme.ports.partners.get(ONE).admin_count == len(there)
    return len(there)


@pytest.mark.parametrize(("role", "number"), [(A, 2), (M, 1), (V, 1)])
def test_a_person_is_invited_gets_a_sign_in_and_is_counted(programme: Programme, role: Role, number: int) -> None:
    member = invite(programme, role, "Grace@Agency.example")
    assert (member.partner_id, member.role, member.email) == (ONE, role, "grace@agency.example")
    assert programme.ports.sign_ins.people == {"grace@agency.example": member.subject}
    (mail,) = programme.ports.book.all(Delivery)
    assert mail.partner_id == ONE
    assert admins(programme) == number


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.PLATFORM, Role.CALENDAR])
def test_nobody_becomes_staff_through_a_team(programme: Programme, role: Role) -> None:
    with pytest.raises(Invalid):
        invite(programme, role)
    member = invite(programme)
    with pytest.raises(Invalid):
        programme.do(team.change_role, ADMIN, member.subject, 1, role)


@pytest.mark.parametrize(("email", "name"), [("grace", "Grace"), ("g@agency.example", " "), ("g@x.example", "x" * 121)])
def test_address_and_name_are_judged_before_anybody_is_invited(programme: Programme, email: str, name: str) -> None:
    with pytest.raises(Invalid):
        programme.do(team.invite, ADMIN, NewMember(email=email, name=name, role=V))
    assert programme.ports.sign_ins.people == {}


def test_one_address_belongs_to_one_team(programme: Programme) -> None:
    invite(programme)
    for admin in (ADMIN, OTHER_ADMIN):
        with pytest.raises(Conflict, match="member already"):
            programme.do(team.invite, admin, NewMember(email="grace@agency.example", name="Grace", role=V))


def test_invited_twice_at_the_same_moment_she_is_one_member(programme: Programme) -> None:
    programme.ports.journal.meanwhile.append(lambda: invite(programme, A) and None)
    with pytest.raises(Conflict):
        invite(programme, A)
    assert admins(programme) == 2


def test_an_invitation_is_noted_each_time_it_is_sent(programme: Programme) -> None:
    member = invite(programme)
    programme.do(team.invite_again, ADMIN, member.subject)
    assert programme.kinds() == ["member.invited", "member.invited_again"]


@pytest.mark.parametrize(("start", "end", "number"), [(M, A, 2), (A, V, 1), (V, M, 1), (A, A, 2)])
def test_a_role_changes_and_the_admins_are_counted(programme: Programme, start: Role, end: Role, number: int) -> None:
    member = invite(programme, start)
    changed = programme.do(team.change_role, ADMIN, member.subject, member.version, end)
    assert changed.role is end
    assert admins(programme) == number


def test_a_stale_change_is_refused(programme: Programme) -> None:
    member = invite(programme)
    programme.do(team.change_role, ADMIN, member.subject, 1, V)
    with pytest.raises(Changed):
        programme.do(team.change_role, ADMIN, member.subject, 1, A)


def test_a_removed_member_is_none_any_more_and_can_be_invited_again(programme: Programme) -> None:
    member = invite(programme, A)
    programme.do(team.remove, ADMIN, member.subject)
    assert programme.ports.members.get(member.subject) is None
    assert admins(programme) == 1
    assert invite(programme, V).subject == member.subject


@pytest.mark.parametrize("by", [ADMIN, OPERATOR])
def test_the_last_admin_is_neither_removed_nor_demoted_by_anybody(programme: Programme, by: object) -> None:
    with pytest.raises(Conflict, match="last admin"):
        programme.do(team.remove, by, ADMIN.subject)  # type: ignore[arg-type]
    with pytest.raises(Conflict, match="last admin"):
        programme.do(team.change_role, by, ADMIN.subject, 1, M)  # type: ignore[arg-type]
    assert admins(programme) == 1


@pytest.mark.parametrize("demoting", [False, True])
def test_two_last_admins_who_remove_each_other_leave_one(programme: Programme, demoting: bool) -> None:
    second = invite(programme, A)

    def removed_first() -> None:
        programme.do(team.remove, ADMIN, ADMIN.subject)

    programme.ports.journal.meanwhile.append(removed_first)
    act = (team.change_role, ADMIN, second.subject, 1, V) if demoting else (team.remove, ADMIN, second.subject)
    with pytest.raises(Conflict, match="last admin"):
        programme.do(*act)  # type: ignore[arg-type]
    assert admins(programme) == 1


def test_another_partners_member_is_as_good_as_none(programme: Programme) -> None:
    programme.ports.book.put(a_member(subject="theirs", partner_id=TWO, role=M))
    for subject in ("theirs", "nobody", OPERATOR.subject):
        for act in (
            lambda its=subject: programme.do(team.remove, ADMIN, its),
            lambda its=subject: programme.do(team.change_role, ADMIN, its, 1, V),
            lambda its=subject: programme.do(team.invite_again, ADMIN, its),
        ):
            with pytest.raises(NotFound, match="no such member"):
                act()


def test_the_trail_says_who_by_subject_and_not_by_name(programme: Programme) -> None:
    member = invite(programme)
    programme.do(team.change_role, ADMIN, member.subject, 1, V)
    programme.do(team.remove, ADMIN, member.subject)
    assert programme.kinds() == ["member.invited", "member.changed", "member.removed"]
    assert all(member.subject in str(each.changes) for each in programme.trail())
    assert "Grace" not in str(programme.trail())
