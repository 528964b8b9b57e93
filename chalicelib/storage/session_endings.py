"""Sessions to be ended, on DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.session_endings import SessionEnding
from chalicelib.storage.codec import flat
from chalicelib.storage.selection import Selection
from chalicelib.storage.tables.session_endings import SessionEndings

if TYPE_CHECKING:
    from chalicelib.storage.reader import Reader

BUCKET = "waiting"
SESSION_ENDING = flat(SessionEnding, SessionEndings, derive=lambda _: {"bucket": BUCKET})


class DynamoSessionEndings:
    """A SessionEndingStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def waiting(self, limit: int) -> list[SessionEnding]:
        """So many of them, read strongly consistent."""
        selection = Selection(table=SessionEndings, partition=BUCKET, consistent=True)
        return self._reader.first(SESSION_ENDING, selection, limit)
