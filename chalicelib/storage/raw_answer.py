"""Takes the rows out of DynamoDB's raw Query answer, before botocore parses what is left of it."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from zlib import crc32

import msgspec

from chalicelib.storage.wire import layout

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T", bound=msgspec.Struct)

ROWS = "Rows"
BYTES = "RowsBytes"
"""Where botocore's answer has the rows, and how large the raw answer was."""


class AnswerDecoder(Generic[T]):
    """Decodes a whole answer whose items are rows of one type."""

    def __init__(self, row_type: type[T]) -> None:
        self._layout = layout(row_type)
        answer = msgspec.defstruct(
            "Answer",
            [
                ("Items", list[self._layout.wire]),  # type: ignore[name-defined]
                ("Count", int),
                ("ScannedCount", int),
                ("LastEvaluatedKey", msgspec.Raw, msgspec.Raw()),
                ("ConsumedCapacity", msgspec.Raw, msgspec.Raw()),
            ],
        )
        self._decode = msgspec.json.Decoder(answer, strict=False).decode

    def take(self, body: bytes) -> tuple[list[T], bytes]:
        """The rows of an answer, and what is left of it for botocore to parse."""
        answer: Any = self._decode(body)
        left = {"Count": answer.Count, "ScannedCount": answer.ScannedCount}
        for name in ("LastEvaluatedKey", "ConsumedCapacity"):
            raw = getattr(answer, name)
            if bytes(raw):
                left[name] = raw
        return self._layout.rows(answer.Items), msgspec.json.encode(left)


_reading: ContextVar[AnswerDecoder[Any] | None] = ContextVar("reading", default=None)
_decoder = cache(AnswerDecoder)


@contextmanager
def answer_as(row_type: type[msgspec.Struct]) -> Iterator[None]:
    """Query answers that arrive in here, in this thread, are decoded into rows of this type."""
    token = _reading.set(_decoder(row_type))
    try:
        yield
    finally:
        _reading.reset(token)


def take_rows(response_dict: dict[str, Any], customized_response_dict: dict[str, Any], **_: Any) -> None:
    """For `before-parse`: a good answer gives its rows; a broken one is left to botocore's checksum, to ask again."""
    decoder, body = _reading.get(), response_dict["body"]
    if decoder is None or response_dict["status_code"] != 200:
        return
    try:
        rows, left = decoder.take(body)
    except msgspec.DecodeError as error:
        if isinstance(error, msgspec.ValidationError) and _arrived_whole(response_dict):
            raise
        response_dict["body"] = b"{}"
        return
    customized_response_dict.update({ROWS: rows, BYTES: len(body)})
    response_dict["body"] = left


def _arrived_whole(response: dict[str, Any]) -> bool:
    told = response["headers"].get("x-amz-crc32")
    return told is None or int(told) == crc32(response["body"])
