"""The fakes' own switches: what makes them worth testing with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chalicelib.bootstrap import Ports
from chalicelib.domain.accounts.accounts import Status
from chalicelib.domain.accounts.query import AccountQuery
from chalicelib.domain.changes import Change, Count, Insert, Replace
from chalicelib.domain.kernel.errors import NotFound, StaleVersion, Unavailable
from tests.factories import PARTNER, an_account
from tests.fakes import FakePorts


@pytest.fixture
def ports() -> FakePorts:
    return FakePorts()


def insertion(ports: Ports) -> Change[str]:
    """One new account."""
    account = an_account()
    return Change((Insert(account), Count(PARTNER, {(Status.OPEN, account.account_type): 1})), account.account_id)


def test_indexes_that_lag_do_not_see_what_base_reads_see(ports: FakePorts) -> None:
    ports.book.lag()
    account_id = ports.transaction_writer.write(insertion(ports))
    assert ports.accounts.get(PARTNER, account_id)
    assert ports.accounts.page(PARTNER, AccountQuery(), None, 5).items == ()
    ports.book.catch_up()
    assert len(ports.accounts.page(PARTNER, AccountQuery(), None, 5).items) == 1


def test_injected_conflicts_write_nothing(ports: FakePorts) -> None:
    ports.transaction_writer.conflict(times=2)
    change = insertion(ports)
    for _ in range(2):
        with pytest.raises(Unavailable):
            ports.transaction_writer.write(change)
    assert ports.book.dump() == ({}, {})
    ports.transaction_writer.write(change)
    ports.book.assert_counted()


def test_a_lost_answer_is_written_all_the_same(ports: FakePorts) -> None:
    ports.transaction_writer.lost_answers = 1
    change = insertion(ports)
    with pytest.raises(Unavailable):
        ports.transaction_writer.write(change)
    assert ports.accounts.get(PARTNER, change.result)


def test_somebody_else_may_be_quicker(ports: FakePorts) -> None:
    account = an_account()
    ports.book.put(account)
    mine, theirs = (replace(account, website=f"https://{who}.example", version=2) for who in ("mine", "theirs"))
    ports.transaction_writer.meanwhile.append(lambda: ports.book.put(theirs))
    with pytest.raises(StaleVersion):
        ports.transaction_writer.write(Change((Replace(account, mine),), None))
    assert ports.accounts.get(PARTNER, account.account_id) == theirs


def test_a_recount_finds_a_counter_that_is_wrong(ports: FakePorts) -> None:
    ports.transaction_writer.write(Change((Insert(an_account()),), None))
    with pytest.raises(AssertionError):
        ports.book.assert_counted()


def test_time_passes_only_when_it_is_let(ports: FakePorts) -> None:
    at = ports.clock()
    assert ports.clock() == at
    ports.later(days=1)
    assert (ports.clock() - at).days == 1
    with pytest.raises(NotFound):
        ports.partners.get(PARTNER)
