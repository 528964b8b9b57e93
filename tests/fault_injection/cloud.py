"""AWS in memory for one process: tables, bucket, queues, mail and sign-ins on moto, emptied between two cases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import pytest
from moto import mock_aws
from moto.backends import get_backend

if TYPE_CHECKING:
    from botocore.client import BaseClient

REGION = "us-east-1"
OWNER = "123456789012"
BUCKET = "partnerbook-faults"
PREFIX = "faults-"
SENDER = "partnerbook@example.com"
QUEUES = ("reports", "imports", "bulk-operations", "settlements", "deliveries", "bounces")


@dataclass
class Cloud:
    """What AWS holds, seen past the product's own clients."""

    pool_id: str
    queue_urls: dict[str, str]
    clients: dict[str, BaseClient] = field(default_factory=dict)

    def backend(self, service: str) -> Any:
        """What moto keeps of a service."""
        region, backend = "aws" if service == "s3" else REGION, cast("Any", get_backend)
        return backend(service)[OWNER][region]

    def empty(self) -> None:
        """Have nothing of the case before left."""
        for table in self.backend("dynamodb").tables.values():
            table.items.clear()
        for bucket in self.backend("s3").buckets.values():
            bucket.keys.clear()
        for name in self.queue_urls:
            self.received(name)
        self.backend("ses").sent_messages.clear()
        self.backend("cognito-idp").user_pools[self.pool_id].users.clear()

    def items(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every item there is, with its table's name."""
        for name, table in self.backend("dynamodb").tables.items():
            for item in table.all_items():
                yield name.removeprefix(PREFIX), item.to_regular_json()

    def files(self) -> dict[str, int]:
        """The size of each file, by its key."""
        return {key: len(file.value) for key, file in self.backend("s3").buckets[BUCKET].keys.items()}

    def mails(self) -> list[Any]:
        """Every mail that was sent."""
        return list(self.backend("ses").sent_messages)

    def upload(self, key: str, content: bytes) -> None:
        """Put a file where an upload form would."""
        self.client("s3").put_object(Bucket=BUCKET, Key=key, Body=content)

    def received(self, queue: str) -> list[dict[str, str]]:
        """Take every message off a queue."""
        sqs, url = self.client("sqs"), self.queue_urls[queue]
        messages: list[dict[str, str]] = []
        if not self.backend("sqs").queues[PREFIX + queue].messages:
            return messages
        while found := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
            for item in found:
                sqs.delete_message(QueueUrl=url, ReceiptHandle=item["ReceiptHandle"])
                messages.append(json.loads(item["Body"]))
        return messages

    def send(self, queue: str, body: dict[str, str]) -> None:
        """Put a message on a queue."""
        self.client("sqs").send_message(QueueUrl=self.queue_urls[queue], MessageBody=json.dumps(body))

    def client(self, service: str) -> Any:
        """A client of the test's own, that no fault meets."""
        import boto3

        if service not in self.clients:
            self.clients[service] = cast("Any", boto3).client(service, region_name=REGION)
        return self.clients[service]


@contextmanager
def in_memory() -> Iterator[Cloud]:
    """A cloud with everything made but the tables."""
    with pytest.MonkeyPatch.context() as patch, mock_aws():
        patch.setenv("AWS_DEFAULT_REGION", REGION)
        patch.delenv("AWS_ENDPOINT_URL", raising=False)
        cloud = Cloud("", {})
        cloud.client("s3").create_bucket(Bucket=BUCKET)
        cloud.client("ses").verify_email_identity(EmailAddress=SENDER)
        pool = cloud.client("cognito-idp").create_user_pool(PoolName="faults", UsernameAttributes=["email"])
        cloud.pool_id = pool["UserPool"]["Id"]
        for name in QUEUES:
            cloud.queue_urls[name] = cloud.client("sqs").create_queue(QueueName=PREFIX + name)["QueueUrl"]
        yield cloud
