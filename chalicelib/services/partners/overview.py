"""The overview of all partners: each by counters and indexes, at a cost that does not grow with its book."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.accounts import Status
from chalicelib.domain.kernel.clock import today
from chalicelib.domain.kernel.paging import Page
from chalicelib.domain.partners import overview
from chalicelib.domain.partners.overview import FAILURE_DAYS, Failures, Movement, PartnerOverview
from chalicelib.services.partners import partners

if TYPE_CHECKING:
    from chalicelib.domain.accounts.counters import Summary
    from chalicelib.domain.nightly_runs import PartnerSettlement
    from chalicelib.domain.partners.partners import Partner
    from chalicelib.domain.ports import HasAccounts
    from chalicelib.services.ports import PartnerOverviewPorts

MAX_DAYS = 1_000
"""Accounts created in two months, or departures, that are counted: some 50 read units at most."""
MAX_BONUSES = 2_000
"""Unpaid bonuses that are added up: some 40 read units at most."""
MAX_FAILURES = 100
"""Of each kind."""


def page(ports: PartnerOverviewPorts, after: str | None, limit: int) -> Page[PartnerOverview]:
    """Return the figures of partners, by name."""
    some = partners.page(ports, after, limit)
    return Page(tuple(figures_of(ports, partner) for partner in some.items), some.next)


def figures_of(ports: PartnerOverviewPorts, partner: Partner) -> PartnerOverview:
    """Return the figures of one partner."""
    partner_id = partner.partner_id
    summary = ports.counters.summary(partner_id)
    this_month, last_month = _movements(ports, partner_id, summary)
    unpaid = ports.bonuses.unpaid(partner_id, MAX_BONUSES + 1)
    return PartnerOverview(
        partner=partner,
        summary=summary,
        this_month=this_month,
        last_month=last_month,
        liabilities=overview.liabilities(unpaid[:MAX_BONUSES]),
        liabilities_at_least=len(unpaid) > MAX_BONUSES,
        last_night=_last_night(ports, partner_id),
        failures=_failures(ports, partner_id),
    )


def _movements(ports: HasAccounts, partner_id: str, summary: Summary) -> tuple[Movement, Movement]:
    day = today(ports.clock)
    last_month, this_month = overview.months(day)
    created = ports.accounts.created_days(partner_id, last_month, day, MAX_DAYS + 1)
    departed = ports.departures.days(partner_id, last_month, day, MAX_DAYS + 1)
    active = summary.of() - summary.of(Status.CANCELLED)
    return overview.movements(created, departed, active, this_month, MAX_DAYS)


def _last_night(ports: PartnerOverviewPorts, partner_id: str) -> PartnerSettlement | None:
    """Return the partner's part of the last night: today's, or yesterday's where that has not begun."""
    day = today(ports.clock)
    nights = (ports.nightly_runs.partner(night, partner_id) for night in (day, day - timedelta(days=1)))
    return next(filter(None, nights), None)


def _failures(ports: PartnerOverviewPorts, partner_id: str) -> Failures:
    since = ports.clock() - timedelta(days=FAILURE_DAYS)
    return Failures(
        report_runs=ports.report_runs.count_failed(partner_id, since, MAX_FAILURES),
        deliveries=ports.deliveries.count_failed(partner_id, since, MAX_FAILURES),
        imports=ports.imports.count_failed(partner_id, since, MAX_FAILURES),
    )
