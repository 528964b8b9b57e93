"""Running a bulk operation on a book in memory, whatever happens on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from chalicelib.domain.access import Actor, Role
from chalicelib.domain.accounts.accounts import Account, AccountType, BillingMode
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.bonuses import Bonus
from chalicelib.domain.accounts.codes import BonusStatus
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.bulk_operations.arguments import BulkArguments, OperationName
from chalicelib.domain.bulk_operations.bulk_operations import AccountOutcome, BulkOperation, BulkStatus
from chalicelib.domain.bulk_operations.selection import BulkRequest, Selection
from chalicelib.services.bulk_operations import bulk_operations
from chalicelib.services.bulk_operations.recovery import recover_bulk_operations
from chalicelib.services.bulk_operations.worker import run
from chalicelib.services.rate_limiter import RateLimiter
from chalicelib.services.transactions import retry_on_conflict
from tests.factories import a_bonus, a_partner, a_person, an_account
from tests.fakes import FakePorts
from tests.unit.services.imports.importing import FaultInjector

PARTNER = "prt_bright"
OTHER = "prt_other"
OPERATOR = Actor("operator", Role.OPERATOR, PARTNER)
MANAGER = Actor("manager", Role.PARTNER_MANAGER, PARTNER)
EARNED_ON = date(2026, 11, 4)


class BulkFaultInjector(FaultInjector):
    """Ports where something happens just before one of the calls that a worker makes."""

    WATCHED = ("transaction_writer", "bulk_operations", "accounts", "bonuses", "bulk_queue", "partners")  # type: ignore[assignment]


def book() -> FakePorts:
    """Two partners, who acts for the first, and accounts that each operation changes, leaves and refuses."""
    ports = FakePorts()
    for partner_id in (PARTNER, OTHER):
        ports.book.put(a_partner(partner_id=partner_id))
    for item in (OPERATOR, MANAGER):
        of_partner = item.partner_id if item.of_partner else None
        ports.book.put(a_person(item.subject, of_partner, item.role, f"{item.subject}@example.com", ports.now))
    ports.book.put(
        mine("acct_single"),
        mine("acct_active", add_ons=frozenset({AddOn.SEO})),
        mine("acct_direct", billing_mode=BillingMode.DIRECT),
        mine("acct_referred", account_type=AccountType.REFERRED, billing_mode=BillingMode.DIRECT),
        an_account(partner_id=OTHER, account_id="acct_foreign"),
    )
    return ports


def mine(account_id: str, **changed: Any) -> Account:
    """An account of the first partner."""
    return an_account(partner_id=PARTNER, account_id=account_id, **changed)


EVERY = ("acct_single", "acct_active", "acct_direct", "acct_referred", "acct_foreign", "acct_unknown")


def earned(ports: FakePorts, account_id: str, **changed: Any) -> Bonus:
    """An account of the first partner with an earned bonus."""
    bonus = a_bonus(**{"partner_id": PARTNER, "account_id": account_id, "earned_on": EARNED_ON, **changed})
    ports.book.put(mine(account_id, bonus_status=BonusStatus.EARNED, bonus_earned_on=bonus.earned_on), bonus)
    return bonus


def seo(selection: Selection = EVERY) -> BulkRequest:
    """Activate an add-on for these accounts."""
    return a_request(OperationName.ACTIVATE_ADD_ON, selection, add_on=AddOn.SEO)


def a_request(operation: OperationName, selection: Selection, **arguments: Any) -> BulkRequest:
    """An operation with these arguments."""
    return BulkRequest(operation=operation, arguments=BulkArguments(**arguments), selection=selection)


def requested(ports: FakePorts, asked: BulkRequest, by: Actor = MANAGER) -> BulkOperation:
    """The operation once it is handed over."""
    return retry_on_conflict(
        ports.transaction_writer, lambda: bulk_operations.request(ports, by, asked, RateLimiter(0))
    )


def work(ports: FakePorts, rate_limiter: Callable[[], RateLimiter] = lambda: RateLimiter(0)) -> None:
    """Run what the queue holds until it is empty."""
    while ports.bulk_queue.sent:
        _, message = ports.bulk_queue.sent.pop(0)
        run(ports, message["partner_id"], message["bulk_operation_id"], rate_limiter())


def completed(ports: FakePorts, asked: BulkRequest, by: Actor = MANAGER) -> BulkOperation:
    """The operation when it has ended."""
    made = requested(ports, asked, by)
    work(ports)
    return now(ports, made)


def now(ports: FakePorts, item: BulkOperation) -> BulkOperation:
    """The operation as it is."""
    return ports.bulk_operations.get(item.partner_id, item.bulk_operation_id)


def recovered(ports: FakePorts, item: BulkOperation) -> BulkOperation:
    """The operation after as many sweeps, five minutes apart, as it takes to end."""
    for _ in range(40):
        if now(ports, item).status is not BulkStatus.RUNNING:
            break
        ports.later(seconds=300)
        recover_bulk_operations(ports)
        work(ports)
    return now(ports, item)


def outcomes(ports: FakePorts) -> dict[str, str]:
    """What became of each account."""
    return {item.account_id: item.outcome.value for item in in_order(ports)}


def in_order(ports: FakePorts) -> list[AccountOutcome]:
    """The outcomes in the order of their positions."""
    return sorted(ports.book.all(AccountOutcome), key=lambda item: item.position)


def touched(ports: FakePorts, operation: BulkOperation) -> list[str]:
    """The accounts that the audit trail says the operation changed."""
    mine: Iterable[AuditEntry] = ports.book.all(AuditEntry)
    return sorted(
        item.account_id for item in mine if item.account_id and item.bulk_operation_id == operation.bulk_operation_id
    )
