"""Who am I, for which partner, with which role."""

from __future__ import annotations

from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.operation import Instant, NoQuery, View
from chalicelib.api.http.request import Request
from chalicelib.domain.access import BULK_RIGHTS, OPERATIONS, Role
from chalicelib.domain.kernel.clock import instant_text
from chalicelib.domain.kernel.currencies import MINOR_UNIT_DIGITS
from chalicelib.domain.partners.members import Member
from chalicelib.domain.partners.partners import Partner
from chalicelib.domain.ports import HasPartners

blueprint = Blueprint(__name__)


class OwnPartnerView(View):
    """The partner that the request is made for."""

    partner_id: str
    name: str
    """The partner's name."""
    suspended: bool
    currency: str
    """What its bonuses, and the amounts of its service requests, are in."""
    single_bill_enabled: bool
    time_zone: str
    """IANA name: what everything it reads is told in."""


class MembershipView(View):
    """One team that the person is on."""

    partner_id: str
    name: str
    """The partner's."""
    role: Role
    """The person's role there."""


class MeView(View):
    """Who is signed in, and what they may do."""

    subject: str
    name: str
    """The person's name."""
    email: str
    """The address that the person signs in with."""
    role: Role | None
    """Null for somebody on several teams, unless Partner-Id names one."""
    partner_id: str | None
    partner: OwnPartnerView | None
    """Null for operators and the platform too, unless Partner-Id names one."""
    memberships: list[MembershipView]
    """The teams that this person is on; none for operators and the platform."""
    operations: list[str]
    """What this role may do, by operationId."""
    now: Instant
    """What time it is here: whoever shows days and countdowns goes by this, as their own clock may be wrong."""
    currency_digits: dict[str, int]
    """The active currencies of ISO 4217, each with the digits after its decimal point: amounts are in minor units."""


@blueprint.operation("who_am_i", "GET /me", partner_scoped=False)
def who_am_i(request: Request[None, NoQuery]) -> MeView:
    """Tell who calls, for which partner, with which role. With several teams and no Partner-Id: which there are."""
    caller = request.signed_in
    role = caller.member.role if caller.member else None
    person = caller.member or caller.memberships[0]
    return MeView(
        subject=person.subject,
        name=person.name,
        email=person.email,
        role=role,
        partner_id=caller.partner.partner_id if caller.partner else None,
        partner=_partner(caller.partner) if caller.partner else None,
        memberships=[_membership(request.ports, membership, caller.partner) for membership in caller.memberships],
        operations=sorted(name for name, roles in (OPERATIONS | BULK_RIGHTS).items() if role in roles),
        now=instant_text(request.ports.clock()),
        currency_digits=MINOR_UNIT_DIGITS,
    )


def _membership(ports: HasPartners, member: Member, loaded: Partner | None) -> MembershipView:
    """Return the membership as an answer; the partner that the caller acts for has been read already."""
    partner = loaded if loaded and loaded.partner_id == member.partner_id else ports.partners.get(member.partner_id)
    return MembershipView(partner_id=partner.partner_id, name=partner.name, role=member.role)


def _partner(partner: Partner) -> OwnPartnerView:
    return OwnPartnerView(
        partner_id=partner.partner_id,
        name=partner.name,
        suspended=partner.suspended,
        currency=partner.terms.bonus.currency,
        single_bill_enabled=partner.terms.single_bill_enabled,
        time_zone=partner.settings.time_zone,
    )
