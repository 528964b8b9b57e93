"""Who am I, for which partner, with which role."""

from __future__ import annotations

from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.operation import NoQuery, View
from chalicelib.api.http.request import Request
from chalicelib.domain.access import OPERATIONS, Role
from chalicelib.domain.currencies import MINOR_UNIT_DIGITS
from chalicelib.domain.partners import Partner

blueprint = Blueprint(__name__)


class OwnPartnerView(View):
    partner_id: str
    name: str
    suspended: bool
    currency: str
    """What its bonuses, and the amounts of its service requests, are in."""
    single_bill_enabled: bool
    time_zone: str
    """IANA name: what everything it reads is told in."""


class MeView(View):
    subject: str
    name: str
    email: str
    role: Role
    partner_id: str | None
    partner: OwnPartnerView | None
    """Null for operators and the platform, unless Partner-Id names one."""
    operations: list[str]
    """What this role may do, by operationId."""
    currency_digits: dict[str, int]
    """The active currencies of ISO 4217, each with the digits after its decimal point: amounts are in minor units."""


@blueprint.operation("who_am_i", "GET /me", for_partner=False)
def who_am_i(request: Request[None, NoQuery]) -> MeView:
    """Tell who calls, for which partner, with which role."""
    caller = request.signed_in
    member, partner = caller.member, caller.partner
    shown = _partner(partner) if partner else None
    return MeView(
        subject=member.subject,
        name=member.name,
        email=member.email,
        role=member.role,
        partner_id=partner.partner_id if partner else None,
        partner=shown,
        operations=sorted(name for name, roles in OPERATIONS.items() if member.role in roles),
        currency_digits=MINOR_UNIT_DIGITS,
    )


def _partner(partner: Partner) -> OwnPartnerView:
    return OwnPartnerView(
        partner_id=partner.partner_id,
        name=partner.name,
        suspended=partner.suspended,
        currency=partner.terms.bonus.currency,
        single_bill_enabled=partner.terms.single_bill_enabled,
        time_zone=partner.settings.time_zone,
    )
