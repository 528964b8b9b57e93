"""The search index: whatever is written of an account, its words are what its fields say, and pages are exact."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from chalicelib.bootstrap import Container, Ports
from chalicelib.domain.accounts.accounts import Account, Cancellation, Owner, Status
from chalicelib.domain.accounts.codes import CancelReason
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.accounts.query import AccountQuery
from chalicelib.domain.accounts.search_words import search_words
from chalicelib.domain.changes import Change, Insert, Remove, Replace
from chalicelib.domain.kernel import ids
from chalicelib.storage.stores import account_search
from chalicelib.storage.stores.account_words import WORD, words_of_account
from tests.factories import an_account
from tests.strategies import accounts


def keep(ports: Ports, *kept: Account) -> None:
    for start in range(0, len(kept), 5):
        ports.transaction_writer.write(Change(tuple(map(Insert, kept[start : start + 5])), None))


def firm(partner_id: str, number: int, **changed: object) -> Account:
    owner = Owner(first_name="Ada", last_name="Byron", email=f"ada@firm{number:03}.example")
    named = {"username": f"firm{number:03}-{partner_id[-6:]}", "organization": f"Client {number:03}", "owner": owner}
    return an_account(partner_id=partner_id, partner_account_id=None, **(named | changed))


def search(ports: Ports, partner_id: str, query: AccountQuery, limit: int) -> list[Account]:
    """All pages of a search; none but the last may be empty without telling so."""
    found: list[Account] = []
    after = None
    while True:
        page = ports.accounts.search(partner_id, query, after, limit)
        assert len(page.items) <= limit
        found += page.items
        if page.next is None:
            return found
        after = page.next


def test_accounts_are_found_once_each_by_any_page_size(ports: Ports, partner_id: str) -> None:
    kept = [firm(partner_id, number) for number in range(12)]
    keep(ports, *kept, firm(ids.random_id("prt"), 1))
    for limit in (1, 5, 12, 50):
        found = search(ports, partner_id, AccountQuery(q="client"), limit)
        assert sorted(item.account_id for item in found) == sorted(item.account_id for item in kept)
    assert search(ports, partner_id, AccountQuery(q="CLI 007"), 5) == [kept[7]]
    assert search(ports, partner_id, AccountQuery(q="ada@firm003"), 5) == [kept[3]]
    assert search(ports, partner_id, AccountQuery(q="clientele"), 5) == []


def test_an_account_with_several_words_that_begin_alike_comes_once(ports: Ports, partner_id: str) -> None:
    (twice,) = kept = [firm(partner_id, 1, organization="Bake Bakery Baker", username="bakes-a")]
    keep(ports, *kept)
    assert search(ports, partner_id, AccountQuery(q="bake"), 1) == [twice]


def test_other_filters_narrow_what_is_found(ports: Ports, partner_id: str) -> None:
    kept = [firm(partner_id, n, plan=Plan.PREMIUM if n % 3 == 0 else Plan.LITE) for n in range(12)]
    keep(ports, *kept)
    found = search(ports, partner_id, AccountQuery(q="ada client", plan=Plan.PREMIUM), 3)
    assert {item.account_id for item in found} == {item.account_id for item in kept[::3]}


def test_words_follow_the_account(ports: Ports, partner_id: str) -> None:
    before = firm(partner_id, 1)
    keep(ports, before)
    after = replace(before, organization="Renamed House", version=2)
    ports.transaction_writer.write(Change((Replace(before, after),), None))
    assert search(ports, partner_id, AccountQuery(q="client"), 5) == []
    assert search(ports, partner_id, AccountQuery(q="house renamed"), 5) == [after]
    ports.transaction_writer.write(Change((Remove(after),), None))
    assert search(ports, partner_id, AccountQuery(q="house"), 5) == []


def stored_words(dynamo: Container, partner_id: str) -> set[object]:
    rows = dynamo._reader.scan(WORD)
    return {row for row in rows if row.partner_id == partner_id}


def test_a_move_takes_the_words_along_and_an_erasure_removes_those_of_the_person(
    dynamo: Container, partner_id: str
) -> None:
    before, new_home = firm(partner_id, 1), ids.random_id("prt")
    keep(dynamo, before)
    moved = replace(before, partner_id=new_home)
    dynamo.transaction_writer.write(Change((Remove(before), Insert(moved)), None))
    assert stored_words(dynamo, partner_id) == set()
    assert stored_words(dynamo, new_home) == words_of_account(moved)
    nobody = replace(moved, owner=Owner(), username="erased_1", version=2)
    dynamo.transaction_writer.write(Change((Replace(moved, nobody),), None))
    assert stored_words(dynamo, new_home) == words_of_account(nobody)
    assert not any("ada" in row.words for row in words_of_account(nobody))


def test_a_change_that_leaves_the_words_alone_writes_none(dynamo: Container, partner_id: str) -> None:
    from chalicelib.storage.transactions.transaction import items_of

    before = firm(partner_id, 1)
    gone = Cancellation(date(2026, 11, 5), CancelReason.POOR_RESULTS)
    after = replace(before, status=Status.CANCELLED, cancellation=gone, version=2)
    assert len(items_of([Replace(before, after)])) == 1
    assert len(items_of([Insert(before)])) == 1 + len(search_words(before))


def test_a_search_that_filters_leave_nothing_of_ends_its_page_and_goes_on_from_there(
    dynamo: Container, partner_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = [firm(partner_id, n, plan=Plan.LITE) for n in range(10)]
    kept[9] = replace(kept[9], plan=Plan.PREMIUM)
    keep(dynamo, *kept)
    monkeypatch.setattr(account_search, "MAX_CANDIDATES", 4)
    page = dynamo.accounts.search(partner_id, AccountQuery(q="cli", plan=Plan.PREMIUM), None, 2)
    assert page.next is not None
    assert search(dynamo, partner_id, AccountQuery(q="cli", plan=Plan.PREMIUM), 2) == [kept[9]]


@pytest.mark.parametrize("place", ["w", "w9#client", "wx#\U0010ffff", "w0#a", "w0#zzz"])
def test_a_forged_place_finds_nothing_that_is_not_asked_for(dynamo: Container, partner_id: str, place: str) -> None:
    other = firm(ids.random_id("prt"), 1)
    mine = firm(partner_id, 1)
    keep(dynamo, other, mine)
    page = dynamo.accounts.search(partner_id, AccountQuery(q="client"), place, 5)
    assert page.items in ((), (mine,))


@settings(
    max_examples=10, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@pytest.mark.slow
@given(data=st.data())
def test_a_search_finds_what_its_query_matches(dynamo: Container, data: st.DataObject) -> None:
    partner_id = ids.random_id("prt")
    kept = data.draw(st.lists(accounts(partner_id), min_size=2, max_size=5))
    for account in kept:
        keep(dynamo, account)
    assert stored_words(dynamo, partner_id) == {row for account in kept for row in words_of_account(account)}
    words = sorted({word for account in kept for word in search_words(account)})
    for _ in range(3):
        chosen = data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=2))
        q = " ".join(word[: data.draw(st.integers(1, len(word)))] for word in chosen)
        query = AccountQuery(q=q)
        found = search(dynamo, partner_id, query, data.draw(st.sampled_from((1, 9))))
        matching = sorted(item.account_id for item in kept if query.matches(item))
        assert sorted(item.account_id for item in found) == matching
