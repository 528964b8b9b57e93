"""SQS queues, fair between partners."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Protocol

from chalicelib.domain.errors import Busy

if TYPE_CHECKING:
    from chalicelib.domain.queues import Message


class SqsClient(Protocol):
    """The part of a botocore SQS client that is used."""

    def send_message(self, **kwargs: Any) -> Any:
        """One SendMessage."""
        ...


class SqsQueue:
    """One standard queue; the partner is the message group, between which SQS shares the consumers."""

    def __init__(self, client: SqsClient, url: str) -> None:
        self._client = client
        self._url = url

    def send(self, partner_id: str, message: Message) -> None:
        """Hand a message over in the partner's group; `Busy` where SQS would not have it, or did not say so."""
        from botocore.exceptions import BotoCoreError, ClientError

        body = json.dumps(dict(message), ensure_ascii=False, separators=(",", ":"))
        try:
            self._client.send_message(QueueUrl=self._url, MessageBody=body, MessageGroupId=partner_id)
        except (BotoCoreError, ClientError) as error:
            raise Busy from error
