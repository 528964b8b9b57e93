"""One item changed on its own: what its failures mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError, EndpointConnectionError, ReadTimeoutError

from chalicelib.domain.kernel.errors import Unavailable
from chalicelib.storage.dynamo.connection import client
from chalicelib.storage.dynamo.single_update import update_one
from chalicelib.storage.stores.downloads import Downloads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.bootstrap import Container

HOOK = "before-call.dynamodb.UpdateItem"


@pytest.fixture
def failing(dynamo: Container) -> Iterator[list[Exception]]:
    """What the next updates fail with."""
    failures: list[Exception] = []
    events = client(dynamo.transaction_writer._connection).meta.events

    def fail(**_: Any) -> None:
        if failures:
            raise failures.pop()

    events.register(HOOK, fail, unique_id="failing")
    yield failures
    events.unregister(HOOK, unique_id="failing")


def count(container: Container) -> bool:
    condition = Downloads.token_hash.does_not_exist()
    return update_one(container.transaction_writer._connection, Downloads("hash"), [Downloads.uses.add(1)], condition)


@pytest.mark.parametrize(
    "failure",
    [
        EndpointConnectionError(endpoint_url="https://dynamodb"),
        ConnectionClosedError(endpoint_url="https://dynamodb"),
        ReadTimeoutError(endpoint_url="https://dynamodb"),
        ClientError({"Error": {"Code": "ThrottlingException", "Message": ""}}, "UpdateItem"),
    ],
    ids=lambda failure: type(failure).__name__,
)
def test_a_connection_that_breaks_passes(dynamo: Container, failing: list[Exception], failure: Exception) -> None:
    failing.append(failure)
    with pytest.raises(Unavailable):
        count(dynamo)


def test_a_condition_that_does_not_hold_is_told_from_a_failure(dynamo: Container, failing: list[Exception]) -> None:
    client(dynamo.transaction_writer._connection)
    update_one(dynamo.transaction_writer._connection, Downloads("hash"), [Downloads.uses.add(1)])
    assert count(dynamo) is False


def test_what_does_not_pass_stays_what_it_is(dynamo: Container, failing: list[Exception]) -> None:
    failing.append(ClientError({"Error": {"Code": "AccessDeniedException", "Message": ""}}, "UpdateItem"))
    with pytest.raises(Exception, match="AccessDenied"):
        count(dynamo)
