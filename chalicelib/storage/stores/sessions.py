"""Sessions on DynamoDB."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.partners.sessions import Session
from chalicelib.storage.dynamo.attributes import InstantAttribute, TextsAttribute
from chalicelib.storage.dynamo.mapper import dataclass_mapper
from chalicelib.storage.dynamo.query import KeyQuery

if TYPE_CHECKING:
    from chalicelib.storage.dynamo.reader import Reader


class Sessions(Model):
    """Who is signed in in which browser; opened by a cookie, of whose secrets the hashes are kept."""

    class Meta:
        table_name = "sessions"

    subject = UnicodeAttribute(hash_key=True)
    session_id = UnicodeAttribute(range_key=True)
    version = NumberAttribute()
    current = UnicodeAttribute()
    offered = TextsAttribute(null=True)
    retired = TextsAttribute(null=True)
    retired_at = InstantAttribute(null=True)
    sealed_token = UnicodeAttribute()
    started_at = InstantAttribute()
    renewed_at = InstantAttribute()
    idle_ends_at = InstantAttribute()
    ends_at = InstantAttribute()
    ttl = NumberAttribute()


GRACE = timedelta(days=1)
"""Between a session's end and its being cleared away."""

SESSION = dataclass_mapper(
    Session, Sessions, derive=lambda session: {"ttl": int((session.ends_at + GRACE).timestamp())}
)


class DynamoSessions:
    """A SessionStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, subject: str, session_id: str) -> Session | None:
        """Return the session, read strongly consistent, over or not."""
        return self._reader.get(SESSION, subject, session_id)

    def of_subject(self, subject: str) -> list[Session]:
        """Return the person's sessions, the oldest first, read strongly consistent."""
        mine = self._reader.all(SESSION, KeyQuery(table=Sessions, partition=subject, consistent=True))
        return sorted(mine, key=lambda session: session.started_at)
