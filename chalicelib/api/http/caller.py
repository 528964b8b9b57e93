"""Name who calls."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.domain.access import Actor
from chalicelib.domain.partners.members import Member
from chalicelib.domain.partners.operators import Operator
from chalicelib.domain.partners.partners import Partner


@dataclass(frozen=True, slots=True)
class Caller:
    """The actor, the member or operator that it is, and the partner that it acts for."""

    actor: Actor
    member: Member | Operator | None
    """None for somebody who acts for no partner yet."""
    partner: Partner | None
    memberships: tuple[Member, ...] = ()
