"""Judges by today's members and settings whether someone still has the right that an artefact was made with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.access import PARTNER_ROLES, roles_for
from chalicelib.domain.kernel.errors import NotFound
from chalicelib.domain.mail.recipient_confirmations import confirmed_among
from chalicelib.domain.report_runs.downloads import recipient_key

if TYPE_CHECKING:
    from chalicelib.domain.partners.members import Member
    from chalicelib.domain.partners.operators import Operator
    from chalicelib.domain.partners.partners import Partner
    from chalicelib.domain.ports import HasPartners
    from chalicelib.domain.report_runs.downloads import Download


def find_person(ports: HasPartners, subject: str, partner_id: str) -> Member | Operator | None:
    """Find who may act for this partner under this subject today; None for anybody else."""
    return ports.members.get(subject, partner_id) or ports.operators.get(subject)


READ_REPORTS = "get_report_run"


def still_entitled(ports: HasPartners, subject: str, partner_id: str, operation: str) -> bool:
    """Return whether this person may still do this for the partner: a member in a role that may, or an operator.

    The partner's own people may do nothing while it is suspended.
    """
    person = find_person(ports, subject, partner_id)
    if person is None or person.role not in roles_for(operation):
        return False
    return person.role not in PARTNER_ROLES or not ports.partners.get(partner_id).suspended


def may_still_have(ports: HasPartners, link: Download) -> bool:
    """Return whether whom the link was mailed to may still have the file: a member of the team, or a recipient."""
    partner = _partner(ports, link.partner_id)
    if partner is None or partner.suspended or not link.recipient:
        return False
    confirmed = confirmed_among(partner, partner.settings.recipients)
    if link.recipient in map(recipient_key, confirmed):
        return True
    return link.subject is not None and still_entitled(ports, link.subject, link.partner_id, READ_REPORTS)


def _partner(ports: HasPartners, partner_id: str) -> Partner | None:
    try:
        return ports.partners.get(partner_id)
    except NotFound:
        return None
