"""Bulk operations are kept as they are, found by who must find them, and a whole one runs on DynamoDB."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.domain.access import Actor, Role
from chalicelib.domain.accounts.accounts import BillingMode
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import BonusStatus, CancelReason
from chalicelib.domain.audit import AuditQuery
from chalicelib.domain.bulk_operations.arguments import BulkArguments, OperationName
from chalicelib.domain.bulk_operations.bulk_operations import (
    CHUNK,
    AccountOutcome,
    BulkOperation,
    BulkOperationTurn,
    BulkOutcome,
    BulkStatus,
    OutcomeCounts,
)
from chalicelib.domain.bulk_operations.selection import BulkRequest, FoundBonuses
from chalicelib.domain.bulk_operations.transitions import acquired, chunks, done, failed, progressed, requested, stopped
from chalicelib.domain.changes import Change, Insert, Remove, Replace
from chalicelib.domain.kernel import ids
from chalicelib.domain.kernel.errors import Conflict, NotFound, StaleVersion
from chalicelib.domain.kernel.money import Money
from chalicelib.services.bulk_operations import bulk_operations
from chalicelib.services.bulk_operations.worker import run
from chalicelib.services.rate_limiter import RateLimiter
from chalicelib.services.transactions import retry_on_conflict
from tests.factories import NOON, a_bonus, a_partner, an_account, an_operator
from tests.fakes import FakePorts

if TYPE_CHECKING:
    from chalicelib.bootstrap import Container, Ports

ARGUMENTS = BulkArguments(reason=CancelReason.POOR_RESULTS, effective_on=date(2026, 12, 1))


def an_operation(partner_id: str, seconds: int = 0) -> BulkOperation:
    actor = Actor("operator", Role.OPERATOR, partner_id)
    return requested(actor, OperationName.CANCEL, ARGUMENTS, 3, NOON + timedelta(seconds=seconds))


def insert(ports: Ports, *entities: Any) -> None:
    ports.transaction_writer.write(Change(tuple(map(Insert, entities)), None))


def move_on(ports: Ports, current: BulkOperation, now: BulkOperation) -> BulkOperation:
    return ports.transaction_writer.write(Change((Replace(current, now),), now))


def test_an_operation_comes_back_as_it_was_written_at_every_step(ports: Ports, partner_id: str) -> None:
    item = an_operation(partner_id)
    insert(ports, item)
    assert ports.bulk_operations.get(partner_id, item.bulk_operation_id) == item
    for step in (
        lambda current: acquired(current, NOON),
        lambda current: progressed(current, BulkOutcome.CHANGED, Money(5, "USD"), NOON),
        lambda current: progressed(current, BulkOutcome.CHANGED, Money(7, "EUR"), NOON),
        lambda current: progressed(current, BulkOutcome.REFUSED, None, NOON),
        lambda current: done(current, NOON + timedelta(microseconds=1)),
    ):
        item = move_on(ports, item, step(item))
        assert ports.bulk_operations.get(partner_id, item.bulk_operation_id) == item
    assert (item.counts, item.amounts) == (OutcomeCounts(changed=2, refused=1), (Money(7, "EUR"), Money(5, "USD")))


def test_a_step_from_what_is_no_longer_so_is_refused(ports: Ports, partner_id: str) -> None:
    item = an_operation(partner_id)
    insert(ports, item)
    move_on(ports, item, stopped(item, NOON))
    with pytest.raises(StaleVersion):
        move_on(ports, item, progressed(item, BulkOutcome.CHANGED, None, NOON))


def test_a_partner_has_one_turn_and_a_turn_is_no_operation(ports: Ports, partner_id: str) -> None:
    turn = BulkOperationTurn(partner_id, "blk_1")
    insert(ports, turn)
    with pytest.raises(Conflict):
        insert(ports, replace(turn, bulk_operation_id="blk_2"))
    assert ports.bulk_operations.page(partner_id, None, 10).items == ()
    for name in ("#turn", "turn", "blk_", ""):
        with pytest.raises(NotFound):
            ports.bulk_operations.get(partner_id, name)
    ports.transaction_writer.write(Change((Remove(turn),), None))
    insert(ports, replace(turn, bulk_operation_id="blk_2"))


def test_operations_are_listed_the_newest_first_page_by_page(ports: Ports, partner_id: str) -> None:
    made = [an_operation(partner_id, seconds) for seconds in range(5)]
    insert(ports, *made, an_operation(ids.random_id("prt")))
    first = ports.bulk_operations.page(partner_id, None, 3)
    assert list(first.items) == made[:1:-1]
    second = ports.bulk_operations.page(partner_id, first.next, 3)
    assert (list(second.items), second.next) == (made[1::-1], None)


def test_only_those_that_run_are_found_as_running(ports: Ports, partner_id: str) -> None:
    made = [an_operation(partner_id, seconds) for seconds in range(3)]
    insert(ports, *made)
    move_on(ports, made[0], failed(made[0], "It failed.", NOON))
    mine = [item for item in ports.bulk_operations.running(200) if item.partner_id == partner_id]
    assert mine == made[1:]


def test_its_accounts_are_kept_in_their_order_and_for_nobody_else(ports: Ports, partner_id: str) -> None:
    item = an_operation(partner_id)
    names = tuple(f"acct_{number:026}" for number in range(CHUNK + 2))
    insert(ports, *chunks(item, names))
    kept = [ports.bulk_operations.account_ids(partner_id, item.bulk_operation_id, number) for number in range(3)]
    assert kept == [names[:CHUNK], names[CHUNK:], ()]
    assert ports.bulk_operations.account_ids(ids.random_id("prt"), item.bulk_operation_id, 0) == ()


def test_outcomes_come_in_their_order_page_by_page_and_by_outcome(ports: Ports, partner_id: str) -> None:
    item = an_operation(partner_id)
    made = [
        AccountOutcome(
            partner_id=partner_id,
            bulk_operation_id=item.bulk_operation_id,
            position=position,
            account_id=f"acct_{9 - position}",
            outcome=BulkOutcome.REFUSED if position % 2 else BulkOutcome.CHANGED,
            code="conflict" if position % 2 else None,
            detail="It is canceled." if position % 2 else None,
            expires_at=item.results_expire_at,
        )
        for position in (2, 0, 11, 1)
    ]
    insert(ports, *made, *chunks(item, ("acct_1",)))
    in_order = sorted(made, key=lambda single: single.position)
    of_mine = (partner_id, item.bulk_operation_id)
    first = ports.bulk_operations.outcomes(*of_mine, None, None, 3)
    last = ports.bulk_operations.outcomes(*of_mine, None, first.next, 3)
    assert ([*first.items, *last.items], last.next) == (in_order, None)
    refused = ports.bulk_operations.outcomes(*of_mine, BulkOutcome.REFUSED, None, 9)
    assert [single.position for single in refused.items] == [1, 11]
    assert ports.bulk_operations.outcomes(ids.random_id("prt"), item.bulk_operation_id, None, None, 9).items == ()


def test_accounts_are_found_together_and_only_the_partners(ports: Ports, partner_id: str) -> None:
    mine = [an_account(partner_id=partner_id) for _ in range(3)]
    foreign = an_account(partner_id=ids.random_id("prt"))
    insert(ports, *mine, foreign)
    asked = [*(account.account_id for account in mine), foreign.account_id, "acct_none"]
    assert ports.accounts.find_many(partner_id, asked) == {account.account_id: account for account in mine}
    assert ports.accounts.find_many(partner_id, []) == {}


class HalfFake(FakePorts):
    """Queues and clock in memory, the book on DynamoDB."""

    def __init__(self, dynamo: Container) -> None:
        super().__init__()
        for name in (
            "transaction_writer accounts usernames counters partners bonuses departures audit sms_registrations "
            "management_requests usage bulk_operations"
        ).split():
            setattr(self, name, getattr(dynamo, name))


def test_whole_operations_on_dynamodb_change_what_they_are_for(dynamo: Container, partner_id: str) -> None:
    ports = HalfFake(dynamo)
    actor = Actor("operator", Role.OPERATOR, partner_id)
    ports.book.put(an_operator(subject=actor.subject))
    direct = an_account(partner_id=partner_id, billing_mode=BillingMode.DIRECT)
    earned = [an_account(partner_id=partner_id, bonus_status=BonusStatus.EARNED) for _ in range(2)]
    bonuses = [a_bonus(partner_id=partner_id, account_id=account.account_id) for account in earned]
    insert(ports, a_partner(partner_id=partner_id), direct, *earned, *bonuses)  # type: ignore[arg-type]
    names = (direct.account_id, *(account.account_id for account in earned), "acct_none")
    seo = BulkRequest(
        operation=OperationName.ACTIVATE_ADD_ON, arguments=BulkArguments(add_on=AddOn.SEO), selection=names
    )
    november = FoundBonuses(date(2026, 11, 1), date(2026, 11, 30), 2, Money(20_000, "USD"))
    pay = BulkRequest(operation=OperationName.PAY_BONUSES, arguments=BulkArguments(reference="P-1"), selection=november)
    expected = {"add_on.activated": OutcomeCounts(changed=2, refused=2), "bonus.paid": OutcomeCounts(changed=2)}
    for asked, (kind, counts) in zip((seo, pay), expected.items(), strict=True):
        made = retry_on_conflict(
            ports.transaction_writer,
            lambda asked=asked: bulk_operations.request(ports, actor, asked, RateLimiter(0)),  # type: ignore[arg-type]
        )
        ended = run(ports, partner_id, made.bulk_operation_id, RateLimiter(0))  # type: ignore[arg-type]
        assert ended is not None
        assert (ended.status, ended.counts) == (BulkStatus.DONE, counts)
        assert ports.bulk_operations.get(partner_id, made.bulk_operation_id) == ended
        query = AuditQuery(bulk_operation_id=made.bulk_operation_id)
        kinds = [item.kind for item in ports.audit.page(partner_id, query, None, 50).items]
        assert kinds == ["bulk_operation.done", kind, kind, "bulk_operation.requested"]
    for account in earned:
        stored = ports.accounts.get(partner_id, account.account_id)
        assert (stored.add_ons, stored.bonus_status) == (frozenset({AddOn.SEO}), BonusStatus.PAID)
