"""What is there when a simulation begins: two partners with an admin and some accounts each, and the platform."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.access import Role
from chalicelib.domain.kernel.usernames import claim
from chalicelib.domain.partners.invites import Invite, SlugClaim
from chalicelib.domain.partners.members import Member
from chalicelib.domain.partners.operators import Operator
from chalicelib.domain.partners.partners import PartnerSettings
from tests.factories import a_partner, a_person, an_account

if TYPE_CHECKING:
    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.kernel.usernames import UsernameClaim
    from tests.fakes import FakePorts

PARTNERS = ("prt_acme", "prt_best")


LONG_OPEN = (60, 93, 94)
"""Days since the first payment of the accounts that are there, so that bonuses are about to be earned."""


def furnish(ports: FakePorts) -> None:
    """Have them there."""
    for partner_id in PARTNERS:
        settings = PartnerSettings(recipients=(f"reports@{partner_id}.example",), tracker_formats=("csv",))
        slug = f"{partner_id.removeprefix('prt_')}-one"
        ports.book.put(
            a_partner(partner_id=partner_id, name=partner_id, settings=settings, admin_count=1),
            Invite(partner_id=partner_id, slug=slug),
            SlugClaim(slug, partner_id),
            _member(ports, f"admin-{partner_id}", partner_id, Role.PARTNER_ADMIN),
            *(thing for days in LONG_OPEN for thing in _account(ports, partner_id, days)),
        )
    ports.book.put(_member(ports, "operator", None, Role.OPERATOR), _member(ports, "platform", None, Role.PLATFORM))


def _account(ports: FakePorts, partner_id: str, days: int) -> tuple[Account, UsernameClaim]:
    since, name = ports.today - timedelta(days=days), f"{partner_id.removeprefix('prt_')}-client-{days}"
    account = an_account(
        partner_id=partner_id, account_id=f"acct_{name}", username=name, created_on=since, initial_upgrade_on=since
    )
    return account, claim(name, partner_id, account.account_id)


def _member(ports: FakePorts, subject: str, partner_id: str | None, role: Role) -> Member | Operator:
    email = f"{subject}@example.com"
    return a_person(subject, partner_id, role, email, ports.now)
