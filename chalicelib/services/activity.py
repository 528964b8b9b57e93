"""Activity that the platform reports: absolute values; an older report never overwrites a newer one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chalicelib.domain.access import Actor
    from chalicelib.domain.accounts import Activity
    from chalicelib.domain.ports import Ports

MAX_REPORTS = 500


class Outcome(StrEnum):
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    """This report or a newer one is there already."""
    UNKNOWN_USERNAME = "unknown_username"


@dataclass(frozen=True, slots=True)
class ActivityReport:
    """What the platform says of one account."""

    username: str
    activity: Activity


def report(ports: Ports, actor: Actor, reports: Sequence[ActivityReport]) -> list[Outcome]:
    """Note the activity of up to 500 accounts of the partner; one outcome each, in their order."""
    claims = ports.usernames.find_many(each.username for each in reports)
    outcomes = []
    for each in reports:
        claim = claims.get(each.username.casefold())
        if claim is None or claim.partner_id != actor.partner_id:
            outcomes.append(Outcome.UNKNOWN_USERNAME)
        else:
            noted = ports.accounts.note_activity(claim.partner_id, claim.account_id, each.activity)
            outcomes.append(Outcome.UPDATED if noted else Outcome.UNCHANGED)
    return outcomes
