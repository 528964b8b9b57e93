"""People by their subject: a member of the partner's team, or an operator."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalicelib.domain.members import Member
    from chalicelib.domain.operators import Operator
    from chalicelib.domain.ports import Ports


def find_person(ports: Ports, subject: str, partner_id: str) -> Member | Operator | None:
    """Find who may act for this partner under this subject today; None for anybody else."""
    return ports.members.get(subject, partner_id) or ports.operators.get(subject)
