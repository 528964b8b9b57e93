"""Changes, and how they are counted."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.accounts.accounts import Account, AccountType, Status
from chalicelib.domain.accounts.counters import STATUSES_AND_TYPES, Summary, difference, status_and_type
from chalicelib.domain.changes import Change, Count, Insert, counted
from tests.factories import a_partner, an_account
from tests.strategies import accounts

MANAGED, REFERRED = AccountType.MANAGED, AccountType.REFERRED


def test_a_new_account_is_counted_and_one_that_goes_is_counted_off() -> None:
    account = an_account()
    assert counted(None, account) == (Count(account.partner_id, {(Status.OPEN, MANAGED): 1}),)
    assert counted(account, None) == (Count(account.partner_id, {(Status.OPEN, MANAGED): -1}),)
    assert counted(None, None) == ()


def test_a_change_of_standing_is_one_count_and_any_other_is_none() -> None:
    current = an_account()
    (count,) = counted(current, replace(current, status=Status.CANCELLED))
    assert count.difference == {(Status.OPEN, MANAGED): -1, (Status.CANCELLED, MANAGED): 1}
    assert counted(current, replace(current, website="https://x.example")) == ()


def test_a_move_is_counted_with_both_partners() -> None:
    current = an_account()
    assert counted(current, replace(current, partner_id="prt_other")) == (
        Count(current.partner_id, {(Status.OPEN, MANAGED): -1}),
        Count("prt_other", {(Status.OPEN, MANAGED): 1}),
    )


@given(before=st.lists(accounts(), max_size=6), after=st.lists(accounts(), max_size=6))
def test_differences_add_up_to_what_is_there_after(before: list[Account], after: list[Account]) -> None:
    counts = dict.fromkeys(STATUSES_AND_TYPES, 0)
    for account in before:
        counts[status_and_type(account)] += 1
    for where, number in difference(before, after).items():
        assert number
        counts[where] += number
    assert counts == {where: [status_and_type(item) for item in after].count(where) for where in STATUSES_AND_TYPES}


def test_a_summary_adds_up_rows_columns_and_all() -> None:
    summary = Summary({(Status.OPEN, MANAGED): 3, (Status.OPEN, REFERRED): 4, (Status.TRIAL, MANAGED): 5})
    assert summary.of() == 12
    assert summary.of(Status.OPEN) == 7
    assert summary.of(account_type=MANAGED) == 8
    assert summary.of(Status.TRIAL, REFERRED) == 0


def test_every_standing_is_one_of_eight() -> None:
    assert len(STATUSES_AND_TYPES) == len(set(STATUSES_AND_TYPES)) == 8


def test_more_writes_come_after_those_that_are_there() -> None:
    single, two = Insert(an_account()), Insert(a_partner())
    assert Change((single,), "result").also(two) == Change((single, two), "result")


def test_a_change_that_is_built_upon_keeps_its_writes_and_effects() -> None:
    """Whoever wraps another's change makes no new one of its writes: the effects would be lost."""
    done: list[str] = []
    change = Change((Insert(an_account()),), "made", (lambda: done.append("first"),))
    built = change.also(Insert(a_partner())).with_result(1).then(lambda: done.append("second"))
    assert built.result == 1
    assert built.writes == (*change.writes, Insert(a_partner()))
    for effect in built.after:
        effect()
    assert done == ["first", "second"]
