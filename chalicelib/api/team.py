"""The partner's team."""

from __future__ import annotations

from chalicelib.api.fields import Email, MemberName
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.operation import Body, Instant, NoQuery, View
from chalicelib.api.http.request import Answer, Request
from chalicelib.domain.access import Role
from chalicelib.domain.clock import instant_text
from chalicelib.domain.errors import Conflict
from chalicelib.domain.members import Member
from chalicelib.domain.text import search_key
from chalicelib.services import team
from chalicelib.services.deliveries import hand_over

blueprint = Blueprint(__name__)


class NewMember(Body):
    email: Email
    name: MemberName
    role: Role
    """partner_admin, partner_manager or partner_viewer."""


class RoleChange(Body):
    role: Role


class MemberView(View):
    member_id: str
    name: str
    email: str
    role: Role
    since: Instant
    version: int


class MemberList(View):
    items: list[MemberView]


def present(member: Member) -> MemberView:
    """The member as an answer."""
    return MemberView(
        member_id=member.subject,
        name=member.name,
        email=member.email,
        role=member.role,
        since=instant_text(member.since),
        version=member.version,
    )


@blueprint.operation("list_team", "GET /team")
def list_team(request: Request[None, NoQuery]) -> MemberList:
    """List the team, by role and name."""
    members = request.ports.members.of_partner(request.partner.partner_id)
    return MemberList(
        items=[present(each) for each in sorted(members, key=lambda each: (each.role, search_key(each.name)))]
    )


@blueprint.operation("invite_member", "POST /team", status=201, refusals=(Conflict,))
def invite_member(request: Request[NewMember, NoQuery]) -> Answer[MemberView]:
    """Invite a person to the team; they get a mail with how to sign in."""
    new = team.NewMember(email=request.body.email, name=request.body.name, role=request.body.role)

    def invited(done: team.Invited) -> Answer[MemberView]:
        return Answer(present(done.member), location=f"/team/{done.member.subject}")

    return request.commit(
        lambda: team.invite(request.ports, request.actor, new),
        invited,
        lambda done: hand_over(request.ports, done.mail),
    )


@blueprint.operation("change_member", "PATCH /team/{member_id}", versioned=True, refusals=(Conflict,))
def change_member(request: Request[RoleChange, NoQuery], member_id: str) -> Answer[MemberView]:
    """Give a member another role; it acts on the very next request. The last admin stays one."""
    return request.commit(
        lambda: team.change_role(request.ports, request.actor, member_id, request.version, request.body.role), present
    )


@blueprint.operation("remove_member", "DELETE /team/{member_id}", status=204, refusals=(Conflict,))
def remove_member(request: Request[None, NoQuery], member_id: str) -> Answer[None]:
    """Remove a member: its next request is refused, and it is signed out everywhere. The last admin stays."""
    member = team.find(request.ports, request.actor, member_id)
    answer: Answer[None] = request.commit(
        lambda: team.remove(request.ports, request.actor, member_id), lambda _: Answer(None)
    )
    request.ports.sign_ins.end(member.email)
    return answer


@blueprint.operation("invite_member_again", "POST /team/{member_id}/invitation", status=204)
def invite_member_again(request: Request[None, NoQuery], member_id: str) -> Answer[None]:
    """Send a member's invitation again."""
    return request.commit(
        lambda: team.invite_again(request.ports, request.actor, member_id),
        lambda _: Answer(None),
        lambda done: hand_over(request.ports, done.mail),
    )
