"""Accounts are found whosever they are, by the fake and on DynamoDB alike."""

from __future__ import annotations

from chalicelib.bootstrap import Ports
from chalicelib.domain.accounts.accounts import Owner
from chalicelib.domain.changes import Change, Insert, Remove
from chalicelib.domain.kernel import ids
from tests.factories import an_account


def test_accounts_of_all_partners_are_found_by_the_beginnings_of_their_words(ports: Ports, partner_id: str) -> None:
    mark = ids.random_id("q")[2:12].lower()
    mine = an_account(partner_id=partner_id, organization=f"{mark}-bakery North", username=f"north-{mark}x")
    owner = Owner(email=f"kim@{mark}.example")
    other = an_account(partner_id=f"{partner_id}-2", organization="South", owner=owner, username=f"south-{mark}y")
    ports.transaction_writer.write(Change(tuple(map(Insert, (mine, other))), None))
    search = ports.accounts.search_of_all_partners
    assert set(search((mark,), None, 10).items) == {mine, other}
    assert search((f"kim@{mark}",), None, 10).items == (other,)
    assert search((mark, "nor"), None, 10).items == (mine,)
    assert search((f"{mark}zz",), None, 10).items == ()
    first = search((mark,), None, 1)
    assert first.next is not None
    ports.transaction_writer.write(Change((Remove(mine),), None))
    assert search((mark,), None, 10).items == (other,)
