"""Bonuses: what the partner has earned, by month."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.cursors import Next, PageQuery, next_cursor, start_after
from chalicelib.api.http.operation import View
from chalicelib.api.http.request import Request
from chalicelib.domain.accounts.bonuses import Bonus
from chalicelib.domain.accounts.codes import BonusStatus
from chalicelib.domain.kernel.clock import today
from chalicelib.services.accounts.due_changes import settle_before_reading
from chalicelib.services.bonuses import Month, by_month

blueprint = Blueprint(__name__)
DAYS_SHOWN = 365


class BonusEntry(View):
    """An earned bonus."""

    account_id: str
    username: str
    organization: str
    status: BonusStatus
    """earned or paid."""
    initial_upgrade_on: date
    earned_on: date
    amount: int
    """In the currency's minor unit (cents)."""
    currency: str
    paid_on: date | None
    payment_reference: str | None


class MonthTotal(View):
    """What was earned in one month in one currency."""

    month: str
    bonuses: int
    """How many bonuses were earned."""
    amount: int
    currency: str


class BonusList(View):
    """A page of earned bonuses."""

    earned_from: date
    """The first day that the list and its totals cover, asked for or not."""
    earned_to: date
    """The last one."""
    items: list[BonusEntry]
    """The latest earned first."""
    months: list[MonthTotal] | UnsetType = UNSET
    """What was earned by month and currency on the days asked for, the latest first; on the first page."""
    next: Next = UNSET


class BonusQuery(PageQuery):
    earned_from: (
        Annotated[date, Meta(description="The first day; by default 365 days before `earned_to`.")] | UnsetType
    ) = UNSET
    earned_to: Annotated[date, Meta(description="The last day; by default today (UTC).")] | UnsetType = UNSET


def present(bonus: Bonus) -> BonusEntry:
    """Return the bonus as an answer."""
    return BonusEntry(
        account_id=bonus.account_id,
        username=bonus.username,
        organization=bonus.organization,
        status=bonus.status,
        initial_upgrade_on=bonus.initial_upgrade_on,
        earned_on=bonus.earned_on,
        amount=bonus.money.amount,
        currency=bonus.money.currency,
        paid_on=bonus.paid_on,
        payment_reference=bonus.payment_reference,
    )


@blueprint.operation("list_bonuses", "GET /bonuses")
def list_bonuses(request: Request[None, BonusQuery]) -> BonusList:
    """List the bonuses earned on the days asked for, with totals by month; without days, the 365 days up to today.

    `earned_from` and `earned_to` in the answer say which days the list and its totals cover.
    """
    query, partner = request.query, settle_before_reading(request.ports, request.partner)
    last = query.earned_to or today(request.ports.clock)
    first = query.earned_from or last - timedelta(days=DAYS_SHOWN)
    store, after = request.ports.bonuses, start_after(query, partner.partner_id)
    page = store.page(partner.partner_id, first, last, after, query.limit)
    return BonusList(
        earned_from=first,
        earned_to=last,
        items=[present(entry) for entry in page.items],
        months=UNSET if after else [_total(item) for item in by_month(store.between(partner.partner_id, first, last))],
        next=next_cursor(query, partner.partner_id, page.next),
    )


def _total(month: Month) -> MonthTotal:
    return MonthTotal(month=month.month, bonuses=month.number, amount=month.total.amount, currency=month.total.currency)
