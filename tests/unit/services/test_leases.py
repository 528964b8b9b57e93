"""A transition whose answer was lost counts as written, and what cannot be recovered holds nothing up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from chalicelib.domain.changes import Change, Replace
from chalicelib.domain.kernel.errors import StaleVersion, Unavailable
from chalicelib.services.leases import LEFT_FOR_NEXT_RUN, recover_each, write_transition
from tests.factories import PARTNER, an_account
from tests.fakes import FakePorts

if TYPE_CHECKING:
    from chalicelib.domain.accounts.accounts import Account

CURRENT = an_account()
UPDATED = replace(CURRENT, website="https://mine.example", version=2)


@pytest.fixture
def ports() -> FakePorts:
    ports = FakePorts()
    ports.book.put(CURRENT)
    return ports


def written(ports: FakePorts) -> Account:
    change = Change((Replace(CURRENT, UPDATED),), UPDATED)
    return write_transition(ports.transaction_writer, change, lambda: ports.accounts.get(PARTNER, CURRENT.account_id))


def test_a_transition_is_written(ports: FakePorts) -> None:
    assert written(ports) == UPDATED == ports.accounts.get(PARTNER, CURRENT.account_id)


def test_a_transition_whose_answer_was_lost_counts_as_written(ports: FakePorts) -> None:
    ports.transaction_writer.lost_answers = 1
    assert written(ports) == UPDATED


def test_a_transition_that_was_not_written_is_said_to_have_failed(ports: FakePorts) -> None:
    ports.transaction_writer.conflict(times=1)
    with pytest.raises(Unavailable):
        written(ports)
    assert ports.accounts.get(PARTNER, CURRENT.account_id) == CURRENT


def test_whoever_comes_second_is_told_that_another_has_it(ports: FakePorts) -> None:
    theirs = replace(CURRENT, website="https://theirs.example", version=2)
    ports.transaction_writer.meanwhile.append(lambda: ports.book.put(theirs))
    with pytest.raises(StaleVersion):
        written(ports)
    assert ports.accounts.get(PARTNER, CURRENT.account_id) == theirs


def test_what_cannot_be_recovered_now_holds_nothing_up() -> None:
    def recover(item: str) -> str | None:
        if item == "broken":
            raise Unavailable
        return None if item == "fine" else "requeued"

    assert recover_each(["broken", "stale", "fine", "stale"], recover) == {LEFT_FOR_NEXT_RUN: 1, "requeued": 2}
