"""Bulk operations: previewing one, asking for it, following it, stopping it; a worker does the rest."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chalicelib.domain.access import require
from chalicelib.domain.audit import AuditKind, entry
from chalicelib.domain.bulk_operations.arguments import right_for
from chalicelib.domain.bulk_operations.bulk_operations import (
    BulkOperation,
    BulkOperationTurn,
    BulkOutcome,
    BulkStatus,
    OutcomeCounts,
)
from chalicelib.domain.bulk_operations.selection import require_valid
from chalicelib.domain.bulk_operations.transitions import added, chunks, counted, requested, stopped
from chalicelib.domain.changes import Change, Insert, Remove, Replace
from chalicelib.domain.kernel.errors import Conflict, Unavailable
from chalicelib.services.bulk_operations.actions import prepare
from chalicelib.services.bulk_operations.targets import choose

if TYPE_CHECKING:
    from chalicelib.domain.access import Actor
    from chalicelib.domain.bulk_operations.selection import BulkRequest
    from chalicelib.domain.kernel.money import Money
    from chalicelib.domain.kernel.paging import Page
    from chalicelib.domain.ports import HasBulkOperations, HasQueues
    from chalicelib.services.ports import BulkOperationPorts
    from chalicelib.services.rate_limiter import RateLimiter

PREVIEW = "preview"
"""Stands in a preview for the id of the operation, of which nothing is written."""
ANOTHER_RUNS = (
    "Another bulk operation of this partner is running. Wait until it is done, or stop it, then start this one."
)
ENDED = {
    BulkStatus.DONE: "This bulk operation is done: there is nothing to stop.",
    BulkStatus.FAILED: "This bulk operation has failed: there is nothing to stop.",
}


@dataclass(frozen=True, slots=True)
class Refusals:
    """How many accounts are refused for one reason."""

    code: str
    detail: str
    accounts: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What an operation would do as things are now; nothing of it is written."""

    request: BulkRequest
    total: int
    counts: OutcomeCounts
    """Of the accounts that were looked at: fewer than `total` where time was up."""
    amounts: tuple[Money, ...]
    refusals: tuple[Refusals, ...]
    """The most frequent first."""


def preview(ports: BulkOperationPorts, actor: Actor, request: BulkRequest, budget: RateLimiter) -> Preview:
    """Return what the operation would do to each account, without writing anything."""
    account_ids = _chosen(ports, actor, request, budget)
    acting = replace(actor, bulk_operation_id=PREVIEW)
    counts, reasons = OutcomeCounts(), Counter[tuple[str, str]]()
    amounts: tuple[Money, ...] = ()
    for account_id in account_ids:
        if budget.expired:
            break
        prepared = prepare(ports, acting, request.operation, request.arguments, account_id)
        counts = counted(counts, prepared.outcome)
        if prepared.money and prepared.outcome is BulkOutcome.CHANGED:
            amounts = added(amounts, prepared.money)
        if prepared.refusal:
            reasons[prepared.refusal.code, prepared.refusal.detail] += 1
    refusals = tuple(Refusals(code, detail, number) for (code, detail), number in reasons.most_common())
    return Preview(request, len(account_ids), counts, amounts, refusals)


def request(ports: BulkOperationPorts, actor: Actor, asked: BulkRequest, budget: RateLimiter) -> Change[BulkOperation]:
    """Have a worker carry out an operation, if the partner's turn is free."""
    account_ids = _chosen(ports, actor, asked, budget)
    made = requested(actor, asked.operation, asked.arguments, len(account_ids), ports.clock())
    turn = BulkOperationTurn(made.partner_id, made.bulk_operation_id)
    acting = replace(actor, bulk_operation_id=made.bulk_operation_id)
    audited = entry(acting, made.created_at, AuditKind.BULK_OPERATION_REQUESTED, after=made)
    return Change(
        (
            Insert(turn, Conflict(ANOTHER_RUNS)),
            Insert(made),
            *(Insert(chunk) for chunk in chunks(made, account_ids)),
            Insert(audited),
        ),
        made,
        (lambda: enqueue(ports, made.partner_id, made.bulk_operation_id),),
    )


def _chosen(ports: BulkOperationPorts, actor: Actor, asked: BulkRequest, budget: RateLimiter) -> tuple[str, ...]:
    """Return the accounts, once it is clear that the actor may make the single change."""
    require(actor.role, right_for(asked.operation))
    require_valid(asked)
    return choose(ports, actor, asked, budget)


def enqueue(ports: HasQueues, partner_id: str, bulk_operation_id: str) -> None:
    """Give an operation to the workers. Where the message is lost, the sweeper sends another."""
    with suppress(Unavailable):
        ports.bulk_queue.send(partner_id, {"partner_id": partner_id, "bulk_operation_id": bulk_operation_id})


def stop(ports: HasBulkOperations, actor: Actor, bulk_operation_id: str) -> Change[BulkOperation]:
    """Stop an operation: no further account is touched, and what was done stays."""
    current = find(ports, actor, bulk_operation_id)
    require(actor.role, right_for(current.operation))
    if current.status is BulkStatus.STOPPED:
        return Change((), current)
    if current.status in ENDED:
        raise Conflict(ENDED[current.status])
    at = ports.clock()
    updated = stopped(current, at)
    acting = replace(actor, bulk_operation_id=bulk_operation_id)
    audited = entry(acting, at, AuditKind.BULK_OPERATION_STOPPED, before=current, after=updated)
    turn = BulkOperationTurn(current.partner_id, bulk_operation_id)
    return Change((Remove(turn), Replace(current, updated), Insert(audited)), updated)


def find(ports: HasBulkOperations, actor: Actor, bulk_operation_id: str) -> BulkOperation:
    """Return one operation of the actor's partner."""
    return ports.bulk_operations.get(actor.partner_id, bulk_operation_id)


def page(ports: HasBulkOperations, actor: Actor, after: str | None, limit: int) -> Page[BulkOperation]:
    """Return the partner's operations, the newest first."""
    return ports.bulk_operations.page(actor.partner_id, after, limit)
