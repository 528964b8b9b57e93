"""The partner's team."""

from __future__ import annotations

from chalicelib.api.http.answer import Answer
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.operation import Body, Instant, NoQuery, View
from chalicelib.api.http.request import Request
from chalicelib.api.http.text_fields import Email, MemberName
from chalicelib.api.partners.team_invitations import InvitationView, present_invitation
from chalicelib.domain.access import Role
from chalicelib.domain.kernel.clock import instant_text
from chalicelib.domain.kernel.errors import Conflict
from chalicelib.domain.partners.members import Member
from chalicelib.services.partners import invitations, team

blueprint = Blueprint(__name__)


class NewInvitation(Body):
    """Who is invited to the team."""

    email: Email
    name: MemberName
    """The person's name."""
    role: Role
    """partner_admin, partner_manager or partner_viewer."""


class RoleChange(Body):
    """The role to change to."""

    role: Role


class MemberView(View):
    """A member of the team."""

    member_id: str
    name: str
    """The person's name."""
    email: str
    role: Role
    since: Instant
    """When the person joined."""
    version: int


class MemberList(View):
    """The team: members and open invitations."""

    items: list[MemberView]
    invitations: list[InvitationView]
    """Not accepted yet, the oldest first."""


def present(member: Member) -> MemberView:
    """Return the member as an answer."""
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
    """List the team, by role and name, and who is invited to it."""
    ports, partner_id = request.ports, request.partner.partner_id
    members = sorted(ports.members.of_partner(partner_id), key=lambda item: (item.role, item.name))
    invited = [present_invitation(item, ports.clock()) for item in ports.invitations.of_partner(partner_id)]
    return MemberList(items=list(map(present, members)), invitations=invited)


@blueprint.operation("invite_member", "POST /team", status=201, refusals=(Conflict,))
def invite_member(request: Request[NewInvitation, NoQuery]) -> Answer[InvitationView]:
    """Invite a person to the team by a mail with a link; whoever accepts it is a member. Nothing changes before."""
    body, ports = request.body, request.ports
    new = invitations.NewInvitation(email=body.email, name=body.name, role=body.role)
    return request.execute(
        lambda: invitations.invite(ports, request.actor, new),
        lambda invitation: present_invitation(invitation, ports.clock()),
    )


@blueprint.operation("change_member", "PATCH /team/{member_id}", versioned=True, refusals=(Conflict,))
def change_member(request: Request[RoleChange, NoQuery], member_id: str) -> Answer[MemberView]:
    """Give a member another role; it acts on the very next request. The last admin stays one."""
    return request.execute(
        lambda: team.change_role(request.ports, request.actor, member_id, request.version, request.body.role), present
    )


@blueprint.operation("remove_member", "DELETE /team/{member_id}", status=204, refusals=(Conflict,))
def remove_member(request: Request[None, NoQuery], member_id: str) -> Answer[None]:
    """Remove a member: its next request is refused. Whoever is on no other team is signed out. The last admin stays.

    The address leaves scheduled reports, report runs and deliveries within minutes, unless it is a member's or a
    confirmed recipient's by then. A scheduled report that is left without an address is paused.
    """
    return request.execute(
        lambda: team.remove(request.ports, request.actor, member_id),
        lambda _: Answer(None),
    )
