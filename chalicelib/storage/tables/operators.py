"""The table of operators."""

from __future__ import annotations

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.access import Role
from chalicelib.storage.tables.attributes import ChoiceAttribute, InstantAttribute


class Operators(Model):
    """The platform's staff and machine callers; the functions' roles may only read it."""

    class Meta:
        table_name = "operators"

    subject = UnicodeAttribute(hash_key=True)
    version = NumberAttribute()
    role = ChoiceAttribute(Role)
    email = UnicodeAttribute()
    name = UnicodeAttribute()
    since = InstantAttribute()
