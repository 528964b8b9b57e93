"""What the journal promises, kept by the fake and on DynamoDB alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.bootstrap import Ports
from chalicelib.domain.accounts.accounts import AccountType, Activity, Status
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.changes import Change, Count, Insert, Put, Remove, Replace, Write
from chalicelib.domain.kernel import ids
from chalicelib.domain.kernel.errors import AlreadyExists, Conflict, NotFound, StaleVersion
from chalicelib.domain.kernel.usernames import claim
from chalicelib.domain.sign_in_links import issue
from tests.factories import NOON, a_departure, a_record, an_account, an_entry

OPEN_MANAGED = (Status.OPEN, AccountType.MANAGED)


def commit(ports: Ports, *writes: Write) -> None:
    """Commit these together."""
    ports.transaction_writer.write(Change(writes, None))


def test_a_change_gives_its_result_and_one_without_writes_sends_nothing(ports: Ports, partner_id: str) -> None:
    account = an_account(partner_id=partner_id)
    assert ports.transaction_writer.write(Change((), account)) is account
    with pytest.raises(NotFound):
        ports.accounts.get(partner_id, account.account_id)
    assert ports.transaction_writer.write(Change((Insert(account),), "done")) == "done"


def test_everything_is_written_or_nothing(ports: Ports, partner_id: str) -> None:
    existing, new, removed = (an_account(partner_id=partner_id) for _ in range(3))
    commit(ports, Insert(existing), Insert(removed))
    with pytest.raises(Conflict):
        commit(ports, Insert(new), Count(partner_id, {OPEN_MANAGED: 1}), Remove(removed), Insert(existing))
    assert ports.counters.summary(partner_id).of() == 0
    assert ports.accounts.get(partner_id, removed.account_id) == removed
    with pytest.raises(NotFound):
        ports.accounts.get(partner_id, new.account_id)


def test_the_refusal_of_the_write_that_failed_stands(ports: Ports, partner_id: str) -> None:
    """Whatever its place and kind: PynamoDB sends removals first, then insertions, then replacements."""
    kept, gone, stale = (an_account(partner_id=partner_id) for _ in range(3))
    named = claim(f"{partner_id}-name", partner_id, kept.account_id)
    commit(ports, Insert(kept), Insert(named), Insert(stale))
    good: list[Write] = [
        Replace(kept, replace(kept, plan=Plan.LITE, version=2), Conflict("replaced")),
        Insert(an_entry(partner_id=partner_id), Conflict("inserted")),
        Count(partner_id, {OPEN_MANAGED: 1}),
    ]
    bad: dict[str, Write] = {
        "no such thing to remove": Remove(gone, AlreadyExists("no such thing to remove")),
        "already there": Insert(named, AlreadyExists("already there")),
        "changed meanwhile": Replace(
            replace(stale, version=7), replace(stale, version=8), AlreadyExists("changed meanwhile")
        ),
    }
    for refusal, write in bad.items():
        for place in range(len(good) + 1):
            with pytest.raises(AlreadyExists) as refused:
                commit(ports, *good[:place], write, *good[place:])
            assert refused.value.detail == refusal


def test_of_several_refusals_the_first_stands(ports: Ports, partner_id: str) -> None:
    account, record = an_account(partner_id=partner_id), a_record()
    commit(ports, Insert(account), Insert(record))
    again = Insert(record, AlreadyExists("answered already"))
    stale = Replace(replace(account, version=5), replace(account, version=6))
    with pytest.raises(AlreadyExists):
        commit(ports, again, stale)
    with pytest.raises(StaleVersion):
        commit(ports, stale, again)


def test_a_replacement_of_what_is_gone_is_refused_and_writes_nothing(ports: Ports, partner_id: str) -> None:
    account = an_account(partner_id=partner_id)
    with pytest.raises(StaleVersion):
        commit(ports, Replace(account, replace(account, version=2)))
    with pytest.raises(NotFound):
        ports.accounts.get(partner_id, account.account_id)


def test_activity_reported_between_reading_and_writing_survives(ports: Ports, partner_id: str) -> None:
    read = an_account(partner_id=partner_id)
    commit(ports, Insert(read))
    activity = Activity(list_size=500, login_count=2, as_of=NOON)
    assert ports.accounts.note_activity(partner_id, read.account_id, activity)
    now = replace(read, add_ons=frozenset({AddOn.SEO}), website="https://new.example", version=2)
    commit(ports, Replace(read, now))
    assert ports.accounts.get(partner_id, read.account_id) == replace(now, activity=activity)


def test_a_replacement_that_leaves_the_version_is_held_to_the_fields_it_changes(ports: Ports, partner_id: str) -> None:
    departure = a_departure(partner_id=partner_id)
    commit(ports, Insert(departure))
    commit(ports, Replace(departure, replace(departure, organization="New name")))
    commit(ports, Replace(departure, replace(departure, username="other-name")))
    with pytest.raises(StaleVersion):
        commit(ports, Replace(departure, replace(departure, organization="Newest name")))
    (existing,) = ports.departures.of_account(departure.account_id)
    assert (existing.organization, existing.username) == ("New name", "other-name")


def test_a_replacement_takes_values_away_and_puts_others_in(ports: Ports, partner_id: str) -> None:
    current = an_account(partner_id=partner_id, website="https://old.example", add_ons=frozenset({AddOn.SMS}))
    commit(ports, Insert(current))
    now = replace(
        current, website=None, add_ons=frozenset(), partner_account_id="A-1", initial_upgrade_on=None, version=2
    )
    commit(ports, Replace(current, now))
    assert ports.accounts.get(partner_id, current.account_id) == now
    assert not list(ports.accounts.due(partner_id, NOON.date() + timedelta(days=999)))


def test_a_replacement_that_changes_nothing_is_not_written(ports: Ports, partner_id: str) -> None:
    account = an_account(partner_id=partner_id)
    commit(ports, Replace(account, account))
    with pytest.raises(NotFound):
        ports.accounts.get(partner_id, account.account_id)


def test_a_removal_of_something_without_version_is_held_to_all_of_it(ports: Ports, partner_id: str) -> None:
    account_id = ids.random_id("acct")
    first, second = (issue(partner_id, account_id, "grace", "partner_admin", NOON).link for _ in range(2))
    commit(ports, Put(first))
    commit(ports, Put(second))
    with pytest.raises(StaleVersion):
        commit(ports, Remove(first))
    assert ports.sign_in_links.get(account_id) == second


def test_an_account_is_not_removed_with_activity_that_nobody_has_read(ports: Ports, partner_id: str) -> None:
    read = an_account(partner_id=partner_id)
    commit(ports, Insert(read))
    noted = Activity(list_size=12, as_of=NOON)
    assert ports.accounts.note_activity(partner_id, read.account_id, noted)
    with pytest.raises(StaleVersion):
        commit(ports, Remove(read))
    now = ports.accounts.get(partner_id, read.account_id)
    assert now.activity == noted
    commit(ports, Remove(now))
    with pytest.raises(NotFound):
        ports.accounts.get(partner_id, read.account_id)


def test_two_counts_of_one_partner_are_one_item(ports: Ports, partner_id: str) -> None:
    for _ in range(4):
        commit(ports, *[Count(partner_id, {OPEN_MANAGED: 1})] * 5, Count(partner_id, {}))
    assert ports.counters.summary(partner_id).of(Status.OPEN) == 20


def programming_errors(partner_id: str) -> dict[str, list[Write]]:
    """Changes that DynamoDB would never take."""
    account = an_account(partner_id=partner_id)
    return {
        "101 items": [Insert(an_entry(partner_id=partner_id)) for _ in range(101)],
        "an item twice": [Insert(account), Replace(account, replace(account, version=2))],
        "another key": [Replace(account, replace(account, partner_id="prt_other"))],
    }


@pytest.mark.parametrize("case", ["101 items", "an item twice", "another key"])
def test_what_dynamodb_never_takes_is_a_programming_error(ports: Ports, partner_id: str, case: str) -> None:
    with pytest.raises(ValueError, match=r"transaction holds|another key"):
        commit(ports, *programming_errors(partner_id)[case])


def test_a_hundred_items_are_written(ports: Ports, partner_id: str) -> None:
    writes: list[Any] = [Insert(an_entry(partner_id=partner_id)) for _ in range(99)]
    commit(ports, *writes, Count(partner_id, {OPEN_MANAGED: 99}))
    assert ports.counters.summary(partner_id).of() == 99
