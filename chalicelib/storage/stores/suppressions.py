"""Suppressed addresses, and the links by which recipients end mail, on DynamoDB."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pynamodb.attributes import UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.mail.suppressions import Suppression, SuppressionReason, Unsubscribing
from chalicelib.storage.dynamo.attributes import ChoiceAttribute, InstantAttribute
from chalicelib.storage.dynamo.mapper import dataclass_mapper
from chalicelib.storage.stores.downloads import Downloads

if TYPE_CHECKING:
    from chalicelib.storage.dynamo.reader import Reader


class Suppressions(Model):
    """Addresses that get no mail any more."""

    class Meta:
        table_name = "suppressions"

    address = UnicodeAttribute(hash_key=True)
    reason = ChoiceAttribute(SuppressionReason)
    at = InstantAttribute()


KEPT = timedelta(days=3 * 366)
"""How long a mail's unsubscribe link works, at least."""

SUPPRESSION = dataclass_mapper(Suppression, Suppressions)
UNSUBSCRIBING = dataclass_mapper(
    Unsubscribing, Downloads, derive=lambda one: {"ttl": int((one.issued_at + KEPT).timestamp())}, write_once_id=True
)


class DynamoSuppressions:
    """A SuppressionStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def among(self, keys: tuple[str, ...]) -> tuple[Suppression, ...]:
        """Return those suppressions of these that stand, read strongly consistent."""
        found = {item.address: item for item in self._reader.many(SUPPRESSION, sorted(set(keys)))}
        return tuple(found[key] for key in keys if key in found)

    def unsubscribing(self, token_hash: str) -> Unsubscribing | None:
        """Return what this token ends."""
        return self._reader.get(UNSUBSCRIBING, token_hash)
