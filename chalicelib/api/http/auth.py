"""Who calls: the token's subject, which the authorizer passed on, looked up in our own record of members.

Nothing that the identity provider lets people edit is asked, and nothing is remembered from one request to the next:
a member that was removed, demoted, or whose partner was suspended is refused on the very next request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.api.http.caller import Caller
from chalicelib.api.http.request_parsing import SEGMENT
from chalicelib.domain.access import OPERATIONS, PARTNER_ROLES, Actor, Role, require
from chalicelib.domain.kernel import usernames
from chalicelib.domain.kernel.errors import BadRequest, Forbidden, NotFound, Unauthenticated
from chalicelib.domain.partners.members import Member

if TYPE_CHECKING:
    from chalice.app import Request as ChaliceRequest

    from chalicelib.api.http.operation import Operation
    from chalicelib.domain.partners.operators import Operator
    from chalicelib.domain.partners.partners import Partner
    from chalicelib.domain.ports import HasPartners

NO_PARTNER = ""
"""The partner of an actor whose operation is made for no partner."""
ANSWERS_UNCHOSEN = "who_am_i"
"""The one operation that answers somebody on several teams who has chosen none: it lists them."""


def caller(ports: HasPartners, raw: ChaliceRequest, operation: Operation) -> Caller:
    """Return who calls this operation; raises unless they may."""
    who = _signed_in(raw)
    if Role.SIGNED_IN in OPERATIONS[operation.name]:
        return Caller(Actor(who, Role.SIGNED_IN, NO_PARTNER), None, None)
    memberships = _memberships(ports, who)
    if len(memberships) > 1 and operation.name == ANSWERS_UNCHOSEN and "partner-id" not in raw.headers:
        return Caller(Actor(who, Role.SIGNED_IN, NO_PARTNER), None, None, memberships)
    person = _chosen(raw, memberships) if memberships else _operator(ports, who)
    require(person.role, operation.name)
    partner_id = person.partner_id if isinstance(person, Member) else _named(raw, operation)
    partner = _partner(ports, partner_id) if partner_id else None
    actor = Actor(who, person.role, partner_id or NO_PARTNER, _acting_for(raw, person))
    if partner and partner.suspended and actor.of_partner:
        raise Forbidden("This partner is suspended. The platform's staff can tell why.")
    return Caller(actor, person, partner, memberships)


def subject(raw: ChaliceRequest) -> str | None:
    """Return the subject that the authorizer passed on; None for a public operation."""
    passed_on: str | None = (raw.context.get("authorizer") or {}).get("principalId")
    return passed_on


def _signed_in(raw: ChaliceRequest) -> str:
    who = subject(raw)
    if not who:
        raise Unauthenticated("Send a valid access token as Authorization: Bearer.")
    return who


def _memberships(ports: HasPartners, subject: str) -> tuple[Member, ...]:
    """Read on whose teams the subject is. A row in any other than a partner's role is none: the API may write them."""
    return tuple(item for item in ports.members.of_subject(subject) if item.role in PARTNER_ROLES)


def _chosen(raw: ChaliceRequest, memberships: tuple[Member, ...]) -> Member:
    """Return the membership that the Partner-Id header names; somebody with just one needs none."""
    named: str | None = raw.headers.get("partner-id")
    if named is None:
        if len(memberships) > 1:
            raise BadRequest(
                "You are on the teams of several partners. Name the one that this request is made for in a Partner-Id "
                "header; GET /me lists them."
            )
        return memberships[0]
    for member in memberships:
        if member.partner_id == named:
            return member
    raise _no_such_partner()


def _operator(ports: HasPartners, subject: str) -> Operator:
    operator = ports.operators.get(subject)
    if operator is None:
        raise Forbidden("You are not a member of any partner's team here.")
    return operator


def _named(raw: ChaliceRequest, operation: Operation) -> str | None:
    """Return the partner that an operator or the platform names."""
    named: str | None = raw.headers.get("partner-id")
    if named is None and operation.partner_scoped:
        raise BadRequest("Name the partner that this request is made for in a Partner-Id header.")
    if named is not None and not SEGMENT.fullmatch(named):
        raise _no_such_partner()
    return named


def _partner(ports: HasPartners, partner_id: str) -> Partner:
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
