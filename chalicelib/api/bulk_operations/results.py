"""The outcome of each account of a bulk operation."""

from __future__ import annotations

from msgspec import UNSET, UnsetType

from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.cursors import Next, PageQuery, next_cursor, start_after
from chalicelib.api.http.operation import Query, View
from chalicelib.api.http.request import Request
from chalicelib.domain.bulk_operations.bulk_operations import BulkOutcome
from chalicelib.domain.kernel.errors import Gone
from chalicelib.services.bulk_operations import results
from chalicelib.services.bulk_operations.results import NamedOutcome

blueprint = Blueprint(__name__)


class ResultsQuery(PageQuery):
    outcome: BulkOutcome | UnsetType = UNSET
    """Only accounts with this outcome."""


class ResultsCsvQuery(Query):
    outcome: BulkOutcome | UnsetType = UNSET
    """Only accounts with this outcome."""


class AccountOutcomeView(View):
    """What became of one account."""

    account_id: str
    """As it was named when the operation was asked for."""
    username: str | None
    """Null where the account is not the partner's."""
    organization: str | None
    """Null where the account is not the partner's."""
    outcome: BulkOutcome
    """What became of it."""
    code: str | None
    """Of a refusal: the problem's code."""
    detail: str | None
    """Of a refusal: the sentence of the single change's refusal."""


class AccountOutcomeList(View):
    """A page of outcomes, in the order in which the accounts were dealt with."""

    items: list[AccountOutcomeView]
    next: Next = UNSET


@blueprint.operation(
    "list_bulk_operation_results", "GET /bulk-operations/{bulk_operation_id}/results", refusals=(Gone,)
)
def list_bulk_operation_results(request: Request[None, ResultsQuery], bulk_operation_id: str) -> AccountOutcomeList:
    """List what became of each account so far; kept for ninety days."""
    query, partner_id = request.query, request.partner.partner_id
    after = start_after(query, partner_id)
    outcome = query.outcome or None
    page = results.page(request.ports, request.actor, bulk_operation_id, outcome, after, query.limit)
    return AccountOutcomeList(
        items=[_view(item) for item in page.items], next=next_cursor(query, partner_id, page.next)
    )


@blueprint.operation(
    "get_bulk_operation_results_csv",
    "GET /bulk-operations/{bulk_operation_id}/results/csv",
    media_type="text/csv; charset=utf-8",
    refusals=(Gone,),
)
def get_bulk_operation_results_csv(request: Request[None, ResultsCsvQuery], bulk_operation_id: str) -> str:
    """Get what became of each account so far as a CSV file; kept for ninety days."""
    return results.csv_text(request.ports, request.actor, bulk_operation_id, request.query.outcome or None)


def _view(named: NamedOutcome) -> AccountOutcomeView:
    item, account = named.outcome, named.account
    return AccountOutcomeView(
        account_id=item.account_id,
        username=account.username if account else None,
        organization=account.organization if account else None,
        outcome=item.outcome,
        code=item.code,
        detail=item.detail,
    )
