"""Invitations to the partner's team, as its admins see them."""

from __future__ import annotations

from datetime import datetime

from chalicelib.api.http.answer import Answer
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.operation import Instant, NoQuery, View
from chalicelib.api.http.request import Request
from chalicelib.domain.access import Role
from chalicelib.domain.kernel.clock import instant_text
from chalicelib.domain.partners.invitations import Invitation
from chalicelib.services.partners import invitations

blueprint = Blueprint(__name__)


class InvitationView(View):
    """An invitation to the team."""

    invitation_id: str
    name: str
    """The person's name."""
    email: str
    role: Role
    invited_at: Instant
    expires_at: Instant
    expired: bool
    """Whether it can no longer be accepted."""


def present_invitation(invitation: Invitation, at: datetime) -> InvitationView:
    """Give the invitation as an answer, without its token."""
    return InvitationView(
        invitation_id=invitation.invitation_id,
        name=invitation.name,
        email=invitation.email,
        role=invitation.role,
        invited_at=instant_text(invitation.invited_at),
        expires_at=instant_text(invitation.expires_at),
        expired=at >= invitation.expires_at,
    )


@blueprint.operation("resend_invitation", "POST /team/invitations/{invitation_id}/resend")
def resend_invitation(request: Request[None, NoQuery], invitation_id: str) -> Answer[InvitationView]:
    """Extend an invitation by a week and mail it again; the link in the former mail stops working."""
    ports = request.ports
    return request.execute(
        lambda: invitations.resend(ports, request.actor, invitation_id),
        lambda invitation: present_invitation(invitation, ports.clock()),
    )


@blueprint.operation("revoke_invitation", "DELETE /team/invitations/{invitation_id}", status=204)
def revoke_invitation(request: Request[None, NoQuery], invitation_id: str) -> Answer[None]:
    """Revoke an invitation: its link stops working at once."""
    return request.execute(
        lambda: invitations.revoke(request.ports, request.actor, invitation_id), lambda _: Answer(None)
    )
