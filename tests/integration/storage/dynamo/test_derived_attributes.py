"""What a release derived from a thing it kept, such as when it is cleared away, binds no release after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.bootstrap import Container
from chalicelib.domain.changes import Change, Insert, Remove, Replace, Write
from chalicelib.domain.kernel.errors import StaleVersion
from chalicelib.domain.sign_in_links import issue
from chalicelib.storage.stores.idempotency import Requests
from chalicelib.storage.stores.sign_in_links import SignInLinks
from tests.factories import NOON, a_record

ANOTHER_TTL = 4_000_000_000


def commit(container: Container, write: Write) -> None:
    container.transaction_writer.write(Change((write,), None))


def derived_otherwise(table: Any, key: str) -> None:
    table(key).update(actions=[table.ttl.set(ANOTHER_TTL)])


def test_a_record_whose_clearing_was_reckoned_otherwise_is_written_over(dynamo: Container) -> None:
    old = a_record(request_hash="derived-otherwise")
    commit(dynamo, Insert(old))
    derived_otherwise(Requests, old.request_hash)
    commit(dynamo, Replace(old, replace(old, fingerprint="new", expires_at=old.expires_at + timedelta(days=4))))
    stored = dynamo.requests.get(old.request_hash)
    assert stored
    assert stored.fingerprint == "new"
    assert Requests.get(old.request_hash).ttl < ANOTHER_TTL


def test_a_link_whose_clearing_was_reckoned_otherwise_is_used_up_once(dynamo: Container) -> None:
    link = issue("prt_derived", "acct_derived", "admin", "partner_admin", NOON).link
    commit(dynamo, Insert(link))
    derived_otherwise(SignInLinks, link.account_id)
    commit(dynamo, Remove(link))
    assert dynamo.sign_in_links.get(link.account_id) is None
    with pytest.raises(StaleVersion):
        commit(dynamo, Remove(link))


def test_a_record_that_somebody_else_has_written_over_meanwhile_is_still_held_to_its_fields(dynamo: Container) -> None:
    old = a_record(request_hash="written-meanwhile")
    other = replace(old, fingerprint="other", expires_at=old.expires_at + timedelta(days=4))
    commit(dynamo, Insert(old))
    commit(dynamo, Replace(old, other))
    with pytest.raises(StaleVersion):
        commit(dynamo, Replace(old, replace(old, fingerprint="mine", expires_at=other.expires_at)))
