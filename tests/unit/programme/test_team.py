"""The team: people invited, given roles and removed; the last admin stays whatever happens at the same moment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from chalicelib.domain.access import Role
from chalicelib.domain.kernel.errors import Conflict, Invalid, NotFound, StaleVersion, Unavailable
from chalicelib.services.partners import team
from chalicelib.services.partners.session_endings import end_sessions
from tests.factories import a_member
from tests.scenario import ADMIN, ONE, OPERATOR, OTHER_ADMIN, TWO, Programme

if TYPE_CHECKING:
    from chalicelib.domain.partners.members import Member

A, M, V = Role.PARTNER_ADMIN, Role.PARTNER_MANAGER, Role.PARTNER_VIEWER


def joined(programme: Programme, role: Role = M, subject: str = "grace") -> Member:
    """Somebody who has accepted an invitation."""
    member = a_member(subject=subject, partner_id=ONE, role=role, name="Grace Hopper")
    programme.ports.book.put(member)
    if role is A:
        partner = programme.ports.partners.get(ONE)
        programme.ports.book.put(replace(partner, admin_count=partner.admin_count + 1))
    return member


def admins(programme: Programme) -> int:
    """As the partner counts them, which is what there are."""
    existing = [item for item in programme.ports.members.of_partner(ONE) if item.role is A]
    assert programme.ports.partners.get(ONE).admin_count == len(existing)
    return len(existing)


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.PLATFORM, Role.SYSTEM])
def test_nobody_becomes_staff_through_a_team(programme: Programme, role: Role) -> None:
    member = joined(programme)
    with pytest.raises(Invalid):
        programme.do(team.change_role, ADMIN, member.subject, 1, role)


@pytest.mark.parametrize(("start", "end", "number"), [(M, A, 2), (A, V, 1), (V, M, 1), (A, A, 2)])
def test_a_role_changes_and_the_admins_are_counted(programme: Programme, start: Role, end: Role, number: int) -> None:
    member = joined(programme, start)
    changed = programme.do(team.change_role, ADMIN, member.subject, member.version, end)
    assert changed.role is end
    assert admins(programme) == number


def test_a_stale_change_is_refused(programme: Programme) -> None:
    member = joined(programme)
    programme.do(team.change_role, ADMIN, member.subject, 1, V)
    with pytest.raises(StaleVersion):
        programme.do(team.change_role, ADMIN, member.subject, 1, A)


def test_a_removed_member_is_none_any_more_and_waits_to_be_signed_out(programme: Programme) -> None:
    member = joined(programme, A)
    programme.do(team.remove, ADMIN, member.subject)
    assert programme.ports.members.get(member.subject, ONE) is None
    assert admins(programme) == 1
    assert [item.subject for item in programme.ports.session_endings.waiting(9)] == [member.subject]


def test_a_refused_removal_signs_nobody_out(programme: Programme) -> None:
    with pytest.raises(Conflict):
        programme.do(team.remove, ADMIN, ADMIN.subject)
    assert programme.ports.session_endings.waiting(9) == []


def test_sessions_end_with_the_last_membership_and_not_before(programme: Programme) -> None:
    member = joined(programme)
    programme.ports.book.put(replace(member, partner_id=TWO))
    programme.do(team.remove, ADMIN, member.subject)
    assert end_sessions(programme.ports) == 0
    assert programme.ports.sign_ins.ended == []
    programme.do(team.remove, OTHER_ADMIN, member.subject)
    assert end_sessions(programme.ports) == 1
    assert programme.ports.sign_ins.ended == [member.subject]
    assert programme.ports.session_endings.waiting(9) == []


def test_sessions_that_could_not_be_ended_are_ended_by_the_next_sweep(programme: Programme) -> None:
    member = joined(programme)
    programme.do(team.remove, ADMIN, member.subject)
    programme.ports.sign_ins.down = True
    assert end_sessions(programme.ports) == 0
    programme.ports.sign_ins.down = False
    assert end_sessions(programme.ports) == 1
    assert programme.ports.sign_ins.ended == [member.subject]


def test_one_person_that_cannot_be_signed_out_does_not_hold_up_the_others(programme: Programme) -> None:
    stuck, other = joined(programme, subject="a-stuck"), joined(programme, subject="other")
    for item in (stuck, other):
        programme.do(team.remove, ADMIN, item.subject)
    programme.ports.transaction_writer.failures.append(Unavailable())
    end_sessions(programme.ports)
    assert [entry.subject for entry in programme.ports.session_endings.waiting(9)] == ["a-stuck"]


@pytest.mark.parametrize("by", [ADMIN, OPERATOR])
def test_the_last_admin_is_neither_removed_nor_demoted_by_anybody(programme: Programme, by: object) -> None:
    with pytest.raises(Conflict, match="last admin"):
        programme.do(team.remove, by, ADMIN.subject)  # type: ignore[arg-type]
    with pytest.raises(Conflict, match="last admin"):
        programme.do(team.change_role, by, ADMIN.subject, 1, M)  # type: ignore[arg-type]
    assert admins(programme) == 1


@pytest.mark.parametrize("demoting", [False, True])
def test_two_last_admins_who_remove_each_other_leave_one(programme: Programme, demoting: bool) -> None:
    second = joined(programme, A)

    def removed_first() -> None:
        programme.do(team.remove, ADMIN, ADMIN.subject)

    programme.ports.transaction_writer.meanwhile.append(removed_first)
    act = (team.change_role, ADMIN, second.subject, 1, V) if demoting else (team.remove, ADMIN, second.subject)
    with pytest.raises(Conflict, match="last admin"):
        programme.do(*act)  # type: ignore[arg-type]
    assert admins(programme) == 1


def test_another_partners_member_is_as_good_as_none(programme: Programme) -> None:
    programme.ports.book.put(a_member(subject="theirs", partner_id=TWO, role=M))
    for subject in ("theirs", "nobody", OPERATOR.subject):
        for act in (
            lambda own=subject: programme.do(team.remove, ADMIN, own),
            lambda own=subject: programme.do(team.change_role, ADMIN, own, 1, V),
        ):
            with pytest.raises(NotFound, match="no such member"):
                act()


def test_the_trail_says_who_by_subject_and_not_by_name(programme: Programme) -> None:
    member = joined(programme)
    programme.do(team.change_role, ADMIN, member.subject, 1, V)
    programme.do(team.remove, ADMIN, member.subject)
    assert programme.kinds() == ["member.changed", "member.removed"]
    assert all(member.subject in str(item.changes) for item in programme.trail())
    assert "Grace" not in str(programme.trail())
