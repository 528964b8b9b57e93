"""What the product stands on, as moto has it: tables, bucket, queues and a user pool; every call is written down."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

import boto3
import pytest
from moto import mock_aws

from chalicelib.bootstrap import Container, aws_client
from chalicelib.config import Settings
from chalicelib.domain.kernel.clock import system_clock
from chalicelib.domain.mail.email_messages import Mail, Mailer
from chalicelib.domain.partners.identities import SignIns, Tokens
from chalicelib.notifications.identity import CognitoSignIns
from tests.access.recorder import Recorder
from tests.fakes import FakeSignIns
from tests.tables import make_tables

PREFIX = "access-"
QUEUES = {
    "report": "reports",
    "import": "imports",
    "bulk": "bulk-operations",
    "settle": "settles",
    "delivery": "deliverys",
}
MAIL_FROM = "partnerbook@example.com"


class LaterContainer(Container):
    """The product's own ports; its clock can be put forward."""

    ahead = timedelta()

    def __init__(self, chosen: Settings) -> None:
        super().__init__(chosen)
        self.mailed: list[tuple[str, Mail]] = []

    def clock(self) -> datetime:  # type: ignore[override]
        """What time it is."""
        return system_clock() + self.ahead

    @cached_property
    def sign_ins(self) -> SignIns:
        """The product's own, on moto's pool."""
        return RotatingSignIns(aws_client("cognito-idp"), self.settings.user_pool_id)

    @cached_property
    def mailer(self) -> Mailer:
        """The product's own, whose mails are kept."""
        return KeepingMailer(super().mailer, self.mailed)


class RotatingSignIns(CognitoSignIns):
    """The product's own, but for what moto has not: exchanging and revoking refresh tokens, without permission."""

    def renew(self, refresh_token: str) -> Tokens:
        return FakeSignIns().renew(refresh_token)

    def revoke(self, refresh_token: str) -> None:
        return FakeSignIns().revoke(refresh_token)


@dataclass
class KeepingMailer:
    """A Mailer that keeps what it sends."""

    real: Mailer
    mailed: list[tuple[str, Mail]]

    def send(self, mail: Mail) -> str:
        """Send it and keep it."""
        message_id = self.real.send(mail)
        self.mailed.append((message_id, mail))
        return message_id


class OnMoto:
    """An `Outside` of moto's."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        self._sqs, self._s3 = boto3.client("sqs"), boto3.client("s3")
        self._queues = {f"{port}_queue": self._queue(name) for port, name in QUEUES.items()}
        self._s3.create_bucket(Bucket="access-files")
        pool = boto3.client("cognito-idp").create_user_pool(PoolName="access", UsernameAttributes=["email"])[
            "UserPool"
        ]["Id"]
        boto3.client("ses").verify_email_identity(EmailAddress=MAIL_FROM)
        self.settings = Settings(
            table_prefix=PREFIX,
            files_bucket="access-files",
            user_pool_id=pool,
            mail_from=MAIL_FROM,
            api_url="https://api.example",
            console_url="https://console.example",
            import_rows_per_second=0,
            **{f"{name}_url": url for name, url in self._queues.items()},
        )
        self.ports = LaterContainer(self.settings)
        make_tables(self.ports)

    def _queue(self, name: str) -> str:
        return self._sqs.create_queue(QueueName=f"access-{name}")["QueueUrl"]

    def waiting(self, queue: str) -> list[Any]:
        """Take the messages that wait in a queue."""
        url = self._queues[queue]
        with self.recorder.paused():
            found = self._sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
            for item in found:
                self._sqs.delete_message(QueueUrl=url, ReceiptHandle=item["ReceiptHandle"])
        return [json.loads(entry["Body"]) for entry in found]

    def upload(self, form: dict[str, Any], content: bytes) -> None:
        """Put a file where a form leads."""
        with self.recorder.paused():
            self._s3.put_object(Bucket="access-files", Key=form["fields"]["key"], Body=content)

    def mails(self) -> list[tuple[str, Mail]]:
        """What was mailed, each by the id that the mail service gave it."""
        return self.ports.mailed

    def subject_of(self, address: str) -> str:
        """The subject of the person who signs in with this address."""
        with self.recorder.paused():
            pool = boto3.client("cognito-idp")
            return str(pool.admin_get_user(UserPoolId=self.settings.user_pool_id, Username=address)["Username"])

    def working(self, function: str, partner_id: str, operation: str) -> AbstractContextManager[None]:
        """A block in which this function works for this partner."""
        return self.recorder.running(function, partner_id, operation)

    def later(self, days: float) -> None:
        """Let days pass."""
        self.ports.ahead += timedelta(days=days)


@contextmanager
def on_moto() -> Iterator[OnMoto]:
    """Moto for as long as the block lasts."""
    with pytest.MonkeyPatch.context() as patch, mock_aws():
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.delenv("AWS_ENDPOINT_URL", raising=False)
        yield OnMoto(Recorder(patch))
