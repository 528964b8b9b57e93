"""Events as Lambda gets them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

RECORDED = Path(__file__).parents[2] / "events"


def recorded(name: str) -> dict[str, Any]:
    """An event of the shape that AWS documents."""
    event: dict[str, Any] = json.loads((RECORDED / f"{name}.json").read_text())
    return event


def sqs_event(*bodies: Any) -> dict[str, Any]:
    """A batch of messages, numbered from 0; a body that is not text goes as JSON."""
    return {
        "Records": [
            {
                "messageId": f"message-{number}",
                "receiptHandle": "receipt",
                "body": body if isinstance(body, str) else json.dumps(body),
                "attributes": {"ApproximateReceiveCount": "1", "MessageGroupId": "prt_1"},
                "messageAttributes": {},
                "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:reports",
                "awsRegion": "us-east-1",
            }
            for number, body in enumerate(bodies)
        ]
    }


def scheduled_event() -> dict[str, Any]:
    """A tick of a schedule."""
    return {
        "version": "0",
        "id": "tick",
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "123456789012",
        "time": "2026-11-05T12:00:00Z",
        "region": "us-east-1",
        "resources": [],
        "detail": {},
    }
