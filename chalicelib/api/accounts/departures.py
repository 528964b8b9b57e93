"""Departures: cancellations and move-outs of the last 90 days."""

from __future__ import annotations

from datetime import date

from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.operation import NoQuery, View
from chalicelib.api.http.request import Request
from chalicelib.domain.accounts import departures
from chalicelib.domain.accounts.accounts import AccountType
from chalicelib.domain.accounts.codes import CancelReason
from chalicelib.domain.accounts.departures import Departure, Event
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.kernel.clock import today

blueprint = Blueprint(__name__)


class DepartureView(View):
    """An account that was canceled or moved to another partner."""

    account_id: str
    """The id that the account had with this partner."""
    username: str
    organization: str
    account_type: AccountType
    event: Event
    """How the account left."""
    effective_on: date
    """The first day on which it was gone."""
    days_ago: int
    """How many days ago that was; 0 is today."""
    reason: CancelReason | None
    """Why it was canceled; null for a move-out."""
    plan: Plan
    """At exit."""
    days_as_client: int
    """How many days the account had been the partner's."""


class DepartureList(View):
    """The cancellations and move-outs of the last 90 days."""

    first: date
    """The first day of the window, itself included."""
    last: date
    """The window, both days included."""
    items: list[DepartureView]


@blueprint.operation("list_departures", "GET /departures")
def list_departures(request: Request[None, NoQuery]) -> DepartureList:
    """List the accounts that canceled or moved out in the last 90 days, the latest first."""
    day = today(request.ports.clock)
    first, last = departures.window(day)
    found = list(request.ports.departures.between(request.partner.partner_id, first, last))
    return DepartureList(first=first, last=last, items=[_view(item, day) for item in reversed(found)])


def _view(departure: Departure, today: date) -> DepartureView:
    return DepartureView(
        account_id=departure.account_id,
        username=departure.username,
        organization=departure.organization,
        account_type=departure.account_type,
        event=departure.event,
        effective_on=departure.effective_on,
        days_ago=(today - departure.effective_on).days,
        reason=departure.reason,
        plan=departure.plan,
        days_as_client=departure.days_as_client,
    )


class DepartureWeekView(View):
    """How many accounts left within seven days."""

    first: date
    """The first of the seven days."""
    cancellations: int
    """Accounts that were canceled."""
    move_outs: int
    """Accounts that moved to another partner."""


class DepartureReasonView(View):
    """How often a reason was given."""

    reason: CancelReason | None
    """The reason; null for move-outs, which have none."""
    count: int
    """Departures that gave it."""


class DepartureCountsView(View):
    """How many accounts canceled or moved out in the last 90 days, by week and by reason."""

    first: date
    """The first day of the window, itself included."""
    last: date
    """The window, both days included."""
    total: int
    """All of them."""
    weeks: list[DepartureWeekView]
    """Weeks that end today or seven days before the next, the oldest first."""
    reasons: list[DepartureReasonView]
    """The commonest first."""


@blueprint.operation("count_departures", "GET /departure-counts")
def count_departures(request: Request[None, NoQuery]) -> DepartureCountsView:
    """Count the accounts that canceled or moved out in the last 90 days."""
    day = today(request.ports.clock)
    first, last = departures.window(day)
    counts = departures.counted(request.ports.departures.between(request.partner.partner_id, first, last), day)
    return DepartureCountsView(
        first=first,
        last=last,
        total=sum(number for _, number in counts.reasons),
        weeks=[
            DepartureWeekView(first=week.first, cancellations=week.cancellations, move_outs=week.move_outs)
            for week in counts.weeks
        ],
        reasons=[DepartureReasonView(reason=reason, count=number) for reason, number in counts.reasons],
    )
