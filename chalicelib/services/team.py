"""The partner's team: inviting people, giving them roles, removing them. The last admin stays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chalicelib.domain import field_rules
from chalicelib.domain.access import PARTNER_ROLES, Role
from chalicelib.domain.audit import FieldChange, entry
from chalicelib.domain.changes import Change, Insert, Remove, Replace, Write
from chalicelib.domain.errors import Changed, Conflict, FieldError, Invalid, NotFound
from chalicelib.domain.mailings import of_invitation
from chalicelib.domain.members import Member
from chalicelib.domain.text_rules import problems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chalicelib.domain.access import Actor
    from chalicelib.domain.deliveries import Delivery
    from chalicelib.domain.ports import Ports
    from chalicelib.domain.text_rules import TextRule


RULES: Mapping[str, TextRule] = {"email": field_rules.EMAIL, "name": field_rules.MEMBER_NAME}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """Whom to invite."""

    email: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Invited:
    """A member and the mail that tells it so; hand that over once it is written."""

    member: Member
    mail: Delivery


def invite(ports: Ports, actor: Actor, new: NewMember) -> Change[Invited]:
    """Create the sign-in, make its owner a member, and have it invited by mail.

    The sign-in comes first: one without a membership may do nothing, and is found again when the request is repeated.
    """
    _require_valid(new)
    subject = ports.sign_ins.ensure(new.email.lower(), new.name)
    there = ports.members.get(subject)
    if there is not None:
        raise Conflict(f"{new.email} is a member already; one address belongs to one team.")
    member = Member(
        subject=subject,
        partner_id=actor.partner_id,
        role=new.role,
        email=new.email.lower(),
        name=new.name,
        since=ports.clock(),
    )
    mail = of_invitation(actor.partner_id, member, actor.subject, ports.clock())
    inserted = Insert(member, Conflict("This person is a member already."))
    return Change((inserted, Insert(mail), *_noted(ports, actor, None, member)), Invited(member, mail))


def _require_valid(new: NewMember) -> None:
    _require_partner_role(new.role)
    values = {"email": new.email, "name": new.name}
    Invalid.unless_none([FieldError(f"/{name}", detail) for name, detail in problems(values, RULES)])


def _require_partner_role(role: Role) -> None:
    if role not in PARTNER_ROLES:
        names = ", ".join(sorted(PARTNER_ROLES))
        raise Invalid.field("/role", f"A team member is one of {names}.")


def find(ports: Ports, actor: Actor, subject: str) -> Member:
    """The member, if it is of the actor's partner."""
    member = ports.members.get(subject)
    if member is None or member.partner_id != actor.partner_id:
        raise NotFound("There is no such member.")
    return member


def invite_again(ports: Ports, actor: Actor, subject: str) -> Change[Invited]:
    """Have the member invited by one more mail."""
    member = find(ports, actor, subject)
    mail = of_invitation(actor.partner_id, member, actor.subject, ports.clock())
    told = (FieldChange("member", None, subject),)
    audited = entry(actor, ports.clock(), "member.invited_again", told=told)
    return Change((Insert(mail), Insert(audited)), Invited(member, mail))


def change_role(ports: Ports, actor: Actor, subject: str, version: int, role: Role) -> Change[Member]:
    """Give a member another role; it acts on the very next request."""
    _require_partner_role(role)
    was = find(ports, actor, subject)
    if was.version != version:
        raise Changed("The member has changed since you read it. Read it again and repeat your change.")
    if was.role is role:
        return Change((), was)
    now = replace(was, role=role, version=was.version + 1)
    return Change((Replace(was, now), *_noted(ports, actor, was, now)), now)


def remove(ports: Ports, actor: Actor, subject: str) -> Change[Member]:
    """Take a member off the team; the caller ends its sign-in afterwards."""
    was = find(ports, actor, subject)
    return Change((Remove(was), *_noted(ports, actor, was, None)), was)


def _noted(ports: Ports, actor: Actor, was: Member | None, now: Member | None) -> tuple[Write, ...]:
    one = now or was
    subject = one.subject if one else ""
    kind = "member.changed" if was and now else "member.invited" if now else "member.removed"
    told = (FieldChange("member", None, subject),)
    audited = Insert(entry(actor, ports.clock(), kind, before=was, after=now, told=told))
    return (*_admins(ports, actor, was, now), audited)


def _admins(ports: Ports, actor: Actor, was: Member | None, now: Member | None) -> tuple[Write, ...]:
    """The partner's number of admins, which never falls to none; the version of the partner holds it under a race."""
    more = _is_admin(now) - _is_admin(was)
    if not more:
        return ()
    partner = ports.partners.get(actor.partner_id)
    if partner.admin_count + more < 1:
        raise Conflict("This is the last admin of the team; make somebody else an admin first.")
    return (Replace(partner, replace(partner, admin_count=partner.admin_count + more, version=partner.version + 1)),)


def _is_admin(member: Member | None) -> int:
    return int(member is not None and member.role is Role.PARTNER_ADMIN)
