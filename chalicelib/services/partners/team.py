"""The partner's team: its members, their roles, removing them. The last admin stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain.access import PARTNER_ROLES, Role
from chalicelib.domain.accounts.erasures import erasure_of_addresses
from chalicelib.domain.audit import AuditKind, FieldChange, entry
from chalicelib.domain.changes import Change, Insert, Put, Remove, Replace, Write
from chalicelib.domain.kernel.errors import Conflict, Invalid, NotFound, StaleVersion
from chalicelib.domain.partners.session_endings import SessionEnding
from chalicelib.services.accounts import erasures

if TYPE_CHECKING:
    from chalicelib.domain.access import Actor
    from chalicelib.domain.partners.members import Member
    from chalicelib.domain.ports import HasPartners
    from chalicelib.services.ports import TeamPorts


def require_partner_role(role: Role) -> None:
    """Raise `Invalid` unless it is a role of a partner's team."""
    if role not in PARTNER_ROLES:
        names = ", ".join(sorted(PARTNER_ROLES))
        raise Invalid.field("/role", f"A team member is one of {names}.")


def find(ports: HasPartners, actor: Actor, subject: str) -> Member:
    """Return the member, if it is of the actor's partner."""
    member = ports.members.get(subject, actor.partner_id)
    if member is None:
        raise NotFound("There is no such member.")
    return member


def change_role(ports: HasPartners, actor: Actor, subject: str, version: int, role: Role) -> Change[Member]:
    """Give a member another role; it acts on the very next request."""
    require_partner_role(role)
    current = find(ports, actor, subject)
    if current.version != version:
        raise StaleVersion("The member has changed since you read it. Read it again and repeat your change.")
    if current.role is role:
        return Change((), current)
    updated = replace(current, role=role, version=current.version + 1)
    writes = (Replace(current, updated), *membership_writes(ports, actor, current, updated))
    return Change(writes, updated)


def remove(ports: TeamPorts, actor: Actor, subject: str) -> Change[Member]:
    """Take a member off the team. Its sessions end too where it is on no other, which the sweeper judges and does; its
    address leaves the partner's schedules, report runs and deliveries, which a worker does.
    """
    current, at = find(ports, actor, subject), ports.clock()
    ending = Put(SessionEnding(subject=subject, requested_at=at))
    erasure = erasure_of_addresses(actor.partner_id, (current.email,), actor.subject, at)
    writes = (Remove(current), *membership_writes(ports, actor, current, None), ending, Insert(erasure))
    return Change(writes, current, (lambda: erasures.enqueue(ports, erasure),))


def membership_writes(
    ports: HasPartners, actor: Actor, current: Member | None, updated: Member | None
) -> tuple[Write, ...]:
    """Return what goes with a member's joining, changing or leaving: the number of admins, and the audit entry."""
    member = updated or current
    subject = member.subject if member else ""
    kind = (
        AuditKind.MEMBER_CHANGED
        if current and updated
        else AuditKind.MEMBER_JOINED
        if updated
        else AuditKind.MEMBER_REMOVED
    )
    extra_changes = (FieldChange("member", None, subject),)
    audited = Insert(entry(actor, ports.clock(), kind, before=current, after=updated, extra_changes=extra_changes))
    return (*_admins(ports, actor, current, updated), audited)


def _admins(ports: HasPartners, actor: Actor, current: Member | None, updated: Member | None) -> tuple[Write, ...]:
    """Return the partner's number of admins, which never falls to none; the version of the partner holds it under a
    race.
    """
    more = _is_admin(updated) - _is_admin(current)
    if not more:
        return ()
    partner = ports.partners.get(actor.partner_id)
    if partner.admin_count + more < 1:
        raise Conflict("This is the last admin of the team; make somebody else an admin first.")
    return (Replace(partner, replace(partner, admin_count=partner.admin_count + more, version=partner.version + 1)),)


def _is_admin(member: Member | None) -> int:
    return int(member is not None and member.role is Role.PARTNER_ADMIN)
