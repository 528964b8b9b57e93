"""How many accounts the partner has: by status and type, or of those that a filter finds."""

from __future__ import annotations

from datetime import date

from chalicelib.api.accounts.filters import AccountFilters, account_query
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.operation import Instant, NoQuery, View
from chalicelib.api.http.request import Request
from chalicelib.domain.accounts.accounts import AccountType, Status
from chalicelib.domain.accounts.counters import Summary
from chalicelib.domain.kernel.clock import instant_text
from chalicelib.services.accounts import lists
from chalicelib.services.accounts.due_changes import settle_before_reading

blueprint = Blueprint(__name__)


class Counts(View):
    """How many accounts, by type."""

    managed: int
    """Accounts that the partner manages."""
    referred: int
    """Accounts that the partner has referred."""
    total: int


class ByStatus(View):
    """One field a status code."""

    O: Counts  # noqa: E741 the program's letter
    """Open."""
    T: Counts
    """On trial."""
    E: Counts
    """Expired trials."""
    C: Counts
    """Canceled."""


class SummaryView(View):
    """How many accounts there are, by status and type."""

    by_status: ByStatus
    """The counts of each status."""
    total: Counts
    """The counts of all accounts."""
    as_of: Instant
    settled_on: date | None
    """The last day up to which the due changes of all of the partner's accounts are applied."""


@blueprint.operation("get_summary", "GET /summary")
def get_summary(request: Request[None, NoQuery]) -> SummaryView:
    """Count accounts by status and type, exactly."""
    partner = settle_before_reading(request.ports, request.partner)
    summary = request.ports.counters.summary(partner.partner_id)
    return SummaryView(
        by_status=ByStatus(**{status.value: _counts(summary, status) for status in Status}),
        total=_counts(summary, None),
        as_of=instant_text(request.ports.clock()),
        settled_on=partner.settled_on,
    )


def _counts(summary: Summary, status: Status | None) -> Counts:
    return Counts(
        managed=summary.of(status, AccountType.MANAGED),
        referred=summary.of(status, AccountType.REFERRED),
        total=summary.of(status),
    )


class AccountCountQuery(AccountFilters):
    """Each filter narrows which accounts are counted."""


class AccountCountView(View):
    """How many accounts a filter finds."""

    count: int
    """How many there are, or at least are."""
    exact: bool
    """False where there may be more: they were counted as far as a read budget goes."""
    settled_on: date | None
    """The last day up to which the due changes of all of the partner's accounts are applied."""


@blueprint.operation("count_accounts", "GET /account-count")
def count_accounts(request: Request[None, AccountCountQuery]) -> AccountCountView:
    """Count the accounts that a filter finds.

    Status and type alone are told by counters; other filters count among 8,000 accounts at most.
    """
    partner = settle_before_reading(request.ports, request.partner)
    found = lists.count(request.ports, request.actor, account_query(request.query))
    return AccountCountView(count=found.number, exact=found.exact, settled_on=partner.settled_on)
