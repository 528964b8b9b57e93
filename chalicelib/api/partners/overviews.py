"""The overview of all partners, for the platform's staff."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import UNSET, Meta

from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.cursors import Cursor, Next, next_cursor, start_after
from chalicelib.api.http.operation import Instant, Query, View
from chalicelib.api.http.request import Request
from chalicelib.domain.accounts.accounts import Status
from chalicelib.domain.kernel.clock import instant_text
from chalicelib.domain.kernel.paging import BoundedCount
from chalicelib.domain.nightly_runs import PartnerSettlement
from chalicelib.domain.partners.overview import Movement, PartnerOverview
from chalicelib.services.partners import overview

blueprint = Blueprint(__name__)


class OverviewQuery(Query):
    limit: Annotated[int, Meta(ge=1, le=50, description="How many partners at most.")] = 20
    cursor: Cursor = UNSET


class AccountCounts(View):
    """How many accounts, by status code."""

    O: int  # noqa: E741 the program's letter
    """Open."""
    T: int
    """On trial."""
    E: int
    """Expired trials."""
    C: int
    """Canceled."""
    total: int


class MovementView(View):
    """How the book has moved in one month."""

    created: int
    """Accounts that began in it."""
    departed: int
    """Cancellations and move-outs."""
    net: int
    """Created less departed."""
    churn: float | None
    """Which part of the accounts at the month's start left; null where that is not known."""
    at_least: bool
    """Whether there was more than was counted."""


class LiabilityView(View):
    """What was earned and not paid yet, in one currency."""

    currency: str
    amount: int
    """In the currency's minor unit (cents)."""
    bonuses: int
    """How many bonuses."""


class PartnerNightView(View):
    """The partner's part of the last night."""

    date: date
    """The day that was settled."""
    settled: int
    """Accounts whose due changes were applied."""
    bonuses: int
    """How many bonuses were earned."""
    failures: int
    """Accounts that could not be settled."""
    done_at: Instant | None
    """When all of the partner was done; null while it is not."""


class FailureCountView(View):
    """How many have failed."""

    count: int
    """How many there are, or at least are."""
    more: bool
    """Whether there are more, which were not counted."""


class FailuresView(View):
    """What has failed in the last 30 days."""

    report_runs: FailureCountView
    """Reports that could not be made."""
    deliveries: FailureCountView
    """Mails that did not arrive."""
    imports: FailureCountView
    """Imports that ended without their rows."""


class PartnerOverviewView(View):
    """A partner's figures, as they are stored: what has become due today counts when the partner is settled."""

    partner_id: str
    name: str
    """The partner's name."""
    suspended: bool
    accounts: AccountCounts
    """By status code."""
    this_month: MovementView
    """Up to today."""
    last_month: MovementView
    """The whole month before."""
    unpaid_bonuses: list[LiabilityView]
    """What is earned and not paid, by currency."""
    unpaid_at_least: bool
    """Whether there are more unpaid bonuses than were added up."""
    last_night: PartnerNightView | None
    """How far the nightly run is with the partner; null before its first night."""
    failures: FailuresView
    """What failed lately."""
    settled_on: date | None
    """The last day up to which the due changes of all of its accounts are applied."""


class PartnerOverviewList(View):
    """A page of partners' figures."""

    items: list[PartnerOverviewView]
    next: Next = UNSET


@blueprint.operation("list_partner_overviews", "GET /partner-overviews", partner_scoped=False)
def list_partner_overviews(request: Request[None, OverviewQuery]) -> PartnerOverviewList:
    """List the figures of all partners, by name: accounts, growth, churn, unpaid bonuses, last night, failures."""
    query = request.query
    page = overview.page(request.ports, start_after(query, ""), query.limit)
    return PartnerOverviewList(items=[_view(entry) for entry in page.items], next=next_cursor(query, "", page.next))


def _view(found: PartnerOverview) -> PartnerOverviewView:
    partner, summary, failures = found.partner, found.summary, found.failures
    return PartnerOverviewView(
        partner_id=partner.partner_id,
        name=partner.name,
        suspended=partner.suspended,
        accounts=AccountCounts(**{status.value: summary.of(status) for status in Status}, total=summary.of()),
        this_month=_movement(found.this_month),
        last_month=_movement(found.last_month),
        unpaid_bonuses=[LiabilityView(item.currency, item.amount, item.bonuses) for item in found.liabilities],
        unpaid_at_least=found.liabilities_at_least,
        last_night=_night(found.last_night) if found.last_night else None,
        failures=FailuresView(
            report_runs=_count(failures.report_runs),
            deliveries=_count(failures.deliveries),
            imports=_count(failures.imports),
        ),
        settled_on=partner.settled_on,
    )


def _movement(movement: Movement) -> MovementView:
    return MovementView(
        created=movement.created,
        departed=movement.departed,
        net=movement.net,
        churn=movement.churn,
        at_least=movement.at_least,
    )


def _night(night: PartnerSettlement) -> PartnerNightView:
    done_at = instant_text(night.done_at) if night.done_at else None
    return PartnerNightView(night.date, night.settled, night.bonuses, night.failures, done_at)


def _count(counted: BoundedCount) -> FailureCountView:
    return FailureCountView(counted.count, counted.more)
