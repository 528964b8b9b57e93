"""Suppressed addresses, and the links by which recipients end mail, on DynamoDB."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.suppressions import Suppression, Unsubscribing
from chalicelib.storage.codec import flat
from chalicelib.storage.tables.downloads import Downloads
from chalicelib.storage.tables.suppressions import Suppressions

if TYPE_CHECKING:
    from chalicelib.storage.reader import Reader

KEPT = timedelta(days=3 * 366)
"""As long a mail's way out works, at least."""

SUPPRESSION = flat(Suppression, Suppressions)
UNSUBSCRIBING = flat(
    Unsubscribing, Downloads, derive=lambda one: {"ttl": int((one.issued_at + KEPT).timestamp())}, proof=True
)


class DynamoSuppressions:
    """A SuppressionStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def among(self, keys: tuple[str, ...]) -> tuple[Suppression, ...]:
        """Those suppressions of these that stand, read strongly consistent."""
        found = {each.address: each for each in self._reader.many(SUPPRESSION, sorted(set(keys)))}
        return tuple(found[key] for key in keys if key in found)

    def unsubscribing(self, token_hash: str) -> Unsubscribing | None:
        """What this token ends."""
        return self._reader.get(UNSUBSCRIBING, token_hash)
