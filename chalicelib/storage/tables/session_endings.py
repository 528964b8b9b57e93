"""The table of sessions to be ended."""

from __future__ import annotations

from pynamodb.attributes import UnicodeAttribute
from pynamodb.models import Model

from chalicelib.storage.tables.attributes import InstantAttribute


class SessionEndings(Model):
    """Who is to be signed out everywhere, all in one partition: there are few, and each for minutes."""

    class Meta:
        table_name = "session-endings"

    bucket = UnicodeAttribute(hash_key=True)
    subject = UnicodeAttribute(range_key=True)
    requested_at = InstantAttribute()
