"""Bulk operations: previewing one, asking for it, following it, stopping it."""

from __future__ import annotations

from datetime import date

from msgspec import UNSET, UnsetType

from chalicelib.api.bulk_operations.fields import NewBulkOperation, bulk_request
from chalicelib.api.http.answer import Answer
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.cursors import Next, PageQuery, next_cursor, start_after
from chalicelib.api.http.money import MoneyView, money_view
from chalicelib.api.http.operation import Instant, NoQuery, View
from chalicelib.api.http.request import Request
from chalicelib.domain.accounts.accounts import BillingMode
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import CancelReason
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.bulk_operations.arguments import BulkArguments, OperationName
from chalicelib.domain.bulk_operations.bulk_operations import BulkOperation, BulkStatus
from chalicelib.domain.bulk_operations.selection import FilteredAccounts
from chalicelib.domain.changes import Change
from chalicelib.domain.kernel.clock import instant_text
from chalicelib.domain.kernel.errors import Conflict
from chalicelib.services.accounts.due_changes import settle_before_reading
from chalicelib.services.bulk_operations import bulk_operations
from chalicelib.services.bulk_operations.bulk_operations import Preview
from chalicelib.services.rate_limiter import RateLimiter

blueprint = Blueprint(__name__)
SECONDS_TO_ANSWER = 15.0
"""How long accounts are looked at before the answer; API Gateway waits for 29 seconds, the function runs for 25."""
BODY_LIMIT = 512 * 1024
"""Ten thousand ids."""


class ArgumentsView(View):
    """The arguments of an operation; null where it takes none of the kind."""

    add_on: AddOn | None
    plan: Plan | None
    keep_add_ons: tuple[AddOn, ...]
    """Add-ons included in the present plan that go on as paid ones."""
    billing_mode: BillingMode | None
    reason: CancelReason | None
    effective_on: date | None
    reference: str | None


class RefusalsView(View):
    """Accounts that are refused for one reason."""

    code: str
    """The problem's code: `/problems/<code>` is its type."""
    detail: str
    """The sentence of the single change's refusal."""
    accounts: int
    """How many accounts."""


class BulkOperationView(View):
    """A bulk operation, or the preview of one. Each account counts once: done = changed + unchanged + refused."""

    bulk_operation_id: str | None
    """Null for a preview, of which nothing is kept."""
    operation: OperationName
    """The change that is made to each account."""
    arguments: ArgumentsView
    """What it is made with."""
    dry_run: bool
    """Whether this is a preview."""
    status: BulkStatus
    """How far it is."""
    total: int
    """How many accounts it is for."""
    done: int
    """How many of them have an outcome; of a preview, how many there was time to look at."""
    changed: int
    """Changed, or of a preview: would be."""
    unchanged: int
    """How many were so already."""
    refused: int
    """How many the rules do not allow; nothing of them was touched."""
    amounts: list[MoneyView]
    """The bonuses that were changed, summed up by currency."""
    requested_by: str
    """The subject of who asked for it."""
    created_at: Instant
    finished_at: Instant | None
    reason: str | None
    """Why it failed."""
    refusals: list[RefusalsView] | UnsetType = UNSET
    """Of a preview: why accounts would be refused, the most frequent reason first."""


class BulkOperationList(View):
    """A page of bulk operations, the newest first."""

    items: list[BulkOperationView]
    next: Next = UNSET


