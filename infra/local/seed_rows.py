"""Writes the sample's partners and people, which nobody could make by the API yet: there was nobody to sign in."""

from __future__ import annotations

import json
import sys
from typing import Any

from chalicelib.bootstrap import container
from chalicelib.domain.access import Role
from chalicelib.domain.changes import Change, Insert
from chalicelib.domain.kernel.errors import NotFound
from chalicelib.domain.partners.members import Member
from chalicelib.domain.partners.operators import Operator
from chalicelib.domain.partners.partners import Partner, PartnerSettings
from infra.local.sign_ins import PARTNERS

RECIPIENT = "reports@example.com"


def main(rows: list[dict[str, Any]]) -> None:
    """Write what is not there yet."""
    ports = container()
    for partner_id, name in PARTNERS.items():
        admins = sum(row["partner_id"] == partner_id and row["role"] == Role.PARTNER_ADMIN for row in rows)
        settle(ports, partner_id, name, admins)
    for row in rows:
        if not ports.members.of_subject(row["subject"]) and ports.operators.get(row["subject"]) is None:
            person = _person({**row, "role": Role(row["role"]), "since": ports.clock()})
            ports.transaction_writer.write(Change((Insert(person),), None))


def _person(row: dict[str, Any]) -> Member | Operator:
    if row["partner_id"]:
        return Member(**row)
    del row["partner_id"]
    return Operator(**row)


def settle(ports: Any, partner_id: str, name: str, admins: int) -> None:
    """One partner."""
    try:
        ports.partners.get(partner_id)
    except NotFound:
        settings = PartnerSettings(recipients=(RECIPIENT,))
        partner = Partner(
            partner_id=partner_id,
            name=name,
            created_at=ports.clock(),
            settings=settings,
            admin_count=admins,
            confirmed_recipients=(RECIPIENT,),
        )
        ports.transaction_writer.write(Change((Insert(partner),), None))


if __name__ == "__main__":
    main(json.load(sys.stdin))
