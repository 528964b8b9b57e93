"""Erasures and retired usernames, on the fake and on moto alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from chalicelib.bootstrap import Ports
from chalicelib.domain.accounts.erasures import (
    Erasure,
    ErasureScope,
    ErasureStatus,
    erasure_of_addresses,
    finished,
    kept_going,
    retired,
)
from chalicelib.domain.audit import FieldChange, redacted
from chalicelib.domain.changes import Change, Insert, Replace, Write
from chalicelib.domain.kernel import ids
from tests.factories import NOON, an_entry

UNTIL = NOON + timedelta(days=1)


def write(ports: Ports, *writes: Write) -> None:
    ports.transaction_writer.write(Change(writes, None))


def an_erasure(partner_id: str, account_id: str | None = None, minutes: int = 0) -> Erasure:
    at = NOON + timedelta(minutes=minutes)
    return Erasure(
        partner_id=partner_id,
        account_id=account_id or ids.random_id("acct"),
        requested_by="operator",
        requested_at=at,
        last_heartbeat_at=at,
        traces=("Ada", "ada@engines.example"),
        renamed_to="erased_1",
    )


def test_an_erasure_comes_back_as_it_was_written_and_is_found_by_partner_and_by_account(
    ports: Ports, partner_id: str
) -> None:
    single, elsewhere = an_erasure(partner_id), ids.random_id("prt")
    other = an_erasure(elsewhere, single.account_id)
    write(ports, Insert(single), Insert(other))
    assert ports.erasures.get(partner_id, single.account_id) == single
    assert ports.erasures.get(partner_id, "acct_nobody") is None
    assert ports.erasures.of_partner(partner_id) == [single]
    assert {item.partner_id for item in ports.erasures.of_account(single.account_id)} == {partner_id, elsewhere}


def test_each_erasure_of_addresses_is_one_of_its_own(ports: Ports, partner_id: str) -> None:
    first, again = (erasure_of_addresses(partner_id, ("ada@engines.example",), "admin", NOON) for _ in range(2))
    write(ports, Insert(first), Insert(again))
    assert ports.erasures.get(partner_id, first.account_id) == first
    assert {item.scope for item in ports.erasures.of_partner(partner_id)} == {ErasureScope.ADDRESSES}
    assert len(ports.erasures.of_partner(partner_id)) == 2
    assert first in ports.erasures.running(UNTIL, 1000)


def test_running_erasures_come_the_longest_quiet_first_until_they_are_done(ports: Ports, partner_id: str) -> None:
    late, early = an_erasure(partner_id, minutes=5), an_erasure(partner_id, minutes=1)
    write(ports, Insert(late), Insert(early))

    def running() -> list[Erasure]:
        return [item for item in ports.erasures.running(UNTIL, 1000) if item.partner_id == partner_id]

    assert running() == [early, late]
    assert early not in ports.erasures.running(NOON, 1000)
    waiting = kept_going(early, NOON + timedelta(minutes=9), "A report is being made.")
    write(ports, Replace(early, waiting))
    assert running() == [late, waiting]
    done = finished(waiting, UNTIL)
    write(ports, Replace(waiting, done))
    assert running() == [late]
    assert ports.erasures.get(partner_id, early.account_id) == done
    assert (done.status, done.traces, done.waiting_for) == (ErasureStatus.DONE, (), None)


def test_an_erased_address_is_retired_whatever_its_case_and_nobodys(ports: Ports) -> None:
    name = f"{ids.random_id('ada')}@engines.example"
    write(ports, Insert(retired(name)))
    assert ports.usernames.retired([name.upper(), "somebody@else.example", "no_address"]) == {name.casefold()}
    assert ports.usernames.find(name) is None
    assert ports.usernames.find_many([name]) == {}


def test_an_entrys_values_can_be_redacted(ports: Ports, partner_id: str) -> None:
    changes = (FieldChange("website", "https://old.example", None), FieldChange("plan", "trial", "lite"))
    current = an_entry(partner_id=partner_id, account_id="acct_1", acting_for="ada@engines.example", changes=changes)
    write(ports, Insert(current))
    now = redacted(current, "erased_1")
    write(ports, Replace(current, now))
    assert (now.changes[0], now.acting_for) == (FieldChange("website", None, None), "erased_1")
    assert redacted(replace(current, acting_for=None)).acting_for is None
    assert now.changes[1] == changes[1]
