"""The journal where DynamoDB fails, conflicts, or answers into the void."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from pynamodb.exceptions import TransactWriteError

from chalicelib.bootstrap import Container
from chalicelib.domain.accounts.accounts import AccountType, Status
from chalicelib.domain.changes import Change, Count, Insert, Remove, Replace
from chalicelib.domain.kernel import ids
from chalicelib.domain.kernel.errors import AlreadyExists, Conflict, NotFound, PartnerbookError, Unavailable
from chalicelib.storage.transactions.transaction import any_shard, items_of
from chalicelib.storage.transactions.writer import DynamoTransactionWriter, jitter
from infra.tables import mappers
from tests.factories import a_record, an_account, an_entry
from tests.integration.storage.dynamo.injected import (
    Answer,
    answering,
    broken_connection,
    cancelled,
    invalid,
    throttled,
)

CONFLICT, CONDITION = "TransactionConflict", "ConditionalCheckFailed"


@pytest.fixture
def waits(dynamo: Container) -> Iterator[list[float]]:
    """How long the journal waited, each time, without waiting."""
    waited: list[float] = []
    real, dynamo.transaction_writer._sleep = dynamo.transaction_writer._sleep, waited.append
    yield waited
    dynamo.transaction_writer._sleep = real


def a_change(partner_id: str) -> Change[str]:
    """A new account with everything that goes with it: as items an account, an audit entry, a count."""
    account = an_account(partner_id=partner_id)
    entry = an_entry(partner_id=partner_id)
    count = Count(partner_id, {(Status.OPEN, AccountType.MANAGED): 1})
    return Change((Insert(account, AlreadyExists("taken")), Insert(entry), count), account.account_id)


def assert_written_once(dynamo: Container, partner_id: str, account_id: str) -> None:
    """The change is there, and its count once."""
    assert dynamo.accounts.get(partner_id, account_id)
    assert dynamo.counters.summary(partner_id).of() == 1


def assert_unwritten(dynamo: Container, partner_id: str, account_id: str) -> None:
    """Nothing of the change is there."""
    assert dynamo.counters.summary(partner_id).of() == 0
    with pytest.raises(NotFound):
        dynamo.accounts.get(partner_id, account_id)


@pytest.mark.parametrize("times", [1, 5])
def test_conflicts_are_tried_again_up_to_five_times(
    dynamo: Container, waits: list[float], partner_id: str, times: int
) -> None:
    change = a_change(partner_id)
    with answering(dynamo, *[cancelled(None, CONFLICT, CONFLICT)] * times) as asked:
        assert dynamo.transaction_writer.write(change) == change.result
    assert len(asked) == times + 1
    assert len(waits) == times
    assert_written_once(dynamo, partner_id, change.result)


def test_the_sixth_conflict_is_busy_never_a_refusal(dynamo: Container, waits: list[float], partner_id: str) -> None:
    change = a_change(partner_id)
    with answering(dynamo, *[cancelled(CONFLICT, None, None)] * 6) as asked, pytest.raises(Unavailable) as busy:
        dynamo.transaction_writer.write(change)
    assert len(asked) == 6
    assert len(waits) == 5
    assert busy.value.retry_after > 0
    assert_unwritten(dynamo, partner_id, change.result)


def test_waits_grow_and_differ() -> None:
    for attempt in range(1, 6):
        tried = {jitter(attempt) for _ in range(20)}
        assert len(tried) > 1
        assert all(0 <= seconds <= 0.02 * 2**attempt for seconds in tried)


@pytest.mark.parametrize(
    ("reasons", "error"),
    [
        ((CONDITION, CONFLICT, CONFLICT), AlreadyExists),
        ((CONFLICT, CONDITION, None), Conflict),
        ((CONDITION, None, "ThrottlingError"), AlreadyExists),
        ((None, CONFLICT, "ThrottlingError"), Unavailable),
        ((None, "ProvisionedThroughputExceeded", None), Unavailable),
    ],
)
def test_of_mixed_reasons_a_failed_condition_comes_first_and_is_not_tried_again(
    dynamo: Container, waits: list[float], partner_id: str, reasons: tuple[str | None, ...], error: type[Exception]
) -> None:
    with answering(dynamo, cancelled(*reasons)) as asked, pytest.raises(PartnerbookError) as refused:
        dynamo.transaction_writer.write(a_change(partner_id))
    assert type(refused.value) is error
    assert len(asked) == 1
    assert waits == []


def test_throttling_is_busy(dynamo: Container, waits: list[float], partner_id: str) -> None:
    with answering(dynamo, throttled()), pytest.raises(Unavailable):
        dynamo.transaction_writer.write(a_change(partner_id))
    assert waits == []


@pytest.mark.parametrize("answer", [invalid(), cancelled("ValidationError", None, None)], ids=["request", "item"])
def test_a_wrong_request_is_no_refusal_but_a_crash(dynamo: Container, partner_id: str, answer: Answer) -> None:
    with answering(dynamo, answer), pytest.raises(TransactWriteError):
        dynamo.transaction_writer.write(a_change(partner_id))


def lose_answers(
    transaction_writer: DynamoTransactionWriter, monkeypatch: pytest.MonkeyPatch, then: Callable[[], None]
) -> None:
    """From now on everything is carried out, and after that its answer is lost."""
    carry_out = transaction_writer._transact

    def lost(steps: Any) -> None:
        carry_out(steps)
        monkeypatch.setattr(transaction_writer, "_transact", carry_out)
        then()

    monkeypatch.setattr(transaction_writer, "_transact", lost)


def test_a_change_that_the_sdk_sent_twice_because_its_answer_was_lost_counts_as_written(
    dynamo: Container, monkeypatch: pytest.MonkeyPatch, partner_id: str
) -> None:
    change = a_change(partner_id)
    steps = items_of(change.writes)
    lose_answers(dynamo.transaction_writer, monkeypatch, lambda: dynamo.transaction_writer._transact(steps))
    assert dynamo.transaction_writer.write(change) == change.result
    assert_written_once(dynamo, partner_id, change.result)


def test_a_change_whose_answer_never_came_counts_as_written_if_it_is(
    dynamo: Container, monkeypatch: pytest.MonkeyPatch, partner_id: str
) -> None:
    change = a_change(partner_id)

    def break_off() -> None:
        raise TransactWriteError("no answer", broken_connection())

    lose_answers(dynamo.transaction_writer, monkeypatch, break_off)
    assert dynamo.transaction_writer.write(change) == change.result
    assert_written_once(dynamo, partner_id, change.result)


def test_a_change_that_never_arrived_is_busy(dynamo: Container, partner_id: str) -> None:
    change = a_change(partner_id)
    with answering(dynamo, broken_connection()), pytest.raises(Unavailable):
        dynamo.transaction_writer.write(change)
    assert_unwritten(dynamo, partner_id, change.result)


def test_another_change_of_the_same_thing_is_still_refused(dynamo: Container, partner_id: str) -> None:
    change = a_change(partner_id)
    dynamo.transaction_writer.write(change)
    (inserted, *_), entry = change.writes, an_entry(partner_id=partner_id)
    with pytest.raises(AlreadyExists):
        dynamo.transaction_writer.write(Change((inserted, Insert(entry)), None))
    with pytest.raises(AlreadyExists):
        dynamo.transaction_writer.write(Change((inserted,), None))


def test_the_record_of_the_request_is_in_the_transaction_of_its_effect(dynamo: Container, partner_id: str) -> None:
    """Never a request of its own, and never a second transaction."""
    record, left = a_record(), an_account(partner_id=partner_id)
    dynamo.transaction_writer.write(Change((Insert(left),), None))
    change = a_change(partner_id).also(Remove(left), Insert(record))
    with answering(dynamo) as asked:
        dynamo.transaction_writer.write(change)
    (items,) = asked
    tables = [(next(iter(item)), next(iter(item.values()))["TableName"]) for item in items]
    words = ("Delete", "contract-account-words"), ("Put", "contract-account-words")
    assert set(words) < set(tables)
    assert [item for item in tables if item not in words] == [
        ("Delete", "contract-accounts"),
        ("Put", "contract-accounts"),
        ("Put", "contract-audit"),
        ("Put", "contract-requests"),
        ("Update", "contract-counters"),
    ]
    assert dynamo.requests.get(record.request_hash) == record


def test_only_what_differs_is_sent(dynamo: Container, partner_id: str) -> None:
    current = an_account(partner_id=partner_id)
    dynamo.transaction_writer.write(Change((Insert(current),), None))
    with answering(dynamo) as asked:
        dynamo.transaction_writer.write(
            Change((Replace(current, replace(current, website="https://x.example", version=2)),), None)
        )
    update = asked[0][0]["Update"]
    assert sorted(update["ExpressionAttributeNames"].values()) == ["partner_id", "version", "website"]


def test_counters_are_spread_over_eight_shards(dynamo: Container, partner_id: str) -> None:
    assert {any_shard() for _ in range(400)} == set(range(8))
    count = Count(partner_id, {(Status.OPEN, AccountType.MANAGED): 1})
    keys = {items_of((count,), shard=lambda: shard)[0].key[1:] for shard in range(8)}  # noqa: B023 used at once
    assert keys == {(partner_id, str(shard)) for shard in range(8)}


def test_ids_that_prove_a_change_are_made_for_it_alone() -> None:
    """A proof must be something that nobody else can have written: ids that come from outside are none."""
    proofs = {mapper.entity_type.__name__ for mapper in mappers() if mapper.write_once_id}
    assert "AuditEntry" in proofs
    assert proofs.isdisjoint({"UsernameClaim", "SlugClaim", "Bonus", "Member", "Partner", "Departure", "RequestRecord"})
    assert ids.ordered_id("aud", a_record().at) != ids.ordered_id("aud", a_record().at)
