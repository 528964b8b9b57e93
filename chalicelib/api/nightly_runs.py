"""Nightly runs, as operators follow them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.operation import Instant, Query, View
from chalicelib.api.http.request import Request
from chalicelib.domain.kernel.clock import instant_text, today
from chalicelib.domain.nightly_runs import NightlyRun, totals

blueprint = Blueprint(__name__)


class NightQuery(Query):
    until: date | UnsetType = UNSET
    """The latest night; by default today's."""
    limit: Annotated[int, Meta(ge=1, le=31, description="How many nights at most.")] = 7


class NightlyRunView(View):
    """One night's run over all partners."""

    date: date
    """The day on which the night ended."""
    started_at: Instant
    finished_at: Instant | None
    """Within five minutes of when the last partner was done."""
    seconds: float | None
    partners: int
    """How many partners there were."""
    done: int
    """Partners that are settled."""
    settled: int
    """Accounts whose due changes were applied."""
    bonuses: int
    """How many bonuses were earned."""
    failures: int
    """Accounts that could not be settled; they are tried again on their own."""


class NightlyRunList(View):
    """The last nightly runs."""

    items: list[NightlyRunView]
    """The latest first; a night that never began is missing."""


@blueprint.operation("list_nightly_runs", "GET /nightly-runs", partner_scoped=False)
def list_nightly_runs(request: Request[None, NightQuery]) -> NightlyRunList:
    """List nightly runs, with what each did over all partners."""
    last = request.query.until or today(request.ports.clock)
    days = (last - timedelta(days=ago) for ago in range(request.query.limit))
    nights = request.ports.nightly_runs
    return NightlyRunList(items=[_view(request, run) for day in days if (run := nights.run(day))])


def _view(request: Request[None, NightQuery], run: NightlyRun) -> NightlyRunView:
    so_far = totals(request.ports.nightly_runs.partners(run.date))
    seconds = (run.finished_at - run.started_at).total_seconds() if run.finished_at else None
    return NightlyRunView(
        date=run.date,
        started_at=instant_text(run.started_at),
        finished_at=instant_text(run.finished_at) if run.finished_at else None,
        seconds=seconds,
        partners=run.partners,
        done=so_far.done,
        settled=so_far.settled,
        bonuses=so_far.bonuses,
        failures=so_far.failures,
    )
