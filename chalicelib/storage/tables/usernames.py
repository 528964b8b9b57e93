"""The table of usernames."""

from __future__ import annotations

from pynamodb.attributes import UnicodeAttribute
from pynamodb.models import Model


class Usernames(Model):
    """Who has a username; casefolded, so unique whatever its case."""

    class Meta:
        table_name = "usernames"

    username = UnicodeAttribute(hash_key=True)
    partner_id = UnicodeAttribute()
    account_id = UnicodeAttribute()
