"""Sessions to be ended, on DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pynamodb.attributes import UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.partners.session_endings import SessionEnding
from chalicelib.storage.dynamo.attributes import InstantAttribute
from chalicelib.storage.dynamo.mapper import dataclass_mapper
from chalicelib.storage.dynamo.query import KeyQuery

if TYPE_CHECKING:
    from chalicelib.storage.dynamo.reader import Reader


class SessionEndings(Model):
    """Who is to be signed out everywhere, all in one partition: there are few, and each for minutes."""

    class Meta:
        table_name = "session-endings"

    bucket = UnicodeAttribute(hash_key=True)
    subject = UnicodeAttribute(range_key=True)
    requested_at = InstantAttribute()


BUCKET = "waiting"
SESSION_ENDING = dataclass_mapper(SessionEnding, SessionEndings, derive=lambda _: {"bucket": BUCKET})


class DynamoSessionEndings:
    """A SessionEndingStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def waiting(self, limit: int) -> list[SessionEnding]:
        """So many of them, read strongly consistent."""
        selection = KeyQuery(table=SessionEndings, partition=BUCKET, consistent=True)
        return self._reader.first(SESSION_ENDING, selection, limit)
