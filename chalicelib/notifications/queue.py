"""SQS queues, fair between partners."""

from __future__ import annotations

import json
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from chalicelib.domain.kernel.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chalicelib.domain.kernel.queues import Message


MAX_BATCH_SIZE = 10
"""SQS takes no more in one batch."""
ATTEMPTS = 3


class SqsClient(Protocol):
    """The part of a botocore SQS client that is used."""

    def send_message(self, **kwargs: Any) -> Any:
        """Return one SendMessage."""
        ...

    def send_message_batch(self, **kwargs: Any) -> Any:
        """Return one SendMessageBatch."""
        ...


class SqsQueue:
    """One standard queue; the partner is the message group, between which SQS shares the consumers."""

    def __init__(self, client: SqsClient, url: str) -> None:
        self._client = client
        self._url = url

    def send(self, partner_id: str, message: Message) -> None:
        """Hand a message over in the partner's group; `Unavailable` where SQS would not have it, or did not say so."""
        with _unavailable_if_transient():
            self._client.send_message(QueueUrl=self._url, MessageBody=_body(message), MessageGroupId=partner_id)

    def send_all(self, messages: Iterable[tuple[str, Message]]) -> None:
        """Hand many over, ten at a time; what SQS leaves out of a ten is sent again."""
        waiting = iter(messages)
        while ten := [
            {"Id": str(number), "MessageBody": _body(message), "MessageGroupId": partner_id}
            for number, (partner_id, message) in enumerate(islice(waiting, MAX_BATCH_SIZE))
        ]:
            self._send_ten(ten)

    def _send_ten(self, entries: list[dict[str, str]]) -> None:
        for _ in range(ATTEMPTS):
            with _unavailable_if_transient():
                answer = self._client.send_message_batch(QueueUrl=self._url, Entries=entries)
            left = {item["Id"] for item in answer.get("Failed", ())}
            entries = [entry for entry in entries if entry["Id"] in left]
            if not entries:
                return
        raise Unavailable


def _body(message: Message) -> str:
    return json.dumps(dict(message), ensure_ascii=False, separators=(",", ":"))


@contextmanager
def _unavailable_if_transient() -> Iterator[None]:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise Unavailable from error
