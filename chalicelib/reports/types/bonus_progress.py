"""Derives an account's progress to its bonus on a day from plain stored values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.bonuses import DAYS_TO_EARN, as_of, days_left, days_since, earned_on
from chalicelib.domain.accounts.codes import BonusStatus
from chalicelib.domain.accounts.departures import Event

if TYPE_CHECKING:
    from chalicelib.domain.accounts.bonuses import Bonus
    from chalicelib.reports.report import Batch, ReportContext, ReportData

_SHOWING_DAYS_LEFT = frozenset({BonusStatus.TRACKING, BonusStatus.EARNED, BonusStatus.PAID})


@dataclass(frozen=True, slots=True)
class BonusProgress:
    """What the tracker shows of an account's bonus."""

    status: BonusStatus
    days_since: int | None = None
    days_left: int | None = None
    reason: str = ""
    earned_on: str | None = None


@lru_cache(maxsize=65_536)
def bonus_progress(
    account_type: str | None,
    initial_upgrade: str | None,
    stored_status: str,
    stored_earned: str | None,
    cancelled: str | None,
    today: date,
) -> BonusProgress:
    """Return the progress of an account; without an account type it is one that has moved out with its bonus."""
    upgraded_on, cancelled_on = _day(initial_upgrade), _day(cancelled)
    status = as_of(BonusStatus(stored_status), upgraded_on, cancelled_on, today)
    if upgraded_on is None:
        return BonusProgress(status, reason=_REASONS.get(status, ""), earned_on=stored_earned)
    return BonusProgress(
        status,
        days_since=days_since(upgraded_on, today),
        days_left=days_left(upgraded_on, today) if status in _SHOWING_DAYS_LEFT else None,
        reason=_reason(status, upgraded_on, cancelled_on) if account_type else "Moved out after it was earned",
        earned_on=_earned_text(status, upgraded_on, stored_earned),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _earned_text(status: BonusStatus, upgraded_on: date, stored: str | None) -> str | None:
    if stored or status not in (BonusStatus.EARNED, BonusStatus.PAID):
        return stored
    return earned_on(upgraded_on).isoformat()


_REASONS = {
    BonusStatus.NOT_STARTED: "No first payment yet",
    BonusStatus.NOT_ELIGIBLE: "Moved in without qualifying",
    BonusStatus.DISQUALIFIED: f"Canceled before day {DAYS_TO_EARN}",
}


def _reason(status: BonusStatus, upgraded_on: date, cancelled_on: date | None) -> str:
    if status is BonusStatus.DISQUALIFIED and cancelled_on and (day := days_since(upgraded_on, cancelled_on)) >= 0:
        return f"Canceled on day {day}" if day < DAYS_TO_EARN else _REASONS[status]
    return _REASONS.get(status, "")


def departed_bonuses(data: ReportData, context: ReportContext) -> Batch:
    """Return the bonuses of accounts that have moved out, in the tracker's fields."""
    left = {
        item.account_id
        for item in data.departures.between(context.partner_id, date.min, context.today)
        if item.event is Event.MOVE_OUT
    }
    return (
        [_as_row(item) for item in data.bonuses.of_partner(context.partner_id) if item.account_id in left]
        if left
        else ()
    )


def _as_row(bonus: Bonus) -> tuple[str | None, ...]:
    return (
        bonus.username,
        bonus.organization,
        None,
        bonus.initial_upgrade_on.isoformat(),
        bonus.status.value,
        bonus.earned_on.isoformat(),
        None,
    )
