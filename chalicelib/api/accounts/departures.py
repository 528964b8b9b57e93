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
    account_id: str
    username: str
    organization: str
    account_type: AccountType
    event: Event
    effective_on: date
    days_ago: int
    reason: CancelReason | None
    plan: Plan
    """At exit."""
    days_as_client: int


class DepartureList(View):
    first: date
    last: date
    """The window, both days included."""
    items: list[DepartureView]


@blueprint.operation("list_departures", "GET /departures")
def list_departures(request: Request[None, NoQuery]) -> DepartureList:
    """List the accounts that cancelled or moved out in the last 90 days, the latest first."""
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
