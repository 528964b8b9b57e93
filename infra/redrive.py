"""`make redrive`: puts what was given up back into its queue, message by message, so that its partner is kept."""

from __future__ import annotations

import os
import sys
from typing import Any

from infra.account import aws_session
from infra.local import aws
from infra.local.settings import stack_config

KINDS = ("reports", "imports", "bulk-operations", "settlements", "deliveries", "bounces")
BATCH = 10


def main(stage: str, kind: str) -> None:
    """Move all that is in the dead-letter queue now."""
    sqs = aws.client(stack_config(), "sqs") if stage == "local" else aws_session().client("sqs")
    queue = sqs.get_queue_url(QueueName=f"partnerbook-{stage}-{kind}")["QueueUrl"]
    dead = sqs.get_queue_url(QueueName=f"partnerbook-{stage}-{kind}-dlq")["QueueUrl"]
    sys.stdout.write(f"{move(sqs, dead, queue)} messages are in {kind} again.\n")


def move(sqs: Any, source: str, target: str) -> int:
    """Send each message again before it is deleted: one that is sent twice does no harm, one that is lost does."""
    moved = 0
    while messages := _received(sqs, source):
        for message in messages:
            group = message.get("Attributes", {}).get("MessageGroupId")
            fair = {"MessageGroupId": group} if group else {}
            sqs.send_message(QueueUrl=target, MessageBody=message["Body"], **fair)
            sqs.delete_message(QueueUrl=source, ReceiptHandle=message["ReceiptHandle"])
            moved += 1
    return moved


def _received(sqs: Any, source: str) -> list[dict[str, Any]]:
    answer = sqs.receive_message(
        QueueUrl=source,
        MaxNumberOfMessages=BATCH,
        WaitTimeSeconds=1,
        VisibilityTimeout=60,
        MessageSystemAttributeNames=["MessageGroupId"],
    )
    messages: list[dict[str, Any]] = answer.get("Messages", [])
    return messages


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in KINDS:
        raise SystemExit(f"Say which queue: make redrive QUEUE={'|'.join(KINDS)} (STAGE=local)")
    main(os.environ.get("STAGE") or "local", sys.argv[1])
