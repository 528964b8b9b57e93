"""Poison on the embedded stack: it blocks nobody, ends among the dead letters, and is done once its cause is mended."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from infra import redrive
from infra.local.nightly import waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.e2e.stack import EmbeddedStack

pytestmark = pytest.mark.stack

PARTNERS = "partnerbook-local-partners"
QUEUE = "partnerbook-local-settlements"
PATIENCE = 120


@pytest.fixture
def urls(stack: EmbeddedStack) -> Iterator[tuple[str, str]]:
    """The settlements' queue and its dead letters; what failed comes again after seconds, not after half an hour.

    No sooner than a slow machine needs to settle, or what is merely slow would be given up too.
    """
    sqs = stack.aws("sqs")
    queue, dead = (sqs.get_queue_url(QueueName=name)["QueueUrl"] for name in (QUEUE, f"{QUEUE}-dlq"))
    before = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["VisibilityTimeout"])["Attributes"]
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": "8"})
    yield queue, dead
    sqs.set_queue_attributes(QueueUrl=queue, Attributes=before)


@pytest.fixture
def partner_id(stack: EmbeddedStack) -> str:
    made = stack.http("operator").post("/partners", {"name": "Half restored"})
    assert made.status == 201, made.content
    return str(made.json()["partner_id"])


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "It did not come to be."
        time.sleep(0.3)


def row(stack: EmbeddedStack, partner_id: str) -> dict[str, Any]:
    found = stack.aws("dynamodb").get_item(
        TableName=PARTNERS, Key={"partner_id": {"S": partner_id}}, ConsistentRead=True
    )
    item: dict[str, Any] = found.get("Item", {})
    return item


def settle(stack: EmbeddedStack, queue: str, partner_id: str) -> None:
    stack.aws("sqs").send_message(QueueUrl=queue, MessageBody=json.dumps({"partner_id": partner_id}))


def test_poison_blocks_nobody_lands_among_the_dead_letters_and_is_done_when_redriven(
    stack: EmbeddedStack, urls: tuple[str, str], partner_id: str
) -> None:
    """The partner's row is gone, as after half a restore; another partner's work goes on meanwhile."""
    queue, dead = urls
    kept = row(stack, partner_id)
    other = str(stack.http("operator").post("/partners", {"name": "Whole"}).json()["partner_id"])
    stack.aws("dynamodb").delete_item(TableName=PARTNERS, Key={"partner_id": {"S": partner_id}})

    settle(stack, queue, partner_id)
    settle(stack, queue, other)
    until(lambda: "settled_on" in row(stack, other))
    until(lambda: waiting(stack.place, dead) == 1)
    assert waiting(stack.place, queue) == 0

    stack.aws("dynamodb").put_item(TableName=PARTNERS, Item=kept)
    assert redrive.move(stack.aws("sqs"), dead, queue) == 1
    until(lambda: "settled_on" in row(stack, partner_id))
    until(lambda: waiting(stack.place, queue) == 0)
    assert waiting(stack.place, dead) == 0
