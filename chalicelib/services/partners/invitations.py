"""Invitations to a partner's team: made, sent again, revoked, accepted by the person whose address was invited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.domain.access import Actor, Role
from chalicelib.domain.audit import AuditKind, FieldChange, entry
from chalicelib.domain.changes import Change, Insert, Remove, Replace
from chalicelib.domain.kernel import field_rules
from chalicelib.domain.kernel.email_addresses import address_key
from chalicelib.domain.kernel.errors import Conflict, Forbidden, Gone, Invalid, NotFound
from chalicelib.domain.kernel.text_rules import problems
from chalicelib.domain.mail.deliveries import DeliveryKind, queued
from chalicelib.domain.partners import invitations
from chalicelib.domain.partners.members import Member
from chalicelib.services.mail import deliveries
from chalicelib.services.partners.team import membership_writes, require_partner_role
from chalicelib.services.usage_limits import count_mail

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from chalicelib.domain.audit import AuditEntry
    from chalicelib.domain.kernel.text_rules import TextRule
    from chalicelib.domain.mail.deliveries import Delivery
    from chalicelib.domain.partners.invitations import Invitation
    from chalicelib.domain.ports import HasClock, HasTeam
    from chalicelib.services.ports import TeamPorts

RULES: Mapping[str, TextRule] = {"email": field_rules.EMAIL, "name": field_rules.MEMBER_NAME}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewInvitation:
    """Whom to invite."""

    email: str
    name: str
    role: Role


def invite(ports: TeamPorts, actor: Actor, new: NewInvitation) -> Change[Invitation]:
    """Record an invitation and its mail. Nothing outside of this partner is asked or changed."""
    _require_valid(new)
    email = new.email.lower()
    _require_new(ports, actor, email)
    at = ports.clock()
    invitation = invitations.invitation_for(actor.partner_id, email, new.name, new.role, actor.subject, at)
    mail = _mail(invitation, actor.subject, at)
    counted = count_mail(ports, ports.partners.get(actor.partner_id), DeliveryKind.TEAM_INVITATION, email)
    audited = _audited(ports, actor, AuditKind.INVITATION_SENT, invitation)
    effects = (lambda: deliveries.enqueue(ports, mail),)
    return Change((Insert(invitation), Insert(mail), counted, Insert(audited)), invitation, effects)


def _mail(invitation: Invitation, requested_by: str, at: datetime) -> Delivery:
    about = {"invitation_id": invitation.invitation_id, "requested_by": requested_by}
    return queued(DeliveryKind.TEAM_INVITATION, invitation.partner_id, at, address=invitation.email, **about)


def _require_valid(new: NewInvitation) -> None:
    require_partner_role(new.role)
    values = {"email": new.email, "name": new.name}
    Invalid.unless_none(problems(values, RULES))


def _require_new(ports: TeamPorts, actor: Actor, email: str) -> None:
    """Refuse whom this very team has or has invited already; of other teams nothing is known here."""
    same = address_key(email)
    if any(address_key(item.email) == same for item in ports.members.of_partner(actor.partner_id)):
        raise Conflict("Somebody with this address is on the team already.")
    if any(address_key(item.email) == same for item in ports.invitations.of_partner(actor.partner_id)):
        raise Conflict("This address is invited already. Send that invitation again, or revoke it first.")


def find(ports: HasTeam, actor: Actor, invitation_id: str) -> Invitation:
    """Find an invitation of the actor's partner."""
    invitation = ports.invitations.get(actor.partner_id, invitation_id)
    if invitation is None:
        raise NotFound("There is no such invitation.")
    return invitation


def resend(ports: TeamPorts, actor: Actor, invitation_id: str) -> Change[Invitation]:
    """Extend an invitation and mail it again; the link in the former mail stops working."""
    current, at = find(ports, actor, invitation_id), ports.clock()
    updated = invitations.renewed(current, at)
    mail = _mail(updated, actor.subject, at)
    counted = count_mail(ports, ports.partners.get(actor.partner_id), DeliveryKind.TEAM_INVITATION, current.email)
    audited = _audited(ports, actor, AuditKind.INVITATION_RESENT, updated)
    effects = (lambda: deliveries.enqueue(ports, mail),)
    return Change((Replace(current, updated), Insert(mail), counted, Insert(audited)), updated, effects)


def revoke(ports: HasTeam, actor: Actor, invitation_id: str) -> Change[Invitation]:
    """Remove an invitation: its link stops working at once."""
    current = find(ports, actor, invitation_id)
    return Change((Remove(current), Insert(_audited(ports, actor, AuditKind.INVITATION_REVOKED, current))), current)


def look_up(ports: HasTeam, token: str) -> Invitation:
    """Find the invitation that a mailed link opens; raises `Gone`."""
    invitation = ports.invitations.get(*invitations.key_of(token))
    return invitations.require_valid(invitation, token, ports.clock())


def start_sign_in(ports: HasTeam, token: str) -> tuple[Invitation, str]:
    """Create the invited person's sign-in where there is none, and give its first password.

    Who holds the token reads the mail of that address. For somebody who has a sign-in nothing changes, and the password
    leads nowhere.
    """
    invitation = look_up(ports, token)
    password = invitations.first_password(token)
    ports.sign_ins.create(invitation.email, invitation.name, password)
    return invitation, password


def accept(ports: TeamPorts, subject: str, token: str) -> Change[Member]:
    """Make the signed-in person a member, if its verified address is the invited one; this uses the link up."""
    invitation = look_up(ports, token)
    _require_invited(ports, subject, invitation)
    member = Member(
        subject=subject,
        partner_id=invitation.partner_id,
        role=invitation.role,
        email=invitation.email,
        name=invitation.name,
        since=ports.clock(),
    )
    actor = Actor(subject, invitation.role, invitation.partner_id)
    used = Remove(invitation, Gone(invitations.NO_LONGER_VALID))
    inserted = Insert(member, Conflict("You are on this team already."))
    return Change((used, inserted, *membership_writes(ports, actor, None, member)), member)


def _require_invited(ports: TeamPorts, subject: str, invitation: Invitation) -> None:
    address = ports.sign_ins.verified_address(subject)
    if address is None or address_key(address) != address_key(invitation.email):
        raise Forbidden("This invitation is for another address. Sign in with the address that it was mailed to.")
    if ports.operators.get(subject):
        raise Forbidden("Operators cannot be on a partner's team. Ask for an invitation to another address.")
    if ports.members.get(subject, invitation.partner_id):
        raise Conflict("You are on this team already.")


def _audited(ports: HasClock, actor: Actor, kind: AuditKind, invitation: Invitation) -> AuditEntry:
    extra_changes = (
        FieldChange("invitation", None, invitation.invitation_id),
        FieldChange("role", None, invitation.role.value),
    )
    return entry(actor, ports.clock(), kind, extra_changes=extra_changes)
