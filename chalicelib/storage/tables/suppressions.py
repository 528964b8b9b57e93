"""The table of addresses that get no mail."""

from __future__ import annotations

from pynamodb.attributes import UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.suppressions import SuppressionReason
from chalicelib.storage.tables.attributes import ChoiceAttribute, InstantAttribute


class Suppressions(Model):
    """Addresses that get no mail any more."""

    class Meta:
        table_name = "suppressions"

    address = UnicodeAttribute(hash_key=True)
    reason = ChoiceAttribute(SuppressionReason)
    at = InstantAttribute()
