"""Takes the items out of DynamoDB's raw Query answer, as they are, before botocore parses what is left of it."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any
from zlib import crc32

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

ITEMS = "RawItems"
"""Where botocore's answer has the items."""


class _Answer(msgspec.Struct, frozen=True, gc=False):
    Items: list[msgspec.Raw]
    """Each a view of its place in the answer."""
    Count: int
    ScannedCount: int
    LastEvaluatedKey: msgspec.Raw = msgspec.Raw()


_decode = msgspec.json.Decoder(_Answer).decode
_taking: ContextVar[bool] = ContextVar("taking", default=False)


@contextmanager
def capture_raw_items() -> Iterator[None]:
    """Query answers that arrive in here, in this thread, keep their items undecoded."""
    token = _taking.set(True)
    try:
        yield
    finally:
        _taking.reset(token)


def keep_raw_items(response_dict: dict[str, Any], customized_response_dict: dict[str, Any], **_: Any) -> None:
    """For `before-parse`: a good answer gives its items; a broken one is left to botocore's checksum, to ask again."""
    body = response_dict["body"]
    if not _taking.get() or response_dict["status_code"] != 200:
        return
    try:
        answer = _decode(body)
    except msgspec.DecodeError as error:
        if isinstance(error, msgspec.ValidationError) and _arrived_whole(response_dict):
            raise
        response_dict["body"] = b"{}"
        return
    customized_response_dict[ITEMS] = answer.Items
    response_dict["body"] = _left(answer)


def _left(answer: _Answer) -> bytes:
    """Return what is left for botocore to parse."""
    left: dict[str, Any] = {"Count": answer.Count, "ScannedCount": answer.ScannedCount}
    if bytes(answer.LastEvaluatedKey):
        left["LastEvaluatedKey"] = answer.LastEvaluatedKey
    return msgspec.json.encode(left)


def _arrived_whole(response: dict[str, Any]) -> bool:
    checksum = response["headers"].get("x-amz-crc32")
    return checksum is None or int(checksum) == crc32(response["body"])
