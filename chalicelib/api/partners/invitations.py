"""Invitations as the invited person meets them; the token stands in the body, so that no log of addresses has it."""

from __future__ import annotations

from chalicelib.api.http.answer import Answer
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.operation import Body, Instant, Key, NoQuery, View
from chalicelib.api.http.request import Request
from chalicelib.domain.access import Role
from chalicelib.domain.kernel.clock import instant_text
from chalicelib.domain.kernel.errors import Conflict, Gone
from chalicelib.domain.partners.members import Member
from chalicelib.services.partners import invitations

blueprint = Blueprint(__name__)


class InvitationToken(Body):
    """The token of a mailed invitation."""

    token: Key
    """The end of the mailed link."""


class OfferView(View):
    """What an invitation offers."""

    partner: str
    name: str
    """The person's name, as whoever invited them wrote it."""
    email: str
    role: Role
    expires_at: Instant
    """From when on it can no longer be accepted."""


class FirstSignInView(View):
    """A first sign-in for an invited person."""

    email: str
    first_password: str
    """To be changed at once; of no use to somebody who has signed in before."""


class JoinedView(View):
    """The team that was joined."""

    partner_id: str
    role: Role


@blueprint.operation("look_up_invitation", "POST /invitations/look-ups", keyed=False, refusals=(Gone,))
def look_up_invitation(request: Request[InvitationToken, NoQuery]) -> OfferView:
    """Tell what a mailed invitation offers. 410 once it was accepted, revoked, replaced or has expired."""
    invitation = invitations.look_up(request.ports, request.body.token)
    return OfferView(
        partner=request.ports.partners.get(invitation.partner_id).name,
        name=invitation.name,
        email=invitation.email,
        role=invitation.role,
        expires_at=instant_text(invitation.expires_at),
    )


@blueprint.operation("start_invited_sign_in", "POST /invitations/sign-ins", keyed=False, refusals=(Gone,))
def start_invited_sign_in(request: Request[InvitationToken, NoQuery]) -> FirstSignInView:
    """Prepare an invited person's first sign-in; for somebody who has signed in before nothing changes."""
    invitation, password = invitations.start_sign_in(request.ports, request.body.token)
    return FirstSignInView(email=invitation.email, first_password=password)


@blueprint.operation(
    "accept_invitation", "POST /invitations/acceptances", status=201, partner_scoped=False, refusals=(Conflict, Gone)
)
def accept_invitation(request: Request[InvitationToken, NoQuery]) -> Answer[JoinedView]:
    """Join the team. Sign in first, with the address that the invitation was mailed to."""

    def joined(member: Member) -> JoinedView:
        return JoinedView(partner_id=member.partner_id, role=member.role)

    return request.execute(lambda: invitations.accept(request.ports, request.actor.subject, request.body.token), joined)
