"""A bulk operation does to each account what the single change does, and says what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.accounts.accounts import Account, BillingMode
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.bonuses import Bonus
from chalicelib.domain.accounts.codes import BonusStatus, CancelReason
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.bulk_operations.arguments import OperationName
from chalicelib.domain.bulk_operations.bulk_operations import (
    CHUNK,
    AccountOutcome,
    BulkOperationTurn,
    BulkStatus,
    OutcomeCounts,
)
from chalicelib.domain.bulk_operations.transitions import LEASE
from chalicelib.domain.changes import Change, Replace
from chalicelib.domain.kernel.errors import PartnerbookError
from chalicelib.domain.kernel.money import Money
from chalicelib.domain.mail.deliveries import Delivery
from chalicelib.domain.partners.members import Member
from chalicelib.services.accounts import add_ons
from chalicelib.services.bulk_operations import bulk_operations
from chalicelib.services.bulk_operations.recovery import recover_bulk_operations
from chalicelib.services.bulk_operations.worker import run
from chalicelib.services.rate_limiter import RateLimiter
from chalicelib.services.transactions import retry_on_conflict
from tests.fakes import FakePorts
from tests.unit.services.bulk_operations.running import (
    EVERY,
    MANAGER,
    OPERATOR,
    PARTNER,
    BulkFaultInjector,
    a_request,
    book,
    completed,
    earned,
    in_order,
    mine,
    outcomes,
    recovered,
    requested,
    seo,
    touched,
    work,
)
from tests.unit.services.imports.importing import Killed


def test_each_account_is_changed_left_or_refused_as_the_single_change_says() -> None:
    ports = book()
    ended = completed(ports, seo())
    assert (ended.status, ended.total) == (BulkStatus.DONE, 6)
    assert ended.counts == OutcomeCounts(changed=1, unchanged=1, refused=4)
    assert outcomes(ports) == {
        "acct_single": "changed",
        "acct_active": "unchanged",
        "acct_direct": "refused",
        "acct_referred": "refused",
        "acct_foreign": "refused",
        "acct_unknown": "refused",
    }
    for item in in_order(ports):
        if item.code:
            with pytest.raises(PartnerbookError) as refused:
                add_ons.activate(ports, MANAGER, item.account_id, AddOn.SEO)
            assert (item.code, item.detail) == (refused.value.code, refused.value.detail)
    ports.book.assert_counted()


def test_another_partners_account_is_refused_like_one_that_is_unknown() -> None:
    ports = book()
    completed(ports, seo(("acct_foreign", "acct_unknown")))
    foreign, unknown = in_order(ports)
    assert (
        (foreign.code, foreign.detail) == (unknown.code, unknown.detail) == ("not-found", "There is no such account.")
    )


def test_the_audit_trail_tells_what_the_operation_touched() -> None:
    ports = book()
    ended = completed(ports, seo())
    assert touched(ports, ended) == ["acct_single"]
    kinds = [(item.kind, item.subject) for item in ports.book.all(AuditEntry)]
    assert kinds == [
        ("bulk_operation.requested", "manager"),
        ("add_on.activated", "manager"),
        ("bulk_operation.done", "manager"),
    ]


def test_what_only_came_due_is_not_counted_as_changed() -> None:
    ports = book()
    ports.book.put(mine("acct_due", add_ons=frozenset({AddOn.SEO}), initial_upgrade_on=ports.today - timedelta(95)))
    ended = completed(ports, seo(("acct_due",)))
    assert outcomes(ports) == {"acct_due": "unchanged"}
    assert touched(ports, ended) == []
    assert ports.accounts.get(PARTNER, "acct_due").bonus_status is BonusStatus.EARNED


def test_every_operation_takes_the_use_case_of_the_single_change() -> None:
    ports = book()
    ones = ("acct_single",)
    completed(ports, a_request(OperationName.CHANGE_PLAN, ones, plan=Plan.PREMIUM))
    assert ports.accounts.get(PARTNER, "acct_single").plan is Plan.PREMIUM
    completed(ports, a_request(OperationName.CHANGE_BILLING_MODE, ones, billing_mode=BillingMode.DIRECT))
    assert ports.accounts.get(PARTNER, "acct_single").billing_mode is BillingMode.DIRECT
    completed(ports, a_request(OperationName.CANCEL, ones, reason=CancelReason.POOR_RESULTS))
    assert ports.accounts.get(PARTNER, "acct_single").cancelled
    completed(ports, a_request(OperationName.DEACTIVATE_ADD_ON, ("acct_active",), add_on=AddOn.SEO))
    assert ports.accounts.get(PARTNER, "acct_active").add_ons == frozenset()
    completed(ports, a_request(OperationName.REQUEST_PERMISSION, ("acct_referred",)))
    assert ports.accounts.get(PARTNER, "acct_referred").permission_ends_on
    assert len(ports.book.all(Delivery)) == len(ports.delivery_queue.sent) == 1
    assert {item.outcome.value for item in ports.book.all(AccountOutcome)} == {"changed"}
    ports.book.assert_counted()


def test_paying_marks_bonuses_and_their_accounts_and_adds_up_what_was_paid() -> None:
    ports = book()
    earned(ports, "acct_1")
    earned(ports, "acct_2", money=Money(5_000, "USD"))
    earned(ports, "acct_3", money=Money(700, "EUR"))
    earned(ports, "acct_4", paid_on=ports.today, payment_reference="P-1")
    earned(ports, "acct_5", paid_on=ports.today, payment_reference="P-0")
    asked = a_request(
        OperationName.PAY_BONUSES,
        ("acct_1", "acct_2", "acct_3", "acct_4", "acct_5", "acct_single", "acct_foreign"),
        reference="P-1",
    )
    ended = completed(ports, asked, OPERATOR)
    assert ended.counts == OutcomeCounts(changed=3, unchanged=1, refused=3)
    assert ended.amounts == (Money(700, "EUR"), Money(15_000, "USD"))
    assert {item.payment_reference for item in ports.book.all(Bonus)} == {"P-1", "P-0"}
    assert ports.accounts.get(PARTNER, "acct_1").bonus_status is BonusStatus.PAID
    assert touched(ports, ended) == ["acct_1", "acct_2", "acct_3"]
    again = completed(ports, asked, OPERATOR)
    assert (again.counts.changed, again.amounts) == (0, ())


def test_voiding_takes_a_payment_back_and_it_can_be_paid_again() -> None:
    ports = book()
    before = earned(ports, "acct_1")
    pay = a_request(OperationName.PAY_BONUSES, ("acct_1",), reference="P-1")
    completed(ports, pay, OPERATOR)
    wrong = completed(ports, a_request(OperationName.VOID_BONUS_PAYMENTS, ("acct_1",), reference="P-2"), OPERATOR)
    assert wrong.counts == OutcomeCounts(refused=1)
    void = a_request(OperationName.VOID_BONUS_PAYMENTS, ("acct_1",), reference="P-1")
    voided = completed(ports, void, OPERATOR)
    assert (voided.counts, voided.amounts) == (OutcomeCounts(changed=1), (before.money,))
    (bonus,) = ports.book.all(Bonus)
    assert replace(bonus, version=1) == before
    assert ports.accounts.get(PARTNER, "acct_1").bonus_status is BonusStatus.EARNED
    assert completed(ports, void, OPERATOR).counts == OutcomeCounts(unchanged=1)
    assert completed(ports, pay, OPERATOR).counts == OutcomeCounts(changed=1)
    kinds = [item.kind for item in ports.book.all(AuditEntry) if item.account_id]
    assert kinds == ["bonus.paid", "bonus.payment_voided", "bonus.paid"]


def test_a_bonus_stays_its_partners_after_the_account_has_moved() -> None:
    ports = book()
    ports.book.put(*earned_elsewhere())
    ended = completed(ports, a_request(OperationName.PAY_BONUSES, ("acct_gone",), reference="P-1"), OPERATOR)
    assert ended.counts == OutcomeCounts(changed=1)


def earned_elsewhere() -> tuple[Account, Bonus]:
    ports = FakePorts()
    bonus = earned(ports, "acct_gone")
    return replace(ports.accounts.get(PARTNER, "acct_gone"), partner_id="prt_other"), bonus


def test_more_accounts_than_one_item_holds_are_dealt_with_in_their_order() -> None:
    ports = book()
    names = tuple(f"acct_{number:05}" for number in range(CHUNK + 5))
    ended = completed(ports, seo(names))
    assert (ended.total, ended.counts.refused) == (CHUNK + 5, CHUNK + 5)
    assert tuple(item.account_id for item in in_order(ports)) == names


def test_a_second_operation_waits_for_the_first() -> None:
    ports = book()
    requested(ports, seo())
    before = ports.book.dump()
    with pytest.raises(PartnerbookError, match="Another bulk operation of this partner is running"):
        requested(ports, seo())
    assert ports.book.dump() == before
    work(ports)
    requested(ports, seo())


# What happens on the way.


def prepared() -> tuple[FakePorts, str]:
    ports = book()
    made = requested(ports, seo())
    ports.bulk_queue.sent.clear()
    return ports, made.bulk_operation_id


def final(ports: FakePorts) -> object:
    """All that an operation leaves, without ids and times."""
    ports.book.assert_counted()
    return (
        sorted((item.account_id, sorted(item.add_ons), item.version) for item in ports.book.all(Account)),
        [(item.position, item.account_id, item.outcome, item.code) for item in in_order(ports)],
        sorted(item.kind for item in ports.book.all(AuditEntry)),
        ports.book.all(BulkOperationTurn),
    )


def calls_of_a_whole_run() -> list[str]:
    ports, name = prepared()
    perils = BulkFaultInjector(ports)
    run(perils, PARTNER, name, RateLimiter(0))  # type: ignore[arg-type]
    return perils.calls


CALLS = calls_of_a_whole_run()
WRITES = [item for item, call in enumerate(CALLS, start=1) if call == "transaction_writer.write"]


def assert_as_undisturbed(ports: FakePorts, name: str) -> None:
    undisturbed, other = prepared()
    run(undisturbed, PARTNER, other, RateLimiter(0))
    ended = ports.bulk_operations.get(PARTNER, name)
    assert ended.status is BulkStatus.DONE
    assert ended.counts == OutcomeCounts(changed=1, unchanged=1, refused=4)
    assert final(ports) == final(undisturbed)


def kill() -> None:
    raise Killed


@pytest.mark.parametrize("at", range(1, len(CALLS) + 1))
def test_killed_at_any_call_it_goes_on_and_ends_as_if_undisturbed(at: int) -> None:
    ports, name = prepared()
    with pytest.raises(Killed):
        run(BulkFaultInjector(ports, at, kill), PARTNER, name, RateLimiter(0))  # type: ignore[arg-type]
    recovered(ports, ports.bulk_operations.get(PARTNER, name))
    assert_as_undisturbed(ports, name)


@pytest.mark.parametrize("at", WRITES)
@pytest.mark.parametrize("lost", [False, True], ids=["not written", "written, the answer lost"])
def test_a_write_that_is_not_answered_is_made_once(at: int, lost: bool) -> None:
    ports, name = prepared()

    def fail() -> None:
        if lost:
            ports.transaction_writer.lost_answers = 1
        else:
            ports.transaction_writer.conflict(2)

    run(BulkFaultInjector(ports, at, fail), PARTNER, name, RateLimiter(0, sleep=lambda _: None))  # type: ignore[arg-type]
    assert_as_undisturbed(ports, name)


@pytest.mark.parametrize("at", range(1, len(CALLS) + 1))
def test_overtaken_at_any_call_by_another_worker_the_two_double_nothing(at: int) -> None:
    ports, name = prepared()

    def overtake() -> None:
        ports.later(seconds=240)
        run(ports, PARTNER, name, RateLimiter(0))

    run(BulkFaultInjector(ports, at, overtake), PARTNER, name, RateLimiter(0))  # type: ignore[arg-type]
    recovered(ports, ports.bulk_operations.get(PARTNER, name))
    assert_as_undisturbed(ports, name)


@pytest.mark.parametrize("at", range(WRITES[0] + 1, len(CALLS) + 1))
def test_a_repeated_message_while_a_worker_is_at_it_does_nothing(at: int) -> None:
    ports, name = prepared()
    repeated: list[object] = []
    again = lambda: repeated.append(run(ports, PARTNER, name, RateLimiter(0)))  # noqa: E731
    run(BulkFaultInjector(ports, at, again), PARTNER, name, RateLimiter(0))  # type: ignore[arg-type]
    assert repeated == [None]
    assert_as_undisturbed(ports, name)


@pytest.mark.parametrize("at", WRITES)
def test_stopped_at_any_write_nothing_more_is_touched_and_what_is_done_has_its_outcome(at: int) -> None:
    ports, name = prepared()

    def stop() -> None:
        retry_on_conflict(ports.transaction_writer, lambda: bulk_operations.stop(ports, MANAGER, name))

    ended = run(BulkFaultInjector(ports, at, stop), PARTNER, name, RateLimiter(0))  # type: ignore[arg-type]
    stopped = ports.bulk_operations.get(PARTNER, name)
    assert (ended, stopped.status) == (None, BulkStatus.STOPPED)
    assert stopped.counts.done == len(ports.book.all(AccountOutcome)) < 7
    changed = [item.account_id for item in in_order(ports) if item.outcome.value == "changed"]
    assert touched(ports, stopped) == changed
    assert [item.account_id for item in ports.book.all(Account) if item.version > 1] == changed
    assert ports.book.all(BulkOperationTurn) == []
    before = ports.book.dump()
    run(ports, PARTNER, name, RateLimiter(0))
    assert recover_bulk_operations(ports) == 0
    assert ports.book.dump() == before


def test_an_account_that_somebody_changes_at_the_same_moment_is_prepared_again() -> None:
    ports, name = prepared()

    def elsewhere() -> None:
        current = ports.accounts.get(PARTNER, "acct_single")
        ports.transaction_writer.write(
            Change((Replace(current, replace(current, plan=Plan.LITE, version=current.version + 1)),), None)
        )

    ports.transaction_writer.meanwhile += [lambda: None, elsewhere]
    run(ports, PARTNER, name, RateLimiter(0))
    account = ports.accounts.get(PARTNER, "acct_single")
    assert (account.plan, account.add_ons) == (Plan.LITE, frozenset({AddOn.SEO}))
    assert outcomes(ports)["acct_single"] == "changed"


def test_handing_over_after_every_account_ends_as_if_undisturbed() -> None:
    ports, name = prepared()
    for _ in range(8):
        ticks = iter([0.0, 0.0, *[1.0] * 9])
        run(ports, PARTNER, name, RateLimiter(0, shift=1, tick=lambda ticks=ticks: next(ticks)))
    assert_as_undisturbed(ports, name)
    assert len(ports.bulk_queue.sent) == 5


def test_one_that_kills_every_worker_at_the_same_place_is_given_up_with_a_reason() -> None:
    ports, name = prepared()
    last = CALLS.index("accounts.get") + 1
    for _ in range(LEASE.max_attempts or 0):
        ports.later(seconds=600)
        with pytest.raises(Killed):
            run(BulkFaultInjector(ports, last, kill), PARTNER, name, RateLimiter(0))  # type: ignore[arg-type]
    ports.later(seconds=600)
    assert recover_bulk_operations(ports) == 1
    ended = ports.bulk_operations.get(PARTNER, name)
    assert (ended.status, ended.counts) == (BulkStatus.FAILED, OutcomeCounts())
    assert "got no further" in (ended.reason or "")
    assert ports.book.all(BulkOperationTurn) == []


def test_one_whose_message_was_lost_is_sent_again_and_one_never_taken_is_given_up() -> None:
    ports, name = prepared()
    ports.later(seconds=59)
    assert recover_bulk_operations(ports) == 0
    ports.later(seconds=1)
    assert (recover_bulk_operations(ports), len(ports.bulk_queue.sent)) == (1, 1)
    ports.later(days=1)
    assert recover_bulk_operations(ports) == 1
    assert "not be started" in (ports.bulk_operations.get(PARTNER, name).reason or "")


def test_who_has_lost_the_right_meanwhile_changes_nothing() -> None:
    ports, name = prepared()
    (member,) = ports.book.all(Member)
    del ports.book.things[Member, member.subject, member.partner_id]
    run(ports, PARTNER, name, RateLimiter(0))
    ended = ports.bulk_operations.get(PARTNER, name)
    assert (ended.status, ended.counts) == (BulkStatus.FAILED, OutcomeCounts())
    assert "may no longer" in (ended.reason or "")


def test_the_whole_run_reads_and_writes_each_account_once() -> None:
    assert CALLS.count("transaction_writer.write") == len(EVERY) + 2
    assert CALLS.count("accounts.get") == len(EVERY)
