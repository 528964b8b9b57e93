"""Activity that the platform reports: absolute values; an older report never overwrites a newer one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chalicelib.domain.access import Actor
    from chalicelib.domain.accounts.accounts import Activity
    from chalicelib.domain.kernel.usernames import UsernameClaim
    from chalicelib.domain.ports import HasAccounts

MAX_REPORTS = 500


class Outcome(StrEnum):
    """What became of a report of activity."""

    UPDATED = "updated"
    """The report is taken."""
    UNCHANGED = "unchanged"
    """This report or a newer one is there already."""
    UNKNOWN_USERNAME = "unknown_username"
    """The partner has no such account."""
    SEND_AGAIN = "send_again"
    """The account moved to another partner at this moment: send the report again, for the partner that has it now."""


@dataclass(frozen=True, slots=True)
class ActivityReport:
    """What the platform says of one account."""

    username: str
    activity: Activity


def report(ports: HasAccounts, actor: Actor, reports: Sequence[ActivityReport]) -> list[Outcome]:
    """Note the activity of up to 500 accounts of the partner; one outcome each, in their order."""
    claims = ports.usernames.find_many(item.username for item in reports)
    outcomes = [_noted(ports, actor, claims.get(item.username.casefold()), item) for item in reports]
    return _with_moved(ports, actor, reports, outcomes)


def _noted(ports: HasAccounts, actor: Actor, claim: UsernameClaim | None, report: ActivityReport) -> Outcome:
    if claim is None or claim.partner_id != actor.partner_id:
        return Outcome.UNKNOWN_USERNAME
    noted = ports.accounts.note_activity(claim.partner_id, claim.account_id, report.activity)
    return Outcome.UPDATED if noted else Outcome.UNCHANGED


def _with_moved(
    ports: HasAccounts, actor: Actor, reports: Sequence[ActivityReport], outcomes: Sequence[Outcome]
) -> list[Outcome]:
    """Tell an account that was moved between its look-up and the write from one with nothing new to note."""
    unchanged = [r.username for r, outcome in zip(reports, outcomes, strict=True) if outcome is Outcome.UNCHANGED]
    claims = ports.usernames.find_many(unchanged) if unchanged else {}
    moved = {name for name, claim in claims.items() if claim.partner_id != actor.partner_id}
    return [
        Outcome.SEND_AGAIN if outcome is Outcome.UNCHANGED and report.username.casefold() in moved else outcome
        for report, outcome in zip(reports, outcomes, strict=True)
    ]