@blueprint.operation(
    "create_bulk_operation", "POST /bulk-operations", status=202, refusals=(Conflict,), body_limit=BODY_LIMIT
)
def create_bulk_operation(request: Request[NewBulkOperation, NoQuery]) -> Answer[BulkOperationView]:
    """Make one change to many accounts, each by the rules of the single change; follow it at `Location`.

    Whoever may make the single change may make it in bulk; bonuses are paid by operators. One operation of a partner
    runs at a time. With `dry_run` the answer tells what would become of the accounts, and nothing is written.
    """
    asked, budget = bulk_request(request.body), RateLimiter(0, shift=SECONDS_TO_ANSWER)
    if isinstance(asked.selection, FilteredAccounts):
        settle_before_reading(request.ports, request.partner)
    if request.body.dry_run:
        return request.execute(
            lambda: Change((), bulk_operations.preview(request.ports, request.actor, asked, budget)),
            lambda preview: _preview_view(request, preview),
        )
    return request.execute(
        lambda: bulk_operations.request(request.ports, request.actor, asked, budget),
        lambda made: Answer(present(made), location=f"/bulk-operations/{made.bulk_operation_id}"),
    )


@blueprint.operation("list_bulk_operations", "GET /bulk-operations")
def list_bulk_operations(request: Request[None, PageQuery]) -> BulkOperationList:
    """List bulk operations, the newest first."""
    query, partner_id = request.query, request.partner.partner_id
    page = bulk_operations.page(request.ports, request.actor, start_after(query, partner_id), query.limit)
    return BulkOperationList(
        items=[present(item) for item in page.items], next=next_cursor(query, partner_id, page.next)
    )


@blueprint.operation("get_bulk_operation", "GET /bulk-operations/{bulk_operation_id}")
def get_bulk_operation(request: Request[None, NoQuery], bulk_operation_id: str) -> BulkOperationView:
    """Get a bulk operation and how far it is."""
    return present(bulk_operations.find(request.ports, request.actor, bulk_operation_id))


@blueprint.operation("stop_bulk_operation", "POST /bulk-operations/{bulk_operation_id}/stop", refusals=(Conflict,))
def stop_bulk_operation(request: Request[None, NoQuery], bulk_operation_id: str) -> Answer[BulkOperationView]:
    """Stop a bulk operation: no further account is touched, and what was done stays. Stopping it again changes nothing.

    Whoever may ask for the operation may stop it.
    """
    return request.execute(lambda: bulk_operations.stop(request.ports, request.actor, bulk_operation_id), present)


def present(item: BulkOperation) -> BulkOperationView:
    """Return an operation as an answer."""
    counts = item.counts
    return BulkOperationView(
        bulk_operation_id=item.bulk_operation_id,
        operation=item.operation,
        arguments=_arguments_view(item.arguments),
        dry_run=False,
        status=item.status,
        total=item.total,
        done=counts.done,
        changed=counts.changed,
        unchanged=counts.unchanged,
        refused=counts.refused,
        amounts=[money_view(amount) for amount in item.amounts],
        requested_by=item.requested_by,
        created_at=instant_text(item.created_at),
        finished_at=instant_text(item.finished_at) if item.finished_at else None,
        reason=item.reason,
    )


def _preview_view(request: Request[NewBulkOperation, NoQuery], preview: Preview) -> BulkOperationView:
    counts, now = preview.counts, instant_text(request.ports.clock())
    return BulkOperationView(
        bulk_operation_id=None,
        operation=preview.request.operation,
        arguments=_arguments_view(preview.request.arguments),
        dry_run=True,
        status=BulkStatus.DONE,
        total=preview.total,
        done=counts.done,
        changed=counts.changed,
        unchanged=counts.unchanged,
        refused=counts.refused,
        amounts=[money_view(amount) for amount in preview.amounts],
        requested_by=request.actor.subject,
        created_at=now,
        finished_at=now,
        reason=None,
        refusals=[
            RefusalsView(code=item.code, detail=item.detail, accounts=item.accounts) for item in preview.refusals
        ],
    )


def _arguments_view(arguments: BulkArguments) -> ArgumentsView:
    return ArgumentsView(
        add_on=arguments.add_on,
        plan=arguments.plan,
        keep_add_ons=arguments.keep_add_ons,
        billing_mode=arguments.billing_mode,
        reason=arguments.reason,
        effective_on=arguments.effective_on,
        reference=arguments.reference,
    )
