"""Who calls: the token's subject, which the authorizer passed on, looked up in our own record of members.

Nothing that the identity provider lets people edit is asked, and nothing is remembered from one request to the next:
a member that was removed, demoted, or whose partner was suspended is refused on the very next request.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.api.http.reading import SEGMENT
from chalicelib.domain import usernames
from chalicelib.domain.access import PARTNER_ROLES, Actor, Role, require
from chalicelib.domain.errors import BadRequest, Forbidden, NotFound, Unauthenticated
from chalicelib.domain.members import Member

if TYPE_CHECKING:
    from chalice.app import Request as ChaliceRequest

    from chalicelib.api.http.operation import Operation
    from chalicelib.domain.operators import Operator
    from chalicelib.domain.partners import Partner
    from chalicelib.domain.ports import Ports

NO_PARTNER = ""
"""The partner of an actor whose operation is made for no partner."""


@dataclass(frozen=True, slots=True)
class Caller:
    """The actor, the member or operator that it is, and the partner that it acts for."""

    actor: Actor
    member: Member | Operator
    partner: Partner | None


def caller(ports: Ports, raw: ChaliceRequest, operation: Operation) -> Caller:
    """Who calls this operation; raises unless they may."""
    member = _member(ports, raw)
    require(member.role, operation.name)
    partner_id = _partner_id(raw, member, operation)
    partner = _partner(ports, partner_id) if partner_id else None
    actor = Actor(member.subject, member.role, partner_id or NO_PARTNER, _acting_for(raw, member))
    if partner and partner.suspended and actor.of_partner:
        raise Forbidden("This partner is suspended. The platform's staff can tell why.")
    return Caller(actor, member, partner)


def subject(raw: ChaliceRequest) -> str | None:
    """The subject that the authorizer passed on; None for a public operation."""
    passed_on: str | None = (raw.context.get("authorizer") or {}).get("principalId")
    return passed_on


def _member(ports: Ports, raw: ChaliceRequest) -> Member | Operator:
    """Read who the subject is. A member in any other than a partner's role is none: the API may write members."""
    who = subject(raw)
    if not who:
        raise Unauthenticated("Send a valid access token as Authorization: Bearer.")
    member = ports.members.get(who)
    if member is not None and member.role in PARTNER_ROLES:
        return member
    operator = ports.operators.get(who)
    if operator is None:
        raise Forbidden("You are not a member of any partner's team here.")
    return operator


def _partner_id(raw: ChaliceRequest, member: Member | Operator, operation: Operation) -> str | None:
    named: str | None = raw.headers.get("partner-id")
    if isinstance(member, Member):
        if named not in (None, member.partner_id):
            raise _no_such_partner()
        return member.partner_id
    if named is None and operation.for_partner:
        raise BadRequest("Name the partner that this request is made for in a Partner-Id header.")
    if named is not None and not SEGMENT.fullmatch(named):
        raise _no_such_partner()
    return named


def _partner(ports: Ports, partner_id: str) -> Partner:
    try:
        return ports.partners.get(partner_id)
    except NotFound:
        raise _no_such_partner() from None


def _no_such_partner() -> NotFound:
    return NotFound("There is no such partner.")


def _acting_for(raw: ChaliceRequest, member: Member | Operator) -> str | None:
    username: str | None = raw.headers.get("acting-for")
    if username is None:
        return None
    if member.role is not Role.PLATFORM:
        raise Forbidden("Only the platform acts for a client: leave the Acting-For header out.")
    if not usernames.valid(username):
        raise BadRequest(f"Acting-For is the username of an account. {usernames.RULE}.")
    return username
