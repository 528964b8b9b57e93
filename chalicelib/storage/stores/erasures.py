"""Erasures on DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.domain.accounts.erasures import Erasure, ErasureScope, ErasureStatus
from chalicelib.storage.dynamo.attributes import ChoiceAttribute, InstantAttribute, TextsAttribute, sortable_instant
from chalicelib.storage.dynamo.mapper import dataclass_mapper
from chalicelib.storage.dynamo.query import KeyQuery

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.storage.dynamo.reader import Reader


class ErasuresByOpen(GlobalSecondaryIndex["Erasures"]):
    """Those that are not done, the longest waiting first; sparse."""

    class Meta:
        index_name = "by_open"
        projection = AllProjection()

    open_bucket = UnicodeAttribute(hash_key=True)
    since = UnicodeAttribute(range_key=True)


class ErasuresByAccount(GlobalSecondaryIndex["Erasures"]):
    """An account's erasures, with whichever partner."""

    class Meta:
        index_name = "by_account"
        projection = AllProjection()

    account_id = UnicodeAttribute(hash_key=True)
    partner_id = UnicodeAttribute(range_key=True)


class Erasures(Model):
    """Removals of a person from all that a partner has."""

    class Meta:
        table_name = "erasures"

    by_open: ClassVar = ErasuresByOpen()
    by_account: ClassVar = ErasuresByAccount()

    partner_id = UnicodeAttribute(hash_key=True)
    account_id = UnicodeAttribute(range_key=True)
    version = NumberAttribute()
    requested_by = UnicodeAttribute()
    requested_at = InstantAttribute()
    last_heartbeat_at = InstantAttribute()
    scope = ChoiceAttribute(ErasureScope, null=True)
    """None where an earlier version wrote it: the person behind an account."""
    status = ChoiceAttribute(ErasureStatus)
    traces = TextsAttribute()
    renamed_to = UnicodeAttribute(null=True)
    waiting_for = UnicodeAttribute(null=True)
    finished_at = InstantAttribute(null=True)
    open_bucket = UnicodeAttribute(null=True)
    since = UnicodeAttribute(null=True)


RUNNING = "running"


def _open(erasure: Erasure) -> dict[str, Any]:
    running = erasure.status is ErasureStatus.RUNNING
    return {
        "open_bucket": RUNNING if running else None,
        "since": sortable_instant(erasure.last_heartbeat_at) if running else None,
    }


ERASURE = dataclass_mapper(Erasure, Erasures, derive=_open)


class DynamoErasures:
    """An ErasureStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, partner_id: str, account_id: str) -> Erasure | None:
        """Return the account's erasure with this partner, read strongly consistent."""
        return self._reader.get(ERASURE, partner_id, account_id)

    def of_partner(self, partner_id: str) -> list[Erasure]:
        """Return every erasure with this partner, read strongly consistent."""
        return list(self._reader.all(ERASURE, KeyQuery(table=Erasures, partition=partner_id, consistent=True)))

    def of_account(self, account_id: str) -> list[Erasure]:
        """Return the account's erasures with all the partners it has been with."""
        return list(self._reader.all(ERASURE, KeyQuery(table=Erasures, partition=account_id, index="by_account")))

    def running(self, until: datetime, limit: int) -> list[Erasure]:
        """Return those that run with a last heartbeat by then, the longest stale first."""
        running = KeyQuery(table=Erasures, partition=RUNNING, index="by_open", upper=sortable_instant(until))
        return self._reader.first(ERASURE, running, limit)
