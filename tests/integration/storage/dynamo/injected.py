"""Answers that DynamoDB gives to a TransactWriteItems but no emulator does, put in place of the next ones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from botocore.exceptions import ReadTimeoutError

from chalicelib.bootstrap import Container
from chalicelib.storage.dynamo.connection import client

HOOK = "before-call.dynamodb.TransactWriteItems"
Answer = Any


def cancelled(*codes: str | None) -> Answer:
    """The transaction was cancelled, for these reasons in the order of its items."""
    reasons = [{"Code": code or "None"} for code in codes]
    return _refused("TransactionCanceledException", CancellationReasons=reasons)


def throttled() -> Answer:
    """Too much at once."""
    return _refused("ThrottlingException")


def invalid() -> Answer:
    """The request is wrong."""
    return _refused("ValidationException")


def _refused(code: str, **more: Any) -> Answer:
    parsed = {"Error": {"Code": code, "Message": code}, "ResponseMetadata": {"HTTPStatusCode": 400}, **more}
    return SimpleNamespace(status_code=400), parsed


def broken_connection() -> Answer:
    """Nobody knows whether it was written."""
    return ReadTimeoutError(endpoint_url="https://dynamodb.example")


@contextmanager
def answering(container: Container, *answers: Answer) -> Iterator[list[list[dict[str, Any]]]]:
    """The next transactions are answered so instead of being carried out; gives the items each one had."""
    events = client(container.transaction_writer._connection).meta.events
    left, asked = list(answers), []

    def answer(params: dict[str, Any], **_: Any) -> Any:
        asked.append(json.loads(params["body"])["TransactItems"])
        if not left:
            return None
        values = left.pop(0)
        if isinstance(values, Exception):
            raise values
        return values

    events.register(HOOK, answer, unique_id="injected")
    try:
        yield asked
    finally:
        events.unregister(HOOK, unique_id="injected")
    assert not left, "Not every injected answer was asked for."
