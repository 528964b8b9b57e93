"""The outcome of each account of a bulk operation, as a page and as a CSV file."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import partial
from io import StringIO
from typing import TYPE_CHECKING

from chalicelib.domain.kernel.errors import Gone
from chalicelib.domain.kernel.formula_guard import guard
from chalicelib.domain.kernel.paging import MAX_LIMIT, Page, items_of_all

if TYPE_CHECKING:
    from chalicelib.domain.access import Actor
    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.bulk_operations.bulk_operations import AccountOutcome, BulkOutcome
    from chalicelib.services.ports import BulkOperationPorts

HEADER = ("account_id", "username", "organization", "outcome", "code", "detail")
NO_LONGER_KEPT = "The outcomes of this operation's accounts are no longer kept. The audit trail has what it changed."


@dataclass(frozen=True, slots=True)
class NamedOutcome:
    """An outcome, and the account while it is the partner's."""

    outcome: AccountOutcome
    account: Account | None


def page(
    ports: BulkOperationPorts,
    actor: Actor,
    bulk_operation_id: str,
    outcome: BulkOutcome | None,
    after: str | None,
    limit: int,
) -> Page[NamedOutcome]:
    """Return the outcomes in the order in which the accounts were dealt with; raises `Gone` after ninety days."""
    operation = ports.bulk_operations.get(actor.partner_id, bulk_operation_id)
    if operation.results_expire_at <= ports.clock():
        raise Gone(NO_LONGER_KEPT)
    found = ports.bulk_operations.outcomes(actor.partner_id, bulk_operation_id, outcome, after, limit)
    accounts = ports.accounts.find_many(actor.partner_id, [item.account_id for item in found.items])
    return Page(tuple(NamedOutcome(item, accounts.get(item.account_id)) for item in found.items), found.next)


def csv_text(ports: BulkOperationPorts, actor: Actor, bulk_operation_id: str, outcome: BulkOutcome | None) -> str:
    """Return all outcomes as a CSV file, harmless in a spreadsheet."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADER)
    read = partial(page, ports, actor, bulk_operation_id, outcome, limit=MAX_LIMIT)
    writer.writerows(map(_row, items_of_all(lambda after: read(after=after))))
    return text.getvalue()


def _row(named: NamedOutcome) -> list[str]:
    item, account = named.outcome, named.account
    texts = (
        item.account_id,
        account.username if account else "",
        account.organization if account else "",
        item.outcome.value,
        item.code or "",
        item.detail or "",
    )
    return [guard(text) for text in texts]
