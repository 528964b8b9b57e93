"""SQS queues, on moto."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from chalicelib.domain.kernel.errors import Unavailable
from chalicelib.notifications.queue import SqsQueue


@pytest.fixture
def sqs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        yield boto3.client("sqs", region_name="us-east-1")


def test_a_message_arrives_in_its_partners_group(sqs: Any) -> None:
    url = sqs.create_queue(QueueName="reports")["QueueUrl"]
    SqsQueue(sqs, url).send("prt_1", {"partner_id": "prt_1", "report_run_id": "run_1"})
    (message,) = sqs.receive_message(QueueUrl=url, AttributeNames=["MessageGroupId"])["Messages"]
    assert json.loads(message["Body"]) == {"partner_id": "prt_1", "report_run_id": "run_1"}
    assert message["Attributes"]["MessageGroupId"] == "prt_1"


def test_a_queue_that_does_not_take_a_message_is_busy(sqs: Any) -> None:
    with pytest.raises(Unavailable):
        SqsQueue(sqs, "https://queue.amazonaws.com/123456789012/none").send("prt_1", {})
